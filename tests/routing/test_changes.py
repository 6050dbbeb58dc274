"""Adding, changing and removing entries while others read: a new router, ranking like one built anew."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing import Decision, Entry, Router, large, learn
from routing.index import SparseIndex
from routing.matcher import word_terms
from tests.routing import pack

WORDS = ("suv", "gaz", "yoʻl", "мактаб", "пенсия", "salıq", "chiroq", "quvur", "pasport", "навбат", "which")
IDS = ("a", "b", "c", "d", "e")
ENTRIES = st.builds(
    lambda id_, words: Entry(id_, " ".join(words), "agency" if id_ in "de" else "faq"),
    st.sampled_from(IDS),
    st.lists(st.sampled_from(WORDS), max_size=5),
)
MESSAGES = (
    "suv yoʻq",
    "мактаб навбат",
    "gaz quvuri yorildi",
    "pasport pensiya salıq",
    "which chiroq",
    "yo'l",
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ENTRIES, max_size=12), st.lists(ENTRIES, max_size=4), st.sets(st.sampled_from(IDS)))
def test_a_changed_router_ranks_like_one_built_anew(
    before: list[Entry], added: list[Entry], removed: set[str]
) -> None:
    changed = Router.build(before).with_changes(added, removed)
    anew = Router.build([*(entry for entry in before if entry.id not in removed), *added])
    for message in MESSAGES:
        assert_same(changed.decide(message), anew.decide(message))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(ENTRIES, st.booleans()), min_size=1, max_size=8))
def test_one_change_after_another_is_the_same_as_all_at_once(steps: list[tuple[Entry, bool]]) -> None:
    step_by_step = Router.build([])
    kept: list[Entry] = []
    for entry, replace in steps:
        gone = {entry.id} if replace else set()
        kept = [*(one for one in kept if one.id not in gone), entry]
        step_by_step = step_by_step.with_changes([entry], gone)
    at_once = Router.build(kept)
    for message in MESSAGES:
        assert_same(step_by_step.decide(message), at_once.decide(message))


def assert_same(one: Decision, other: Decision) -> None:
    assert one.kind == other.kind
    assert one.confidence == pytest.approx(other.confidence, abs=1e-5)
    assert [(m.id, m.why) for m in one.ranking] == [(m.id, m.why) for m in other.ranking]
    assert [m.score for m in one.ranking] == pytest.approx([m.score for m in other.ranking], abs=1e-5)


def test_an_editor_corrects_an_entry_while_citizens_ask(router: Router) -> None:
    asked = [text for texts in pack.QUESTIONS.values() for text in texts] * 3
    before = [router.decide(text) for text in asked]
    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(router.decide, asked)
        corrected = router.with_changes([Entry("term", "Javob qachon keladi?", lang="uz-Latn")], {"term"})
        assert list(answers) == before
    assert [router.decide(text) for text in asked] == before
    assert corrected.decide("javob qachon keladi").ranking[0].id == "term"
    assert "term" not in [m.id for m in corrected.rank("За сколько дней рассматривают обращение?", 1)]


def test_a_retired_entry_is_never_offered_again(router: Router) -> None:
    without = router.with_changes(remove=set(pack.QUESTIONS))
    assert without.rank_kind("pasport olish", "faq") == []
    assert without.rank_kind("suv quvuri", "agency")
    empty = without.with_changes(remove=pack.COMPETENCES)
    assert empty.decide("suv quvuri").ranking == ()
    assert empty.with_changes(pack.entries()).decide("suv quvuri") == router.decide("suv quvuri")


def test_an_id_of_the_other_kind_is_refused_and_the_router_stays(router: Router) -> None:
    with pytest.raises(ValueError, match="'tax' is used both"):
        router.with_changes([Entry("tax", "soliq")])
    assert router.rank_kind("soliq", "agency")[0].id == "tax"
    moved = router.with_changes([Entry("tax", "soliq qancha?")], {"tax"})
    assert moved.rank_kind("soliq qancha", "faq")[0].id == "tax"


def test_what_was_calibrated_stays_calibrated(router: Router) -> None:
    pairs: list[tuple[str, str | None]] = [(f"begona gap {number}", None) for number in range(20)]
    pairs += [(text, id_) for id_, texts in pack.QUESTIONS.items() for text in texts] * 2
    calibrated = Router.build(pack.entries(), pairs)
    assert calibrated.calibrated("faq")
    assert calibrated.with_changes([Entry("new", "yangi savol")]).calibrated("faq")


def test_groups_never_hold_two_ids_and_are_as_few_as_asked() -> None:
    labels = np.repeat(np.arange(40), [1 + (7 * n) % 23 for n in range(40)])
    for most in (1, 40, 100, 1_000):
        starts = large.group(labels, most)
        assert set(np.searchsorted(labels, np.arange(40))) <= set(starts.tolist())
        assert len(starts) <= max(most, 40)
    assert len(large.group(labels, 1_000)) == len(labels)


def test_groups_of_one_phrasing_teach_what_the_exact_classifier_does() -> None:
    texts = sorted(text for texts in pack.QUESTIONS.values() for text in texts)
    labels = np.sort(np.arange(len(texts)) % 6)
    index = SparseIndex(texts, word_terms)
    exact = learn.teach([(1.0, index)], labels, 6, 100)
    assert exact is not None
    starts = large.group(labels, len(texts))
    grouped = learn.Taught(
        large.fit([(1.0, index)], labels, starts, 6, learn.Blend().ridge), learn.Blend(), starts
    )
    for text in texts:
        similar = index.similarities(text)
        assert grouped.says(similar) == pytest.approx(exact.says(similar), abs=2e-3)


def test_many_phrasings_are_still_learned_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learn, "MAX_DOCUMENTS", 20)
    monkeypatch.setattr(large, "GROUPS", 16)
    crowded = Router.build(pack.entries())
    for id_, texts in pack.QUESTIONS.items():
        assert all(crowded.rank(text, 1)[0].id == id_ for text in texts)
