"""Uzbek and Karakalpak between their Latin and Cyrillic alphabets, as texts for people.

Left as they are: `%(name)s` and `{name}` placeholders, `%%`, web and e-mail addresses, HTML tags and
entities, bot commands, @names, #tags, Roman numerals, letters of other alphabets. Uzbek Latin comes out with
the canonical apostrophes (U+02BB in oʻ gʻ, U+02BC elsewhere). Neither spelling determines the other in every
loan word; `languages/uz-Cyrl.toml` lists the known exceptions.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from routing import alphabets
from routing.languages import all_languages

_KEPT = re.compile(
    r"%\(\w+\)[a-z]|%%|\{\w*\}|</?[A-Za-z][^<>]{0,500}>|&\#?\w{1,12};|https?://\S+|www\.\S+"
    r"|\b[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+|(?<!\w)[@#]\w+|(?<![\w/])/[a-z]\w*\b"
    r"|\b(?:[A-Za-z0-9-]{1,64}\.){1,5}(?:uz|com|org|ru|net|gov)\b(?:/\S*)?"
    r"|\b(?=[IVXLC]{2})X{0,3}(?:IX|IV|V?I{0,3})\b|\b(?:PDF|URL|QR|HTML|API)\b"
)
_TURNED = re.compile(f"([oOgG])[{alphabets.APOSTROPHES}]")
_OTHER = re.compile(rf"(?<=\w)[{alphabets.APOSTROPHES.replace('ʻ', '')}](?=\w)")
_LATIN_RUN = re.compile("[A-Za-zʻʼÁáǴǵıİŃńÓóÚú]+")
_CYRILLIC_RUN = re.compile("[\u0400-\u052f]+")
_CYRILLIC_VOWELS = "аеёиоуўэюяыәөү"
_LONGEST_LATIN = 5


def to_cyrillic(text: str, language: str = "uz") -> str:
    """Latin letters of `language` ("uz" or "kaa") into Cyrillic; everything else unchanged."""
    if language == "kaa":
        return _convert(text, _LATIN_RUN, _kaa_to_cyrillic)
    return _convert(text, _LATIN_RUN, _uz_to_cyrillic, before=canonical_apostrophes)


def to_latin(text: str, language: str = "uz") -> str:
    """Cyrillic letters of `language` ("uz" or "kaa") into Latin; everything else unchanged."""
    return _convert(text, _CYRILLIC_RUN, _kaa_to_latin if language == "kaa" else _uz_to_latin)


def canonical_apostrophes(text: str) -> str:
    """Uzbek Latin with U+02BB in oʻ and gʻ and U+02BC elsewhere inside words."""
    return _OTHER.sub("ʼ", _TURNED.sub("\\1ʻ", text))


def _convert(
    text: str, letters: re.Pattern[str], word: Callable[[str], str], before: Callable[[str], str] = str
) -> str:
    pieces, end = [], 0
    for kept in _KEPT.finditer(text):
        pieces += [letters.sub(lambda m: word(m.group()), before(text[end : kept.start()])), kept.group()]
        end = kept.end()
    return "".join([*pieces, letters.sub(lambda m: word(m.group()), before(text[end:]))])


def _cased(source: str, result: str, shouting: bool) -> str:
    if not source[:1].isupper():
        return result
    return result.upper() if shouting else result[:1].upper() + result[1:]


def _uz_to_cyrillic(word: str) -> str:
    lower, shouting = word.lower(), len(word) > 1 and word.isupper()
    result: list[str] = []
    position = 0
    for latin, cyrillic in _spellings():
        if lower.startswith(latin):
            position = len(latin)
            stem = cyrillic.removesuffix("ь") if position < len(word) else cyrillic
            result.append(_cased(word, stem, shouting))
            break
    while position < len(word):
        previous = result[-1][-1].lower() if result else ""
        size, letter = _uz_cyrillic_at(lower, position, previous)
        result.append(_cased(word[position : position + size], letter, shouting))
        position += size
    return "".join(result)


def _uz_cyrillic_at(lower: str, position: int, previous: str) -> tuple[int, str]:
    if lower[position] == "e":
        return 1, "э" if not previous or previous in _CYRILLIC_VOWELS else "е"
    for size in range(_LONGEST_LATIN, 0, -1):
        piece = lower[position : position + size]
        if len(piece) == size and piece in alphabets.UZ_LATIN_TO_CYRILLIC:
            letter = alphabets.UZ_LATIN_TO_CYRILLIC[piece]
            soft = piece == "ye" and previous and previous not in _CYRILLIC_VOWELS + "йъь"
            return size, "ье" if soft else letter
    return 1, lower[position]


def _uz_to_latin(word: str) -> str:
    lower, shouting = word.lower(), len(word) > 1 and word.isupper()
    result: list[str] = []
    position = 0
    for latin, cyrillic in _spellings():
        stem = cyrillic.removesuffix("ь")
        if lower.startswith(stem):
            result.append(_cased(word, latin, shouting))
            position = len(cyrillic) if lower.startswith(cyrillic) else len(stem)
            break
    while position < len(word):
        before, after = lower[position - 1 : position], lower[position + 1 : position + 2]
        letter = _uz_latin_for(lower[position], before, after)
        result.append(_cased(word[position], letter, shouting))
        position += 1
    return "".join(result)


def _uz_latin_for(letter: str, before: str, after: str) -> str:
    if letter == "е":
        return "ye" if not before or before in _CYRILLIC_VOWELS + "ъь" else "e"
    if letter == "ц":
        return "ts" if before and before in _CYRILLIC_VOWELS else "s"
    if letter == "ь":
        return ""
    if letter == "ъ":
        return "" if after and after in "еёюя" else "ʼ"
    if letter == "с" and after == "ҳ":
        return "sʼ"
    return alphabets.UZ_CYRILLIC_TO_LATIN.get(letter, letter)


def _kaa_to_latin(word: str) -> str:
    shouting = len(word) > 1 and word.isupper()
    table = alphabets.KAA_CYRILLIC_TO_LATIN
    return "".join(_cased(c, table.get(c.lower(), c.lower()), shouting) for c in word)


def _kaa_to_cyrillic(word: str) -> str:
    # The capital of dotless ı is I, that of i is İ.
    lower = "".join("ı" if c == "I" and _back_vowels(word) else "i" if c in "İI" else c.lower() for c in word)
    shouting = len(word) > 1 and word.isupper()
    result, position = [], 0
    while position < len(word):
        size = 2 if lower[position : position + 2] in alphabets.KAA_LATIN_TO_CYRILLIC else 1
        piece = lower[position : position + size]
        letter = alphabets.KAA_LATIN_TO_CYRILLIC.get(piece, piece)
        result.append(_cased(word[position : position + size], letter, shouting))
        position += size
    return "".join(result)


def _back_vowels(word: str) -> bool:
    return any(c in "aouıAOU" for c in word)


@lru_cache(maxsize=1)
def _spellings() -> tuple[tuple[str, str], ...]:
    pairs = (pair for language in all_languages() for pair in language.spelling.items())
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
