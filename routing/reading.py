"""A message read once for its clauses: words with their places, where clauses and sentences end, cues.

Everything is linear in the text, which the caller has capped.
"""

import re
from dataclasses import dataclass

from routing.alphabets import APOSTROPHES
from routing.cues import Cue, Script, all_cues
from routing.normalize import fold_word

WORD = re.compile(rf"[^\W_]+(?:[{APOSTROPHES}]+[^\W_]+)*[{APOSTROPHES}]?")
_BREAK = re.compile(r"[,.;:!?()\n…–—]|(?<=\s)-(?=\s)")
_STOP = re.compile(r"[.!?\n…;]")
_SET_AGAINST = re.compile(r"[:–—]|(?<=\s)-(?=\s)")
_CYRILLIC = re.compile("[\u0400-\u052f]")


@dataclass(frozen=True, slots=True)
class Word:
    """`start:end` in the text; `set_against`: a colon or a dash stands before it."""

    start: int
    end: int
    raw: str
    script: Script
    clause: int
    sentence: int
    set_against: bool


class Reading:
    """Places are numbers of words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[Word] = []
        self.folded: tuple[str, ...] = ()
        self.cues = all_cues()
        self._read()
        self._starts: list[int] = []
        self._stops = [0] * len(self.words)
        for place, word in enumerate(self.words):
            begins = not place or self.words[place - 1].clause != word.clause
            self._starts.append(place if begins else self._starts[-1])
        for place, start in enumerate(self._starts):
            self._stops[start] = place + 1

    def _read(self) -> None:
        clause = sentence = end = 0
        folded: list[str] = []
        for match in WORD.finditer(self.text):
            word = fold_word(match.group())
            if not word:
                continue
            gap = self.text[end : match.start()]
            broken = _BREAK.search(gap) is not None
            script = "Cyrl" if _CYRILLIC.search(match.group()) else "Latn"
            begins = self.cues.at("but", script, (word,), 0) is not None
            clause += broken or begins
            sentence += _STOP.search(gap) is not None
            against = _SET_AGAINST.search(gap) is not None
            end = match.end()
            self.words.append(Word(match.start(), end, match.group(), script, clause, sentence, against))
            folded.append(word)
        self.folded = tuple(folded)

    def at(self, name: str, place: int) -> Cue | None:
        """The cue of this name that begins at a place."""
        return self.cues.at(name, self.words[place].script, self.folded, place)

    def ends(self, name: str, place: int) -> bool:
        """Whether the word has one of the endings of this name."""
        return self.cues.ends(name, self.words[place].script, self.folded[place])

    def clause_start(self, place: int) -> int:
        return self._starts[place]

    def clause_stop(self, place: int) -> int:
        return self._stops[self._starts[place]]

    def same_sentence(self, place: int, other: int) -> bool:
        return 0 <= other < len(self.words) and self.words[place].sentence == self.words[other].sentence
