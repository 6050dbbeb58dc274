"""Words by which a message says what it is not about: the `[clauses]` of `languages/<code>.toml`.

Cues of all languages stand together, each with the scripts it is written in: people mix languages, and a
word of one script means nothing in another ("не" denies in Russian, "ne" asks in Karakalpak).
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from routing.normalize import fold_word, split_words

Words = tuple[str, ...]
Script = str

#: Lists of endings, compared with the end of a word; everything else is compared with whole words.
_ENDINGS = frozenset({"state_endings", "verb_endings", "possessive", "adjective_endings", "patronymics"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue found in a text: how many words it takes, and whether its language puts the noun after it."""

    length: int
    noun_follows: bool


@dataclass(frozen=True, slots=True)
class Cues:
    """`phrases`: name and script -> first word -> (words, noun follows), longer ones first."""

    phrases: Mapping[tuple[str, Script], Mapping[str, tuple[tuple[Words, bool], ...]]]
    endings: Mapping[tuple[str, Script], Words]

    def at(self, name: str, script: Script, folded: Words, place: int) -> Cue | None:
        """The longest cue of this name that stands at a word."""
        for words, follows in self.phrases.get((name, script), {}).get(folded[place], ()):
            if folded[place : place + len(words)] == words:
                return Cue(len(words), follows)
        return None

    def ends(self, name: str, script: Script, word: str) -> bool:
        """Whether a word has one of these endings after at least two letters."""
        return any(
            len(word) >= len(ending) + 2 and word.endswith(ending)
            for ending in self.endings.get((name, script), ())
        )


@lru_cache(maxsize=1)
def all_cues() -> Cues:
    """Read once; a language without `[clauses]` has none."""
    found: dict[tuple[str, Script], dict[str, set[tuple[Words, bool]]]] = {}
    endings: dict[tuple[str, Script], set[str]] = {}
    for scripts, lists in _languages():
        follows = "not_before" in lists
        for name, texts in lists.items():
            for script in scripts:
                if name in _ENDINGS:
                    endings.setdefault((name, script), set()).update(map(fold_word, texts))
                    continue
                for words in map(_folded, texts):
                    starts = found.setdefault((name, script), {})
                    starts.setdefault(words[0], set()).add((words, follows))
    return Cues(
        phrases={
            key: {
                first: tuple(sorted(phrases, key=lambda phrase: (-len(phrase[0]), phrase)))
                for first, phrases in starts.items()
            }
            for key, starts in found.items()
        },
        endings={key: tuple(sorted(known)) for key, known in endings.items()},
    )


def _languages() -> Iterator[tuple[tuple[Script, ...], dict[str, list[str]]]]:
    raw: dict[str, dict[str, Any]] = {}
    for path in resources.files("routing.languages").iterdir():
        if path.name.endswith(".toml"):
            data = tomllib.loads(path.read_text(encoding="utf-8"))
            raw[data["code"]] = data
    for code in sorted(raw):
        data = raw[code]
        lists = raw[data.get("words_of", code)].get("clauses", {})
        yield tuple(data.get("scripts", [data["script"]])), lists


def _folded(text: str) -> Words:
    return tuple(word.folded for word in split_words(text))
