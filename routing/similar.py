"""More than one text about the same: terms to find candidates by, and how alike two texts are.

Pure and bounded: whatever the length of a text, `LONGEST` folded characters and `WORDS` words of it are
compared, so one comparison never costs more than a fixed table of words. Both alphabets of Uzbek and
Karakalpak, apostrophes and endings fold away before anything is compared.

The thresholds were chosen on tests/routing/data/similar.jsonl, so that no pair of different matters there is
taken for the same; `python -m tests.routing.similar_figures` prints what each of them gives.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from importlib import resources
from typing import Literal

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from routing.languages import stem, stop_stems
from routing.normalize import fold, fold_word

Likeness = Literal["same", "similar", "different"]

#: How many terms of a text are kept, and how many more a question may look for.
TERMS = 16
#: Folded characters and telling words that are looked at.
LONGEST = 3_000
WORDS = 96
#: Letters of a stem that make its term: endings that the stemmer does not know stay outside.
HEAD = 6
#: Texts with fewer telling words also give pieces of words, so that one misprint does not hide them.
FEW = 5
PIECE = 4

SAME = 0.73
SIMILAR = 0.40
#: Of its telling words each text may have this share that the other lacks, and still be the same.
OWN_WORDS = 0.34

_STOP, _COMMONPLACE, _NUMBER, _TELLING = 0.05, 0.3, 0.6, 1.0
_MISSPELT = 74
_EXACT_BELOW = 4
_GRAM = 3
_WORD_SHARE = 0.7
_CONTAINED = 0.94
_ENOUGH_TO_CONTAIN = 5


@dataclass(frozen=True, slots=True)
class Profile:
    """A text made ready once to be compared with many others."""

    folded: str
    stems: tuple[str, ...]
    weights: npt.NDArray[np.float64]
    grams: frozenset[str]
    numbers: frozenset[str]
    telling: int


def profile(text: str) -> Profile:
    """Of a text as it was typed, of any length."""
    return profile_of_folded(fold(text))


def profile_of_folded(folded: str) -> Profile:
    """Of a text that `fold` has been through already, as the register keeps it."""
    folded = _whole_words(folded)
    stems = list(dict.fromkeys(_root(word) for word in folded.split()))
    weights = [_weight(one) for one in stems]
    # The words that tell something come first when there are too many.
    order = sorted(range(len(stems)), key=lambda place: (weights[place] < _NUMBER, place))[:WORDS]
    kept = [stems[place] for place in order]
    return Profile(
        folded=folded,
        stems=tuple(kept),
        weights=np.array([weights[place] for place in order], dtype=np.float64),
        grams=frozenset(gram for one in kept if _weight(one) >= _NUMBER for gram in _grams(one)),
        numbers=frozenset(one for one in kept if one.isdigit()),
        telling=sum(weights[place] >= _NUMBER for place in order),
    )


def terms(text: str) -> tuple[int, ...]:
    """At most `TERMS` signed 64-bit hashes of what tells most in a text, the most telling first."""
    return terms_of(profile(text))


def terms_of(known: Profile) -> tuple[int, ...]:
    """As `terms`, of a text made ready already; empty for a text without a telling word."""
    telling = [one for one, weight in zip(known.stems, known.weights, strict=True) if weight >= _NUMBER]
    # Long words are rarer; a number alone (a house, a day) is common.
    ranked = sorted(telling, key=lambda one: (one.isdigit(), -min(len(one), 10)))
    named = [one[:HEAD] for one in ranked]
    if len(named) < FEW:
        named += [f"^{one[:PIECE]}" for one in ranked if len(one) > PIECE]
        named += [f"{one[-PIECE:]}$" for one in ranked if len(one) > PIECE]
    return tuple(_hashed(one) for one in list(dict.fromkeys(named))[:TERMS])


def similarity(left: str, right: str) -> float:
    """0..1, the same in both directions; 1 for texts of the same words, 0 where nothing is alike."""
    return alike(profile(left), profile(right))


def alike(left: Profile, right: Profile) -> float:
    """As `similarity`, of texts made ready already."""
    if left.stems == right.stems:
        return 1.0 if left.stems else 0.0
    if not left.stems or not right.stems:
        return 0.0
    if right.folded < left.folded:
        left, right = right, left
    mine, theirs = _shared(left, right)
    whole = float(left.weights.sum() + right.weights.sum())
    both = float((mine @ left.weights + theirs @ right.weights) / whole)
    words = max(both, _contained(left, right, mine, theirs))
    grams = len(left.grams | right.grams)
    pieces = 2 * len(left.grams & right.grams) / (len(left.grams) + len(right.grams)) if grams else both
    score = _WORD_SHARE * words + (1 - _WORD_SHARE) * max(pieces, words if words > both else 0.0)
    return round(min(1.0, max(0.0, score)), 6)


def decide(left: Profile, right: Profile) -> tuple[Likeness, float]:
    """`same`: one matter told again; `similar`: perhaps somebody else about it; and how alike they are.

    Where each text has a number that the other lacks (two houses, two schools), or much that the other does
    not speak of (water, gas), they are never the same.
    """
    score = alike(left, right)
    if score >= SAME and not _contradict(left, right):
        return "same", score
    return ("similar" if score >= SIMILAR else "different"), score


def _contradict(left: Profile, right: Profile) -> bool:
    if left.numbers - right.numbers and right.numbers - left.numbers:
        return True
    mine, theirs = _shared(left, right)
    return min(_own_share(left, mine), _own_share(right, theirs)) > OWN_WORDS


def _own_share(one: Profile, found: npt.NDArray[np.float64]) -> float:
    telling = one.weights >= _TELLING
    return float(np.mean(found[telling] == 0)) if telling.any() else 0.0


def likeness(left: str, right: str) -> Likeness:
    """`decide` of two texts as they were typed."""
    return decide(profile(left), profile(right))[0]


def _shared(left: Profile, right: Profile) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """For each word of either side: how well the other side has it, 0 or 0.74..1."""
    ratios = process.cdist(left.stems, right.stems, scorer=fuzz.ratio, score_cutoff=_MISSPELT, dtype=np.uint8)
    table = np.asarray(ratios, dtype=np.float64) / 100
    table[_exact(left.stems), :] = np.where(table[_exact(left.stems), :] == 1.0, 1.0, 0.0)
    table[:, _exact(right.stems)] = np.where(table[:, _exact(right.stems)] == 1.0, 1.0, 0.0)
    return table.max(axis=1), table.max(axis=0)


def _exact(stems: Sequence[str]) -> list[int]:
    """Short words and numbers are either the same or not."""
    return [place for place, one in enumerate(stems) if len(one) < _EXACT_BELOW or one.isdigit()]


def _contained(
    left: Profile, right: Profile, mine: npt.NDArray[np.float64], theirs: npt.NDArray[np.float64]
) -> float:
    """A text sent again with words added to it holds all of the first one."""
    smaller, found = (left, mine) if left.telling <= right.telling else (right, theirs)
    if smaller.telling < _ENOUGH_TO_CONTAIN or max(left.telling, right.telling) > 3 * smaller.telling:
        return 0.0
    return _CONTAINED * float(found @ smaller.weights / smaller.weights.sum())


def _whole_words(folded: str) -> str:
    if len(folded) <= LONGEST:
        return folded.strip()
    return folded[:LONGEST].rpartition(" ")[0].strip() or folded[:LONGEST]


def _weight(stemmed: str) -> float:
    if stemmed.isdigit():
        return _NUMBER
    if len(stemmed) < 2 or stemmed in _stops():
        return _STOP
    return _COMMONPLACE if stemmed in commonplaces() else _TELLING


def _grams(word: str) -> Iterable[str]:
    padded = f" {word} "
    return (padded[start : start + _GRAM] for start in range(len(padded) - _GRAM + 1))


def _hashed(term: str) -> int:
    return int.from_bytes(blake2b(term.encode("utf-8", "replace"), digest_size=8).digest(), signed=True)


@lru_cache(maxsize=1)
def commonplaces() -> frozenset[str]:
    """Stems of words that stand in appeals about anything (`commonplace.toml`), of all languages together."""
    source = resources.files("routing").joinpath("commonplace.toml").read_text(encoding="utf-8")
    words = (word for listed in tomllib.loads(source).values() for word in listed.split())
    return frozenset(_root(folded) for folded in map(fold_word, words) if folded)


@lru_cache(maxsize=1)
def _stops() -> frozenset[str]:
    return frozenset(stem(one) for one in stop_stems()) | stop_stems()


@lru_cache(maxsize=20_000)
def _root(word: str) -> str:
    """Without two endings, as in `tuman-i-da`."""
    return stem(stem(word))
