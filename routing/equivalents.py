"""Words of the languages of the country that mean the same, and endings that only dress a name: data."""

import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any

from routing.languages import MIN_STEM, stem, suffixes
from routing.normalize import fold_word

ROOT = "-"


def called_elsewhere(folded: str) -> tuple[str, ...]:
    """What a folded word, less the ending that leaves the longest known one, is called in other languages.

    A name that ends in `ROOT` is the beginning of what it may be called.
    """
    known, endings = _equivalents(), suffixes()
    for cut in range(len(folded), MIN_STEM - 1, -1):
        if folded[:cut] in known and (cut == len(folded) or folded[cut:] in endings):
            return known[folded[:cut]]
        if folded[:cut] + ROOT in known:
            return known[folded[:cut] + ROOT]
    return known.get(stem(folded), ())


@lru_cache(maxsize=1)
def adjectives() -> tuple[str, ...]:
    """Folded endings that make an adjective of a name, longest first."""
    return tuple(sorted(map(fold_word, _data()["adjectives"].split()), key=lambda s: (-len(s), s)))


@lru_cache(maxsize=1)
def _equivalents() -> dict[str, tuple[str, ...]]:
    groups: dict[str, set[str]] = {}
    for table in _data().values():
        for key, words in table.items() if isinstance(table, dict) else ():
            groups.setdefault(_folded(key), {_folded(key)}).update(map(_folded, words.split()))
    found: dict[str, set[str]] = {}
    for group in groups.values():
        for word in group:
            for form in {word, word if word.endswith(ROOT) else stem(word)}:
                found.setdefault(form, set()).update(group - {word})
    return {form: tuple(sorted(words)) for form, words in found.items()}


def _folded(word: str) -> str:
    return fold_word(word.removesuffix(ROOT)) + (ROOT if word.endswith(ROOT) else "")


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files("routing").joinpath("equivalents.toml").read_text(encoding="utf-8"))
