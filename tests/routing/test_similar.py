"""Two texts about the same: symmetric, bounded, whatever the alphabet and the spelling."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing import similar
from tests.routing.similar_figures import pairs
from tests.routing.test_properties import WORST

ANY_TEXT = st.text(alphabet=st.characters(), max_size=200)
LISTED = ["suv", "gaz", "svet", "вода", "лифт", "uy", "5", "12", "maktab", "ишламаяпти"]
WORDY = st.lists(
    st.sampled_from(["suv", "gaz", "svet", "вода", "лифт", "uy", "5", "12", "maktab", "ишламаяпти"]),
    max_size=12,
).map(" ".join)
FIRST = "Uyimizda bir haftadan beri ichimlik suvi yoʻq, vodoprovod ishlamayapti."


@settings(max_examples=100, deadline=None)
@given(left=ANY_TEXT | WORDY, right=ANY_TEXT | WORDY)
def test_it_is_the_same_from_both_sides_and_within_bounds(left: str, right: str) -> None:
    there, back = similar.similarity(left, right), similar.similarity(right, left)
    assert there == back
    assert 0 <= there <= 1
    assert similar.likeness(left, right) == similar.likeness(right, left)
    assert len(similar.terms(left)) <= similar.TERMS
    assert all(-(2**63) <= term < 2**63 for term in similar.terms(left))
    assert len(set(similar.terms(left))) == len(similar.terms(left))


@settings(max_examples=60, deadline=None)
@given(text=WORDY)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert similar.similarity(text, text.upper() + "!") == (1.0 if text else 0.0)


def test_nothing_is_like_nothing() -> None:
    for text in ("", " ", "!?", "\x00"):
        assert similar.terms(text) == ()
        assert similar.similarity(text, FIRST) == similar.similarity(text, text) == 0
        assert similar.likeness(text, FIRST) == "different"


@pytest.mark.parametrize("name", WORST)
def test_enormous_texts_are_compared_within_fixed_tables(name: str) -> None:
    made = similar.profile(WORST[name])
    assert len(made.stems) <= similar.WORDS
    assert len(made.folded) <= similar.LONGEST
    assert len(similar.terms(WORST[name])) <= similar.TERMS
    assert 0 <= similar.similarity(WORST[name], FIRST) <= 1


@pytest.mark.parametrize("one", pairs(), ids=lambda one: one["id"])
def test_different_matters_are_never_taken_for_the_same(one: dict[str, str]) -> None:
    said = similar.likeness(one["a"], one["b"])
    assert not (one["expected"] == "different" and said == "same")
    assert not (one["expected"] == "same" and said == "different")


def test_of_the_frozen_pairs_nine_in_ten_are_told_rightly() -> None:
    known = pairs()
    assert {one["lang"] for one in known} == {"uz-Latn", "uz-Cyrl", "ru", "kaa", "en"}
    right = sum(similar.likeness(one["a"], one["b"]) == one["expected"] for one in known)
    assert right >= 0.9 * len(known)


def test_what_was_sent_again_shares_terms_with_the_first() -> None:
    """Candidates are looked for by terms: whoever should be found must share some."""
    for one in pairs():
        if one["expected"] == "same":
            assert set(similar.terms(one["a"])) & set(similar.terms(one["b"])), one["id"]


def test_two_schools_are_not_the_same_school() -> None:
    fourth, other = "4-maktabda oʻqituvchi pul yigʻyapti", "34-maktabda oʻqituvchi pul yigʻyapti"
    assert similar.similarity(fourth, other) > similar.SAME
    assert similar.likeness(fourth, other) == "similar"
