"""How many confirmed appeals are like a text: for the reason that people read, not for the ranking."""

from collections.abc import Sequence

from routing import Entry
from routing.languages import stem, stop_stems
from routing.normalize import split_words

#: Of the telling words of the shorter text, the share that the other has too; and at least so many words.
SHARED = 0.5
AT_LEAST = 2
WORDS = 60


class Confirmed:
    """Confirmed appeals by the body that answered for them. Immutable."""

    def __init__(self, taught: Sequence[Entry]) -> None:
        self._words: dict[str, list[frozenset[str]]] = {}
        for entry in taught:
            self._words.setdefault(entry.id, []).append(_telling(entry.text))

    def like(self, text: str, entry_id: str) -> int:
        """Confirmed appeals of one routing id that share enough words with the text."""
        known = self._words.get(entry_id)
        if not known:
            return 0
        words = _telling(text)
        return sum(_alike(words, other) for other in known)


def _telling(text: str) -> frozenset[str]:
    stems = (stem(word.folded) for word in split_words(text)[: 4 * WORDS] if not word.folded.isdigit())
    return frozenset(list(dict.fromkeys(one for one in stems if one not in stop_stems()))[:WORDS])


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    return shared >= AT_LEAST and shared >= SHARED * min(len(one), len(other))
