"""The known word that a misspelt one stands for: one letter wrong, missing, doubled, put in or swapped.

Known words are found by what is left of them when any one letter is taken away, so a look-up costs a few
binary searches whatever the number of words. Immutable once built.
"""

from collections.abc import Mapping

import numpy as np
from rapidfuzz.distance import OSA

MIN_TYPED = 4
MIN_KNOWN = 3
MAX_LENGTH = 24
MAX_KNOWN = 200_000
MAX_CANDIDATES = 64


class Speller:
    """`known` maps words to how often they are used: of several equally near, the commonest is meant."""

    __slots__ = ("_keys", "_owners", "_words")

    def __init__(self, known: Mapping[str, int]) -> None:
        fitting = (word for word in known if MIN_KNOWN <= len(word) <= MAX_LENGTH and word.isalpha())
        self._words = sorted(fitting, key=lambda word: (-known[word], word))[:MAX_KNOWN]
        pairs = [(hash(rest), place) for place, word in enumerate(self._words) for rest in _rests(word)]
        table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        order = np.argsort(table[:, 0], kind="stable")
        self._keys = table[order, 0].copy()
        self._owners = table[order, 1].astype(np.int32)

    def nearest(self, word: str) -> str | None:
        """The known word that is one keyboard error away from `word`; None when there is none.

        Words shorter than `MIN_TYPED` are left alone: too many others are near them.
        """
        if not MIN_TYPED <= len(word) <= MAX_LENGTH or not word.isalpha():
            return None
        wanted = np.array([hash(rest) for rest in _rests(word)], dtype=np.int64)
        starts = np.searchsorted(self._keys, wanted, side="left")
        ends = np.searchsorted(self._keys, wanted, side="right")
        places = {int(p) for a, b in zip(starts, ends, strict=True) if a < b for p in self._owners[a:b]}
        candidates = [self._words[place] for place in sorted(places)[:MAX_CANDIDATES]]
        near = [one for one in candidates if OSA.distance(word, one, score_cutoff=1) <= 1]
        return min(near, key=lambda one: (one[0] != word[0], one[-1] != word[-1]), default=None)


def _rests(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}
