"""People's words for editors' eyes: numbers, addresses and names hidden, cut short."""

import re
from collections.abc import Iterable, Iterator

from routing.normalize import fold

HIDDEN = "•••"
SHOWN = 200
#: From so many digits a number may be somebody's: a telephone, a passport, an account.
LONG_NUMBER = 5
_ADDRESSES = re.compile(r"\S{1,64}@\S{1,64}|@\w{3,64}|https?://\S+|\bt\.me/\S+", re.IGNORECASE)
_NUMBER = re.compile(r"\+?(?:\b[A-ZА-Я]{1,2}[ -]?)?\d(?:[ \t().‑-]{0,2}\d)*")
#: "1." or "2)" where a line or a sentence begins: the number of a point in a list, nobody's.
_POINT = re.compile(r"(?:^|(?<=[\n.;!?]))[ \t]*\d{1,2}[.)](?=[ \t]+[^\W\d_])")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W\d_]+(?:['`ʻʼ‘’][^\W\d_]+)*")
#: Of a name's words, those this long are hidden wherever they begin a word, in either alphabet.
NAME_LETTERS = 3


def masked(text: str, most: int = SHOWN) -> str:
    """One line of at most `most` characters without e-mails, links, user names and any number.

    The numbers of the points of a list are left out; there is nothing in them to hide.
    """
    text = _POINT.sub(" ", text[: most * 8])
    text = _NUMBER.sub(HIDDEN, _ADDRESSES.sub(HIDDEN, text))
    text = _SPACE.sub(" ", text).strip()
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def depersonalised(text: str, names: Iterable[str] = ()) -> str:
    """Lines kept; without e-mails, links, long numbers, and the words of these people's names.

    Short numbers stay: days, articles and years are what an answer is about.
    """
    text = _NUMBER.sub(_long_hidden, _ADDRESSES.sub(HIDDEN, text))
    hidden = tuple({stem for name in names for stem in _name_stems(name)})
    if not hidden:
        return text
    return _WORD.sub(lambda word: HIDDEN if fold(word.group()).startswith(hidden) else word.group(), text)


def _name_stems(name: str) -> Iterator[str]:
    """Without the last vowel, which other cases change: Aziza, Азизы, Azizaga are one name."""
    for word in _WORD.findall(name):
        folded = fold(word)
        stem = folded.rstrip("aeiouy")
        if len(folded) >= NAME_LETTERS:
            yield stem if len(stem) >= NAME_LETTERS else folded


def _long_hidden(match: re.Match[str]) -> str:
    number = match.group()
    return HIDDEN if sum(c.isdigit() for c in number) >= LONG_NUMBER else number
