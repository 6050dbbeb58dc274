"""What grows with what: hostile knowledge bases and messages cost no more than their size."""

from random import Random

import numpy as np
import pytest
from scipy import sparse

from routing import Entry, Router, index, large, learn, matcher, normalize
from routing.characters import CharacterIndex
from routing.phrasings import Phrasings

LETTERS = "abcdefghijklmnoprstuvyz"


def strangers(random: Random, count: int) -> str:
    """Words that no one ever wrote, all different."""
    return " ".join("".join(random.choices(LETTERS, k=7)) for _ in range(count))


def test_a_million_repeats_of_one_entry_are_one_phrasing(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def split_words(text: str) -> list[normalize.Word]:
        read.append(text)
        return normalize.split_words(text)

    monkeypatch.setattr("routing.phrasings.split_words", split_words)
    phrasings = Phrasings([Entry("water", "suv yoʻq"), *[Entry("water", "Suv yo'q!")] * 1_000_000])
    assert phrasings.texts == (normalize.fold("suv yoʻq"),)
    assert len(read) == 2


def test_entries_without_words_take_no_place() -> None:
    phrasings = Phrasings([Entry(f"e{n}", " !? ") for n in range(2_000)] + [Entry("gas", "gaz")])
    assert phrasings.ids == ("gas",)
    assert Router.build([Entry(f"e{n}", "") for n in range(100)]).rank("gaz") == []


def test_thousands_of_ids_with_the_same_words_are_ranked_in_order() -> None:
    ids = [f"e{n:05}" for n in range(5_000)]
    crowded = Router.build([Entry(id_, "suv yoʻq") for id_ in reversed(ids)])
    assert [m.id for m in crowded.rank("suv yoʻq")] == ids[:10]
    assert [m.id for m in crowded.rank("suv yoʻq", blocked=set(ids[:3]))] == ids[3:13]


def test_ties_at_the_end_of_a_shortlist_are_cut_off() -> None:
    scores = np.array([0.5] * 600 + [0.9] + [0.5] * 600, dtype=np.float32)
    assert matcher._top(scores, 3).tolist() == [600, 0, 1]
    assert matcher._top(np.full(10, -np.inf, np.float32), 3).tolist() == []
    assert matcher._top(np.zeros(700, np.float32), 2).tolist() == [0, 1]


def test_the_index_grows_with_the_words_not_with_their_pairs() -> None:
    random = Random(3)
    texts = [strangers(random, 20) for _ in range(200)]
    small, big = CharacterIndex(texts[:100]), CharacterIndex(texts)
    assert big._documents.nnz <= 200 * 20
    assert big._grams.nnz <= 2.1 * small._grams.nnz
    assert small._grams.nnz <= 100 * 20 * 4 * (7 + 2)


def test_of_crowded_rows_the_longest_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix = sparse.csr_matrix(np.array([[1, 1, 1, 1], [0, 2, 0, 0], [0, 0, 3, 3]], dtype=np.float32))
    rows, weights = np.array([0, 1, 2], dtype=np.int32), np.ones(3, dtype=np.float32)
    assert index.sum_rows(matrix, rows, weights).tolist() == [1, 3, 4, 4]
    monkeypatch.setattr(index, "MAX_POSTINGS", 3)
    assert index.sum_rows(matrix, rows, weights).tolist() == [0, 2, 3, 3]
    monkeypatch.setattr(index, "MAX_POSTINGS", 0)
    assert index.sum_rows(matrix, rows, weights).tolist() == [0, 0, 0, 0]


def test_a_crowded_message_is_still_decided(monkeypatch: pytest.MonkeyPatch, router: Router) -> None:
    text = "Murojaat necha kunda koʻrib chiqiladi? " + strangers(Random(5), 700)
    monkeypatch.setattr(index, "MAX_POSTINGS", 500)
    decision = router.decide(text)
    assert 0 <= decision.confidence <= 1


def test_an_entry_of_any_length_is_capped() -> None:
    phrasings = Phrasings([Entry("book", strangers(Random(1), 60_000))])
    assert len(phrasings.texts[0]) <= normalize.MAX_CHARACTERS + 1
    listed = Phrasings([Entry("body", ";".join(["suv quvuri"] * 30_000), "agency")])
    assert sum(map(len, listed.texts)) <= 3 * normalize.MAX_CHARACTERS


def test_nothing_is_learned_from_more_ids_than_a_system_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learn, "MAX_DOCUMENTS", 10)
    monkeypatch.setattr(large, "MAX_GROUPS", 4)
    texts = [f"soʻz {n} gap {n % 5}" for n in range(20)]
    phrasings = CharacterIndex(texts)
    labels = np.repeat(np.arange(5), 4)
    assert learn.teach([(1.0, phrasings)], labels, 5, phrasings.words) is None
    monkeypatch.setattr(large, "MAX_GROUPS", 5)
    monkeypatch.setattr(large, "GROUPS", 5)
    taught = learn.teach([(1.0, phrasings)], labels, 5, phrasings.words)
    assert taught is not None
    assert taught.weights.shape == (5, 5)
    monkeypatch.setattr(large, "MAX_CELLS", phrasings.words * 4)
    assert learn.teach([(1.0, phrasings)], labels, 5, phrasings.words) is None


@pytest.mark.parametrize("k", [-1, 0, 1, 3, 10_000])
def test_any_number_may_be_asked_for(router: Router, k: int) -> None:
    found = router.rank("suv quvuri yorilgan", k)
    assert len(found) <= max(0, k)
    assert found == list(router.decide("suv quvuri yorilgan", k=k).ranking)
    assert len(router.rank_kind("suv quvuri yorilgan", "agency", k)) <= max(0, k)


def test_a_kind_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'water' has the kind 'other'"):
        Router.build([Entry("water", "suv", "other")])  # type: ignore[arg-type]


def test_scores_never_rise_down_a_ranking_of_both_kinds() -> None:
    """The body wins by confidence although a question shares more words."""
    both = Router.build(
        [
            Entry("q", "how to pay for the gas at home by card"),
            Entry("gas", "gas supply, pipes; broken meters", "agency"),
            Entry("", "nothing in common"),
        ]
    )
    for text in ("How do I pay gas", "gas", "pipes broken at home", "card", "to pay by card for pipes"):
        scores = [match.score for match in both.rank(text)]
        assert scores == sorted(scores, reverse=True), text
        assert both.rank(text)[0].id != "", text
