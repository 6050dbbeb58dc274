"""Which words of a message speak for a candidate, and how much of either side they make up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from routing import scorers
from routing.index import Floats
from routing.languages import stem, stop_stems

MAX_WHY = 8

#: Entries repeat their words: the stems of those last used are kept.
known_stem = lru_cache(maxsize=65_536)(stem)


@dataclass(frozen=True, slots=True)
class Explanation:
    """`covered`: weighted share of the message found in the nearest phrasing; `recalled`: the reverse.

    `why`: words of the message, as typed, found in any phrasing; no stop words, weightiest first.
    """

    covered: float
    recalled: float
    why: tuple[str, ...]


UNEXPLAINED = Explanation(0.0, 0.0, ())


def explain(
    stems: Sequence[str],
    typed: Sequence[str],
    weights: Floats,
    candidates: Sequence[Sequence[str]],
    weigh: Callable[[Sequence[str]], Floats],
) -> list[Explanation]:
    """One explanation for each candidate, given as its folded phrasings, nearest first."""
    words = [[_distinct_stems(text) for text in phrasings] for phrasings in candidates]
    vocabulary = list(dict.fromkeys(s for texts in words for text in texts for s in text))
    vocabulary = vocabulary[: scorers.MAX_TABLE_WORDS]
    column = {s: n for n, s in enumerate(vocabulary)}
    nearest = _membership([texts[0] for texts in words], column)
    anywhere = _membership([[s for text in texts for s in text] for texts in words], column)
    same = scorers.similar_words(stems, vocabulary).astype(np.float32)
    said = weigh(vocabulary)
    covered = _shares(weights, nearest @ same.T > 0)
    recalled = _shares(said * nearest, np.broadcast_to(same.any(axis=0), nearest.shape))
    reasons = anywhere @ same.T > 0
    stops = stop_stems()
    telling = [int(i) for i in np.argsort(-weights, kind="stable") if stems[i] not in stops]
    return [
        Explanation(
            covered=float(covered[n]),
            recalled=float(recalled[n]),
            why=tuple([typed[i] for i in telling if reasons[n, i]][:MAX_WHY]),
        )
        for n in range(len(words))
    ]


def _membership(texts: Sequence[Sequence[str]], column: dict[str, int]) -> Floats:
    """Texts x words: 1 where the text has the word."""
    width = len(column)
    table = np.zeros(len(texts) * width, dtype=np.float32)
    table[[n * width + column[s] for n, text in enumerate(texts) for s in text if s in column]] = 1
    return table.reshape(len(texts), width)


def _shares(weights: Floats, chosen: npt.NDArray[np.bool_]) -> Floats:
    """For each row: the weight of what is chosen as a share of all the weight; 0 where nothing weighs."""
    total = np.broadcast_to(weights, chosen.shape).sum(axis=1)
    shares: Floats = (weights * chosen).sum(axis=1) / np.maximum(total, 1e-9)
    return shares


def _distinct_stems(text: str) -> list[str]:
    return list(dict.fromkeys(map(known_stem, text.split(" "))))[: scorers.MAX_ENTRY_WORDS]
