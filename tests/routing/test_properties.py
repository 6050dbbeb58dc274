"""Any text of any length: bounded, deterministic, never an exception."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing import Router, normalize, scorers
from routing.index import char_grams
from routing.scripts import detect_script, identify_language, to_cyrillic, to_latin
from tests.routing import pack

ANY_TEXT = st.text(alphabet=st.characters(), max_size=300)  # surrogates and controls included
WORST = {
    "one word": "ж" * 65_536,
    "one letter words": "a b " * 16_384,
    "combining marks": "a\u0301\u0316\u0327\u0315" * 13_000,
    "ligatures that expand": "\ufdfa" * 65_536,
    "right to left": "\u202eمرحبا בית " * 6_000,
    "lone surrogates": "\ud800\udfff" * 32_000,
    "NUL": "suv\x00yoq" * 9_000,
    "apostrophes": "o'" * 32_768,
    "digits": "0123456789" * 6_553,
    "emoji": "👨‍👩‍👧‍👦" * 9_000,
    "stretched": "suuuuuuuu" * 7_000,
}


@pytest.fixture(scope="module")
def shared() -> Router:
    return Router.build(pack.entries())


@settings(max_examples=80, deadline=None)
@given(text=ANY_TEXT)
def test_any_text_gets_a_decision(shared: Router, text: str) -> None:
    decision = shared.decide(text)
    assert 0 <= decision.confidence <= 1
    assert decision.kind in ("answer", "route", "ask", "human")
    assert all(0 <= match.score <= 1 for match in decision.ranking)
    assert len({match.id for match in decision.ranking}) == len(decision.ranking)
    if decision.kind == "answer":
        assert decision.ranking[0].id in pack.QUESTIONS
    if decision.kind == "route":
        assert decision.ranking[0].id in pack.COMPETENCES
    assert decision == shared.decide(text)


@settings(max_examples=80, deadline=None)
@given(text=ANY_TEXT)
def test_any_text_can_be_folded_and_written_in_the_other_letters(text: str) -> None:
    folded = normalize.fold(text)
    assert normalize.fold(folded) == normalize.fold(normalize.fold(folded))
    assert detect_script(text) in (None, "Latn", "Cyrl")
    assert identify_language(text) in (None, "uz-Latn", "uz-Cyrl", "ru", "kaa", "en")
    for language in ("uz", "kaa"):
        assert isinstance(to_cyrillic(text, language), str)
        assert isinstance(to_latin(text, language), str)


@pytest.mark.parametrize("name", WORST)
def test_the_work_on_a_hostile_text_is_bounded(shared: Router, name: str) -> None:
    text = WORST[name]
    assert len(normalize.clean(text)) <= normalize.MAX_CHARACTERS + 1
    folded = normalize.fold(text)
    assert len(folded) <= 3 * normalize.MAX_CHARACTERS
    assert len(char_grams(folded)) <= 5 * len(folded) + 5
    assert 0 <= shared.decide(text).confidence <= 1


def test_both_sides_of_every_scorer_are_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def record(left: str, right: str) -> float:
        seen.extend([len(left), len(right)])
        return 100.0

    for name in ("token_set_ratio", "token_sort_ratio", "ratio"):
        monkeypatch.setattr(f"routing.scorers.fuzz.{name}", record)
    for scorer in (scorers.token_set, scorers.token_sort, scorers.plain):
        assert scorer("x" * 65_536, "y" * 65_536) == 1.0
    assert len(seen) == 6
    assert max(seen) <= scorers.MAX_SCORED


def test_the_word_table_is_capped() -> None:
    many = [f"word{n}" for n in range(5_000)]
    table = scorers.similar_words(many, many)
    assert table.shape == (scorers.MAX_MESSAGE_WORDS, scorers.MAX_TABLE_WORDS)


def test_a_long_text_keeps_its_beginning_and_its_end() -> None:
    text = "boshlanishi " + "x " * 40_000 + "oxiri"
    folded = normalize.fold(text)
    assert folded.startswith("boshlanishi")
    assert folded.endswith("ohiri")


def test_many_threads_get_the_same_decisions(shared: Router) -> None:
    texts = [text for texts in pack.QUESTIONS.values() for text in texts] * 5
    alone = [shared.decide(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(shared.decide, texts)) == alone


def test_the_order_of_entries_and_repeats_change_nothing(shared: Router) -> None:
    shuffled = Router.build([*reversed(pack.entries()), *pack.entries()])
    for text in ("pasport olish", "gaz yoʻq", "murojaat", "школа и дороги"):
        assert shuffled.decide(text) == shared.decide(text)
