"""Which script and language a text is written in, and the two-way letters of `transliterate`."""

import re
from functools import lru_cache
from math import exp, log

from routing import layout
from routing.languages import Language, all_languages, stem, trigrams
from routing.normalize import clean, split_words
from routing.transliterate import canonical_apostrophes, to_cyrillic, to_latin

__all__ = ["canonical_apostrophes", "detect_script", "identify_language", "to_cyrillic", "to_latin"]

MAX_WORDS = 200
LETTER_WEIGHT = 1.5
WORD_WEIGHT = 1.0
STEM_WEIGHT = 0.6
TRIGRAM_WEIGHT = 0.8
ENDING_WEIGHT = 0.3
MIN_ENDING = 3
SHARPNESS = 0.5
SMOOTHING = 0.1
ENOUGH = 0.6
MARGIN = 0.2

_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_CYRILLIC = re.compile("[\u0400-\u052f]")


def detect_script(text: str) -> str | None:
    """ "Latn" or "Cyrl", whichever has more letters; None when the text has neither."""
    text = clean(text)
    latin, cyrillic = len(_LATIN.findall(text)), len(_CYRILLIC.findall(text))
    if latin == cyrillic == 0:
        return None
    return "Latn" if latin > cyrillic else "Cyrl"


def identify_language(text: str) -> str | None:
    """One of uz-Latn, uz-Cyrl, ru, kaa, en; None when nothing in the text tells.

    Evidence: letters that only one language of the script writes, known words, their pieces and endings.
    A text typed on the wrong keyboard is judged as it was meant.
    """
    return _identify(layout.unslipped(text, layout.is_everyday))


def _identify(text: str) -> str | None:
    script = detect_script(text)
    if script is None:
        return None
    lowered = clean(text).casefold()
    words = [w.folded for w in split_words(text)][:MAX_WORDS]
    possible = [language for language in all_languages() if script in language.scripts]
    likely = _likelihoods(possible, words)
    scored = sorted(
        ((_evidence(lang, lowered, words, likely[lang.code]), lang.code) for lang in possible), reverse=True
    )
    if not scored or scored[0][0] < ENOUGH:
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < MARGIN:
        return None
    return scored[0][1]


def _evidence(language: Language, lowered: str, words: list[str], likely: dict[str, float]) -> float:
    own = sum(min(3, lowered.count(letter)) for letter in language.letters)
    foreign = sum(min(3, lowered.count(letter)) for letter in language.foreign_letters)
    total = language.prior + LETTER_WEIGHT * (own - foreign)
    for word in words:
        if word in language.words or word in language.stop_words:
            total += WORD_WEIGHT
        elif stem(word) in language.stems:
            total += STEM_WEIGHT
        else:
            total += TRIGRAM_WEIGHT * likely[word]
            total += ENDING_WEIGHT * _has_ending(language, word)
    return total


def _has_ending(language: Language, word: str) -> bool:
    return any(
        len(word) - len(end) >= MIN_ENDING <= len(end) and word.endswith(end) for end in language.suffixes
    )


def _likelihoods(possible: list[Language], words: list[str]) -> dict[str, dict[str, float]]:
    """By code and word: how likely its pieces make the word one of that language; 0 if nobody has them."""
    found: dict[str, dict[str, float]] = {language.code: {} for language in possible}
    for word in dict.fromkeys(words):
        pieces = [p for p in trigrams(word) if any(p in language.trigrams for language in possible)]
        logs = [sum(_log(language, piece) for piece in pieces) for language in possible]
        shares = [exp(SHARPNESS * (one - max(logs))) for one in logs]
        seen = len(pieces) / (len(word) or 1)
        for language, share in zip(possible, shares, strict=True):
            found[language.code][word] = seen * share / sum(shares) if pieces else 0.0
    return found


def _log(language: Language, piece: str) -> float:
    return log((language.trigrams.get(piece, 0) + SMOOTHING) / (_size(language.code) + 1))


@lru_cache(maxsize=32)
def _size(code: str) -> int:
    return next(sum(lang.trigrams.values()) for lang in all_languages() if lang.code == code)
