"""Which words of a message speak for a candidate, and how much of either side they make up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from routing import scorers
from routing.languages import stem, stop_stems

Floats = npt.NDArray[np.float32]

MAX_WHY = 8


@dataclass(frozen=True, slots=True)
class Explanation:
    """`covered`: weighted share of the message found in the nearest phrasing; `recalled`: the reverse.

    `why`: words of the message, as typed, found in any phrasing; no stop words, weightiest first.
    """

    covered: float
    recalled: float
    why: tuple[str, ...]


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
    same = scorers.similar_words(stems, vocabulary)
    return [_one(stems, typed, weights, texts, column, same, weigh) for texts in words]


def _one(
    stems: Sequence[str],
    typed: Sequence[str],
    weights: Floats,
    texts: Sequence[Sequence[str]],
    column: dict[str, int],
    same: npt.NDArray[np.bool_],
    weigh: Callable[[Sequence[str]], Floats],
) -> Explanation:
    nearest = [s for s in texts[0] if s in column]
    table = same[:, [column[s] for s in nearest]]
    anywhere = np.any(same[:, [column[s] for text in texts for s in text if s in column]], axis=1)
    order = np.argsort(-weights * anywhere, kind="stable")
    why = [typed[i] for i in order if anywhere[i] and stems[i] not in stop_stems()]
    return Explanation(
        covered=_share(weights, np.any(table, axis=1)),
        recalled=_share(weigh(nearest), np.any(table, axis=0)),
        why=tuple(why[:MAX_WHY]),
    )


def _distinct_stems(text: str) -> list[str]:
    return list(dict.fromkeys(stem(word) for word in text.split(" ")))[: scorers.MAX_ENTRY_WORDS]


def _share(weights: Floats, chosen: npt.NDArray[np.bool_]) -> float:
    total = float(weights.sum())
    return float(weights[chosen].sum()) / total if total > 0 else 0.0
