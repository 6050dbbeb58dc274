"""Reads a message with the words that the index knows.

A word that the index knows stays. Any other is read as what the same thing is called in a language of the
index, or as the known word it misspells; failing both it stays as it is. What was typed is kept beside it.
A text typed on the wrong keyboard is read as it was meant.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from routing import layout
from routing.equivalents import ROOT, called_elsewhere
from routing.languages import all_languages, stem, stems, suffixes
from routing.normalize import Word, other_letters, split_words
from routing.scripts import identify_language
from routing.sound import MAX_WORDS, kin, sound_word
from routing.speller import Speller

MAX_UNKNOWN = 80
MIN_KIN = 4


@dataclass(frozen=True, slots=True)
class Interpreted:
    """A message as it is looked up.

    `sound` is empty unless the message is short and has words that stay unknown; `strange` is their share.
    """

    words: list[Word]
    sound: str
    strange: float


class Interpreter:
    """Immutable once built; any thread may call it. `documents` are folded texts."""

    __slots__ = ("_kin", "_sorted", "_speller", "_stems", "_uses")

    def __init__(self, documents: Iterable[str]) -> None:
        uses = Counter(word for document in documents for word in document.split(" "))
        short: Counter[str] = Counter()
        for word, count in uses.items():
            short[stem(word)] += count
        self._sorted = sorted(uses)
        self._stems = frozenset(one for word in uses for one in stems(word))
        self._uses = uses | short
        by_use = sorted(self._uses, key=lambda word: (self._uses[word], word))
        self._kin = {kin(word): word for word in by_use if len(word) >= MIN_KIN}
        everyday = {word for language in all_languages() for word in (*language.words, *language.stop_words)}
        self._speller = Speller(self._uses | Counter(dict.fromkeys(everyday, 1)))

    def knows(self, word: str) -> bool:
        """Whether a folded word stands in the index, with any of its endings."""
        return word in self._uses or not self._stems.isdisjoint(stems(word))

    def read(self, text: str) -> Interpreted:
        """The words of a text, unknown ones folded to what they stand for."""
        words = split_words(layout.unslipped(text, self._makes_sense))
        meant: list[Word] = []
        budget = MAX_UNKNOWN
        karakalpak: bool | None = None
        for word in words:
            if budget and not self.knows(word.folded):
                if karakalpak is None:
                    karakalpak = identify_language(text) in ("kaa", None)
                budget -= 1
                word = Word(word.raw, self._meant(word, karakalpak=karakalpak))
            meant.append(word)
        strange = sum(self._is_strange(word.folded) for word in meant)
        if not strange or len(words) > MAX_WORDS:
            return Interpreted(meant, "", 0.0)
        pairs = list(zip(words, meant, strict=True))
        kept = sum(new.folded == old.folded for old, new in pairs)
        sounds = (sound_word(new.raw if new.folded == old.folded else new.folded) for old, new in pairs)
        return Interpreted(meant, " ".join(sounds), strange / kept)

    def _makes_sense(self, folded: str) -> bool:
        return self.knows(folded) or layout.is_everyday(folded)

    def _is_strange(self, folded: str) -> bool:
        return not self.knows(folded) and not layout.is_everyday(folded)

    def _find(self, name: str, typed: str) -> str | None:
        """The word of the index that is `name` or has it as its root, in the form most like the typed."""
        root = name.removesuffix(ROOT)
        start = bisect_left(self._sorted, root)
        words = self._sorted[start : bisect_left(self._sorted, root + "\uffff", lo=start)]
        if root == name:
            words = [word for word in words if word == name or word[len(name) :] in suffixes()]
        if words:
            return max(words, key=lambda word: (fuzz.ratio(word, typed), self._uses[word], word))
        return name if self.knows(name) else None

    def _meant(self, word: Word, *, karakalpak: bool) -> str:
        folded = word.folded
        for other in other_letters(word.raw):
            if self.knows(other):
                return other
        if name := self._named(folded):
            return name
        if karakalpak:
            relative = self._kin.get(kin(folded)) or self._kin.get(kin(stem(folded)))
            if relative:
                return relative
        if layout.is_everyday(folded):
            return folded
        nearest = self._speller.nearest(folded) or self._speller.nearest(stem(folded)) or folded
        return nearest if self.knows(nearest) else self._named(nearest) or nearest

    def _named(self, folded: str) -> str | None:
        """What the index calls a thing that another language calls `folded`."""
        found = [word for name in called_elsewhere(folded) if (word := self._find(name, folded))]
        return max(found, key=lambda word: (self._uses[word], word), default=None)
