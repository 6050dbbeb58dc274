"""Texts as people really type them: seeded damage for measuring robustness. Nothing here is used to route.

`typoN` damages each word of three letters and more with a probability of N percent by one keyboard error.
The modes of `UZBEK_MODES` rewrite Uzbek Latin; of other languages they make nonsense.
"""

import random
import re
from collections.abc import Callable

from routing import alphabets
from routing.transliterate import canonical_apostrophes, to_cyrillic

TYPO_MODES = ("typo5", "typo10", "typo20", "typo50")
KEYBOARD_MODES = ("layout", "stretched", "lookalikes")
UZBEK_MODES = ("cyrillic", "russian_letters", "apostrophes", "no_apostrophes", "chat")
MODES = (*TYPO_MODES, *KEYBOARD_MODES, *UZBEK_MODES)

_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")
_WORD = re.compile(r"\w{3,}")
_APOSTROPHE = re.compile(f"[{alphabets.APOSTROPHES}]")
_VARIANTS = ("'", "ʻ", "ʼ", "‘", "’", "`", "´")
_RUSSIAN_LETTERS = str.maketrans("ўқғҳЎҚҒҲ", "укгхУКГХ")
_CHAT = re.compile("sh|ch|[xh]", re.IGNORECASE)
_STRETCHABLE = re.compile(r"[aeiouаеиоуы]\b", re.IGNORECASE)


def _neighbours() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in _KEYS:
        for place, key in enumerate(row):
            found[key] = row[max(0, place - 1) : place] + row[place + 1 : place + 2]
    return found


_NEIGHBOURS = _neighbours()


def spoil(text: str, mode: str, seed: int) -> str:
    """`text` damaged in one of `MODES`; the same arguments always give the same text.

    Raises ValueError for an unknown mode.
    """
    chance = random.Random(f"{seed}:{mode}:{text}")  # noqa: S311  # no secret
    if mode in TYPO_MODES:
        share = int(mode.removeprefix("typo")) / 100
        return _WORD.sub(
            lambda m: _mistype(m.group(), chance) if chance.random() < share else m.group(), text
        )
    if mode not in _REWRITES:
        raise ValueError(f"Unknown mode {mode!r}. Modes are: {', '.join(MODES)}.")
    return _REWRITES[mode](text, chance)


def _mistype(word: str, chance: random.Random) -> str:
    """One keyboard error: a neighbouring key, a letter left out, put in, doubled, or two swapped."""
    place = chance.randrange(len(word))
    letter = word[place]
    near = _NEIGHBOURS.get(letter.lower(), letter)
    near = chance.choice(near)
    near = near.upper() if letter.isupper() else near
    error = chance.randrange(5)
    if error == 0:
        return word[:place] + near + word[place + 1 :]
    if error == 1:
        return word[:place] + word[place + 1 :]
    if error == 2:
        return word[:place] + near + word[place:]
    if error == 3:
        return word[:place] + letter + word[place:]
    place = min(place, len(word) - 2)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _cyrillic(text: str, _: random.Random) -> str:
    return to_cyrillic(text)


def _russian_letters(text: str, _: random.Random) -> str:
    """Uzbek Cyrillic on a keyboard without ў, қ, ғ, ҳ."""
    return to_cyrillic(text).translate(_RUSSIAN_LETTERS)


def _apostrophes(text: str, chance: random.Random) -> str:
    return _APOSTROPHE.sub(lambda _: chance.choice(_VARIANTS), canonical_apostrophes(text))


def _no_apostrophes(text: str, _: random.Random) -> str:
    return _APOSTROPHE.sub("", text)


def _chat(text: str, chance: random.Random) -> str:
    """sh as w or 6, ch as 4, h and x as each other, no apostrophes; each word has its own habits."""
    habits = {"sh": ("sh", "w", "6"), "ch": ("ch", "4"), "x": ("x", "h"), "h": ("h", "x")}

    def write(word: re.Match[str]) -> str:
        chosen = {sound: chance.choice(spellings) for sound, spellings in habits.items()}
        return _CHAT.sub(lambda m: _cased(m.group(), chosen[m.group().lower()]), word.group())

    return re.sub(r"\w+", write, _no_apostrophes(text, chance))


def _cased(source: str, result: str) -> str:
    return result.capitalize() if source[:1].isupper() else result


def _layout(text: str, _: random.Random) -> str:
    """Typed with the keyboard switched to the other alphabet."""
    latin = sum("a" <= c.lower() <= "z" for c in text)
    cyrillic = sum("\u0400" <= c <= "\u04ff" for c in text)
    return text.translate(alphabets.KEYS_TO_CYRILLIC if latin >= cyrillic else alphabets.KEYS_TO_LATIN)


def _stretched(text: str, chance: random.Random) -> str:
    """A last vowel held for long: "iltimooos" begins so."""
    return _STRETCHABLE.sub(
        lambda m: m.group() * chance.choice((3, 4, 6)) if chance.random() < 0.3 else m.group(), text
    )


def _lookalikes(text: str, chance: random.Random) -> str:
    """Some letters taken from the other alphabet because they look the same."""
    latin, cyrillic = "aceopxy", "асеорху"
    twins = dict(zip(latin + cyrillic, cyrillic + latin, strict=True))
    return "".join(twins[c] if c in twins and chance.random() < 0.25 else c for c in text)


_REWRITES: dict[str, Callable[[str, random.Random], str]] = {
    "layout": _layout,
    "stretched": _stretched,
    "lookalikes": _lookalikes,
    "cyrillic": _cyrillic,
    "russian_letters": _russian_letters,
    "apostrophes": _apostrophes,
    "no_apostrophes": _no_apostrophes,
    "chat": _chat,
}
