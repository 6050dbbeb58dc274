"""Languages as data: `<code>.toml` in this folder. A new language is a new file."""

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

from routing.normalize import fold_word


@dataclass(frozen=True, slots=True)
class Language:
    """What matching and identification know of one language. Words and suffixes are folded."""

    code: str
    scripts: tuple[str, ...]
    letters: tuple[str, ...]
    foreign_letters: tuple[str, ...]
    stop_words: frozenset[str]
    words: frozenset[str]
    stems: frozenset[str]
    suffixes: tuple[str, ...]
    trigrams: Mapping[str, int]  # pieces of the words, and in how many words
    prior: float
    spelling: dict[str, str] = field(default_factory=dict)


@lru_cache(maxsize=1)
def all_languages() -> tuple[Language, ...]:
    """Every language of this folder, ordered by code."""
    raw = {}
    for path in sorted(resources.files(__name__).iterdir(), key=lambda p: p.name):
        if path.name.endswith(".toml"):
            data = tomllib.loads(path.read_text(encoding="utf-8"))
            raw[data["code"]] = data
    return tuple(_language(data, raw) for data in raw.values())


def _language(data: dict[str, Any], raw: dict[str, dict[str, Any]]) -> Language:
    source = raw[data.get("words_of", data["code"])]
    endings = frozenset().union(*(_folded(other["suffixes"]) for other in raw.values()))
    words, stops, own = (_folded(source[name]) for name in ("words", "stop_words", "suffixes"))
    return Language(
        code=data["code"],
        scripts=tuple(data.get("scripts", [data["script"]])),
        letters=tuple(data["letters"]),
        foreign_letters=tuple(data["foreign_letters"]),
        stop_words=stops,
        words=words,
        stems=frozenset(_strip(word, endings) for word in words),
        suffixes=tuple(sorted(own, key=lambda s: (-len(s), s))),
        trigrams=Counter(g for w in (*words, *stops, *own) for g in trigrams(w, w not in own)),
        prior=float(data.get("prior", 0)),
        spelling=dict(data.get("spelling", {})),
    )


def trigrams(word: str, whole: bool = True) -> list[str]:
    """Three-letter pieces of a folded word; an ending (`whole` false) is not marked as a beginning."""
    padded = f" {word} " if whole else f"{word} "
    return [padded[i : i + 3] for i in range(len(padded) - 2)]


def _folded(words: str) -> frozenset[str]:
    return frozenset(filter(None, map(fold_word, words.split())))


@lru_cache(maxsize=1)
def suffixes() -> frozenset[str]:
    """Folded suffixes of all languages together, so that both sides of a comparison lose the same ones."""
    return frozenset(suffix for language in all_languages() for suffix in language.suffixes)


MIN_STEM = 3
_SHORT_SUFFIX_STEM = 4
_LONGEST = 12


def stem(folded: str) -> str:
    """A folded word without its longest known suffix; at least `MIN_STEM` letters remain."""
    return _strip(folded, suffixes())


def stems(folded: str) -> set[str]:
    """A folded word without its longest suffix of each language in turn: `stem` may take one of another."""
    return {_strip(folded, known) for known in _suffixes_by_language()}


@lru_cache(maxsize=1)
def _suffixes_by_language() -> tuple[frozenset[str], ...]:
    return tuple({frozenset(language.suffixes): None for language in all_languages()})


def _strip(folded: str, known: frozenset[str]) -> str:
    for start in range(max(MIN_STEM, len(folded) - _LONGEST), len(folded)):
        if folded[start:] in known and (start >= _SHORT_SUFFIX_STEM or len(folded) - start >= MIN_STEM):
            return folded[:start]
    return folded


@lru_cache(maxsize=1)
def stop_stems() -> frozenset[str]:
    """Stems of the stop words of all languages together: people mix languages in one sentence."""
    return frozenset(stem(word) for language in all_languages() for word in language.stop_words)
