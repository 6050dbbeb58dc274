"""rapidfuzz scorers behind one signature: two folded texts -> 0..1, both sides capped.

Only whole-token scorers: the partial ones (`partial_ratio`, `WRatio`) take seconds on two long messages and
cannot be interrupted, so they are not used anywhere.
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

Scorer = Callable[[str, str], float]

MAX_SCORED = 400
MAX_MESSAGE_WORDS = 160
MAX_ENTRY_WORDS = 80
MAX_TABLE_WORDS = 800
SIMILAR_WORDS = 80
_EXACT_BELOW = 4


def token_set(left: str, right: str) -> float:
    """Shared words however they are ordered; extra words on one side are forgiven."""
    return float(fuzz.token_set_ratio(left[:MAX_SCORED], right[:MAX_SCORED])) / 100


def token_sort(left: str, right: str) -> float:
    """All words however they are ordered; extra words on one side count against."""
    return float(fuzz.token_sort_ratio(left[:MAX_SCORED], right[:MAX_SCORED])) / 100


def plain(left: str, right: str) -> float:
    """Edit similarity without spaces and in order: joined or split words do not matter."""
    return float(fuzz.ratio(left[:MAX_SCORED].replace(" ", ""), right[:MAX_SCORED].replace(" ", ""))) / 100


def blend(left: str, rights: Sequence[str]) -> npt.NDArray[np.float32]:
    """The mean of the three above, with each of `rights`."""
    left, rights = left[:MAX_SCORED], [right[:MAX_SCORED] for right in rights]
    total = _row(left, rights, fuzz.token_set_ratio) + _row(left, rights, fuzz.token_sort_ratio)
    total += _row(left.replace(" ", ""), [right.replace(" ", "") for right in rights], fuzz.ratio)
    return total / np.float32(300)


def _row(left: str, rights: Sequence[str], scorer: Callable[..., float]) -> npt.NDArray[np.float32]:
    return np.asarray(process.cdist([left], rights, scorer=scorer, dtype=np.float32)[0])


def similar_words(left: Sequence[str], right: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Which words of `left` (rows) are the same word, misspelt at most, as words of `right` (columns)."""
    left, right = left[:MAX_MESSAGE_WORDS], right[:MAX_TABLE_WORDS]
    if not left or not right:
        return np.zeros((len(left), len(right)), dtype=np.bool_)
    ratios = process.cdist(left, right, scorer=fuzz.ratio, score_cutoff=SIMILAR_WORDS, dtype=np.uint8)
    same = np.asarray(ratios >= SIMILAR_WORDS)
    for row, word in enumerate(left):
        if len(word) < _EXACT_BELOW:
            same[row] = ratios[row] == 100
    return same
