"""How a name sounds, so that its spellings in the languages of the country meet: Қўқон, Qoʻqon, Коканд.

Russian hears Uzbek o as а and oʻ as у or о, writes дж for j and makes adjectives of names. Coarser than
folding: only for names and short phrases whose words the index does not know.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from routing.alphabets import APOSTROPHES
from routing.equivalents import adjectives
from routing.normalize import Word, fold_word

_ROUND = re.compile(f"o[{APOSTROPHES}]|[ўөүóú]")
_VOWELS = str.maketrans("oe", "ai")
_KIN = str.maketrans("oegfjh", "aikpyk")
_GLIDE = re.compile("iy|yi")
_TWICE = re.compile(r"(.)\1+")
_MIN_NAME = 4
MAX_WORDS = 8


def sound(words: Sequence[Word]) -> str:
    """The sounds of a name or phrase of up to `MAX_WORDS` words, joined by spaces; else nothing."""
    return " ".join(sound_word(word.raw) for word in words) if len(words) <= MAX_WORDS else ""


@lru_cache(maxsize=20_000)
def sound_word(raw: str) -> str:
    """One word as typed (apostrophes tell oʻ from o) -> its sound."""
    word = _without_adjective(fold_word(_ROUND.sub("u", raw.casefold())))
    return blur(word)


def blur(folded: str) -> str:
    """A folded word as Russian hears it, when o and oʻ can no longer be told apart."""
    word = folded.replace("dj", "j").replace("ng", "n").translate(_VOWELS)
    return _TWICE.sub(r"\1", _GLIDE.sub("i", word))


def kin(folded: str) -> str:
    """What the Uzbek and Karakalpak forms of a folded word share: jaksi and yahshi, bas and bosh."""
    return _TWICE.sub(r"\1", folded.replace("ch", "s").replace("sh", "s").replace("ng", "n").translate(_KIN))


def _without_adjective(word: str) -> str:
    for ending in adjectives():
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_NAME:
            return word[: -len(ending)]
    return word
