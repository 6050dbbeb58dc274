"""Reads a message with the words that the index knows.

A word that the index knows stays. Any other is read as what the same thing is called in a language of the
index, or as the known word it misspells; failing both it stays as it is. What was typed is kept beside it.
A text typed on the wrong keyboard is read as it was meant.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from routing import layout
from routing.equivalents import called_elsewhere
from routing.languages import all_languages, stem, stems
from routing.normalize import Word, other_letters, split_words
from routing.sound import MAX_WORDS, sound_word
from routing.speller import Speller

MAX_UNKNOWN = 80


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

    __slots__ = ("_speller", "_stems", "_uses")

    def __init__(self, documents: Iterable[str]) -> None:
        uses = Counter(word for document in documents for word in document.split(" "))
        short: Counter[str] = Counter()
        for word, count in uses.items():
            short[stem(word)] += count
        self._stems = frozenset(one for word in uses for one in stems(word))
        self._uses = uses | short
        everyday = {word for language in all_languages() for word in (*language.words, *language.stop_words)}
        self._speller = Speller(self._uses | Counter(dict.fromkeys(everyday, 1)))

    def knows(self, word: str) -> bool:
        """Whether a folded word stands in the index, with any of its endings."""
        return word in self._uses or not self._stems.isdisjoint(stems(word))

    def read(self, text: str) -> Interpreted:
        """The words of a text, unknown ones folded to what they stand for."""
        words = self._split(text)
        meant: list[Word] = []
        budget = MAX_UNKNOWN
        for word in words:
            if budget and not self.knows(word.folded):
                budget -= 1
                word = Word(word.raw, self._meant(word))
            meant.append(word)
        strange = sum(self._is_strange(word.folded) for word in meant)
        if not strange or len(words) > MAX_WORDS:
            return Interpreted(meant, "", 0.0)
        pairs = list(zip(words, meant, strict=True))
        kept = sum(new.folded == old.folded for old, new in pairs)
        sounds = (sound_word(new.raw if new.folded == old.folded else new.folded) for old, new in pairs)
        return Interpreted(meant, " ".join(sounds), strange / kept)

    def _split(self, text: str) -> list[Word]:
        """The words as typed, or of the other keyboard if that makes far more sense."""
        words = split_words(text)
        makes = layout.sense(words, self._makes_sense)
        if makes >= layout.WELL:
            return words
        others = split_words(layout.switched(text))
        better = layout.sense(others, self._makes_sense) >= makes + layout.BETTER
        return others if better else words

    def _makes_sense(self, folded: str) -> bool:
        return self.knows(folded) or layout.is_everyday(folded)

    def _is_strange(self, folded: str) -> bool:
        return not self.knows(folded) and not layout.is_everyday(folded)

    def _meant(self, word: Word) -> str:
        folded = word.folded
        for other in other_letters(word.raw):
            if self.knows(other):
                return other
        named = [name for name in called_elsewhere(folded) if self.knows(name)]
        if named:
            return max(named, key=lambda name: (self._uses[name], self._uses[stem(name)], name))
        if layout.is_everyday(folded):
            return folded
        return self._speller.nearest(folded) or self._speller.nearest(stem(folded)) or folded
