"""The one visible normaliser: any text -> words folded to one Latin skeleton.

Nothing here is shown to people: folding loses letters on purpose, the text itself is kept by the caller.
Work is bounded: at most `MAX_CHARACTERS` of a text are looked at, its beginning and its end.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from routing.alphabets import (
    APOSTROPHES,
    CYRILLIC_SKELETON,
    LATIN_SKELETON,
    LOOKALIKE_TO_CYRILLIC,
    LOOKALIKE_TO_LATIN,
)

MAX_CHARACTERS = 6_000
TAIL_CHARACTERS = 1_500
MAX_WORD = 48

_MARK = "".join(
    (
        "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f",
        "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f",
    )
)
_MARKS = re.compile(f"([{_MARK}]{{2}})[{_MARK}]+")
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]")
_WORD = re.compile(rf"[^\W_]+(?:[{APOSTROPHES}]+[^\W_]+)*[{APOSTROPHES}]?")
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[a-z]")
_STRETCHED = re.compile(r"([^\W\d])\1+")
_CHAT_DIGIT = re.compile(  # "bo6", "4iqdi", but not "4-maktab", "6ta", "covid19"
    r"(?<=[a-z])[46](?=[a-z])|(?<![0-9a-z])[46](?=[aeiou][a-z])|(?<=[aeiou])[46](?![0-9a-z])"
)
# Karakalpak ў is the consonant w and stands beside a vowel; Uzbek ў is a vowel and never does.
_CONSONANT_U = re.compile("(?<=[аеёиоуыэюяәөү])ў|ў(?=[аеёиоуыэюяәөү])")
_ACCENTS = str.maketrans("´΄", "ʼʼ")  # NFKC would make a space of them
_SKELETON = str.maketrans(CYRILLIC_SKELETON)
_LATIN_FOLD = str.maketrans(LATIN_SKELETON)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was typed and its folded form (lower-case Latin letters and digits where possible)."""

    raw: str
    folded: str


def cap(text: str) -> str:
    """At most `MAX_CHARACTERS`: the beginning and the end, where people say what they want."""
    if len(text) <= MAX_CHARACTERS:
        return text
    return text[: MAX_CHARACTERS - TAIL_CHARACTERS] + " " + text[-TAIL_CHARACTERS:]


def clean(text: str) -> str:
    """Capped text in NFKC without control characters, lone surrogates and invisible marks."""
    text = _UNSPEAKABLE.sub(" ", cap(text))
    if text.isascii():
        return text
    # Long runs of combining marks make Unicode normalisation quadratic: keep two.
    text = _MARKS.sub(r"\1", _INVISIBLE.sub("", text)).translate(_ACCENTS)
    return cap(unicodedata.normalize("NFKC", text))


def fold_word(raw: str) -> str:
    """One word -> its skeleton: `Oʻzbekiston`, `o'zbekiston` and `Ўзбекистон` give the same string."""
    return _fold_word(raw[:MAX_WORD])


@lru_cache(maxsize=32_768)
def _fold_word(raw: str) -> str:
    word = _APOSTROPHE.sub("", raw).casefold()
    if not word.isascii():
        cyrillic = len(_CYRILLIC.findall(word))
        if cyrillic:
            latin = len(_LATIN.findall(word))
            if latin:
                word = word.translate(LOOKALIKE_TO_CYRILLIC if cyrillic >= latin else LOOKALIKE_TO_LATIN)
            word = _CONSONANT_U.sub("в", word).translate(_SKELETON)
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    word = _CHAT_DIGIT.sub(_chat_letter, word).translate(_LATIN_FOLD)
    word = word.replace("ye", "e").replace("kh", "h").replace("zh", "j")
    return _STRETCHED.sub(r"\1", word)


def _chat_letter(match: re.Match[str]) -> str:
    return "ch" if match.group() == "4" else "sh"


def other_letters(raw: str) -> list[str]:
    """Folded forms of a word whose letters may stand for others: chat w for sh, у for ў on Russian keys."""
    lowered = raw[:MAX_WORD].casefold()
    if "w" in lowered:
        return [fold_word(lowered.replace("w", "sh"))]
    places = [place for place, letter in enumerate(lowered) if letter == "у"][:3]
    found = []
    for chosen in range(1, 1 << len(places)):
        letters = list(lowered)
        for bit, place in enumerate(places):
            if chosen >> bit & 1:
                letters[place] = "ў"
        found.append(fold_word("".join(letters)))
    return found


def split_words(text: str, *, w_is_sh: bool = False) -> list[Word]:
    """The words of a text of any length (capped), in order, with their folded forms.

    `w_is_sh`: the text is Uzbek, which has no w but in chats, where it stands for sh.
    """
    sound = str.maketrans({"w": "sh", "W": "Sh"} if w_is_sh else {})
    words = (Word(raw, fold_word(raw.translate(sound))) for raw in _WORD.findall(clean(text)))
    return [word for word in words if word.folded]


def fold(text: str) -> str:
    """The folded words joined by single spaces."""
    return " ".join(word.folded for word in split_words(text))
