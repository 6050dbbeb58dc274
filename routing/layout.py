"""Texts typed while the keyboard was switched to the other alphabet: ghbdtn is привет, руддщ is hello.

Both readings are compared by how many of their words, or pieces of words, the languages of the country have.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from routing.alphabets import KEYS_TO_CYRILLIC, KEYS_TO_LATIN
from routing.languages import all_languages, stem, trigrams
from routing.normalize import Word, cap, split_words

MAX_WORDS = 40
WELL = 0.6  # a text that reads so well is not looked at again
BETTER = 0.3  # the other reading must be so much better than what was typed
PIECES = 0.7  # a word of familiar pieces only is worth less than a known word

Known = Callable[[str], bool]


def switched(text: str) -> str:
    """`text` as it would stand there with the keyboard in the other alphabet."""
    text = cap(text)
    latin = sum("a" <= letter <= "z" for letter in text.casefold())
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in text)
    return text.translate(KEYS_TO_CYRILLIC if latin >= cyrillic else KEYS_TO_LATIN)


def unslipped(text: str, known: Known) -> str:
    """The text, or that of the other keyboard if it makes far more sense. `known` takes a folded word."""
    makes = sense(split_words(text), known)
    if makes >= WELL:
        return text
    other = switched(text)
    return other if sense(split_words(other), known) >= makes + BETTER else text


def sense(words: Sequence[Word], known: Known) -> float:
    """0..1: how much of the letters stands in words that are known or look like words of a language."""
    total = good = 0.0
    for word in words[:MAX_WORDS]:
        if word.folded.isalpha():
            size = len(word.folded)
            total += size
            good += size * (1.0 if known(word.folded) else PIECES * _familiar(word.folded))
    return good / total if total else 1.0


def is_everyday(folded: str) -> bool:
    """Whether a folded word, with any ending, is in the word lists of the languages."""
    return folded in _everyday() or stem(folded) in _everyday()


def _familiar(folded: str) -> float:
    """Share of the pieces of a word that one language has; squared, as its own words have nearly all."""
    pieces = trigrams(folded)
    best = max(sum(piece in table for piece in pieces) for table in _pieces()) / len(pieces)
    return best * best


@lru_cache(maxsize=1)
def _everyday() -> frozenset[str]:
    words = {
        word
        for language in all_languages()
        for word in (*language.words, *language.stop_words, *language.stems)
    }
    return frozenset(words)


@lru_cache(maxsize=1)
def _pieces() -> tuple[Mapping[str, int], ...]:
    return tuple(language.trigrams for language in all_languages())
