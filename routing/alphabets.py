"""Letter tables: what each alphabet writes, and how letters are folded to one Latin skeleton."""

APOSTROPHES = "'`´ʹʻʼʽʾʿˈˊˋ‘’‛′‵＇΄\u0313\u0314"

# Any Cyrillic letter of Russian, Uzbek or Karakalpak -> the Latin skeleton used for matching only.
# Look-alike sounds are merged on purpose: people type K for Қ and Х for Ҳ on a Russian keyboard.
CYRILLIC_SKELETON = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "j", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "",
    "э": "e", "ю": "yu", "я": "ya", "ў": "o", "қ": "k", "ғ": "g", "ҳ": "h", "ә": "a", "ө": "o", "ү": "u",
    "ң": "n", "і": "i", "ї": "yi", "є": "e", "ґ": "g", "һ": "h", "ұ": "u", "ј": "j",
}  # fmt: skip

# Latin letters that NFKD does not take apart, and the chat and Karakalpak letters.
LATIN_SKELETON = {
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a",
    "x": "h", "q": "k", "w": "v",
}  # fmt: skip

# Latin letters that look like Cyrillic ones, for words typed in two alphabets at once.
LOOKALIKE_TO_CYRILLIC = str.maketrans("aeopcyxkmtbhi", "аеорсухкмтвні")
LOOKALIKE_TO_LATIN = str.maketrans("аеорсухкмтвні", "aeopcyxkmtbhi")

# Karakalpak: the Latin alphabet of 2016 and the Cyrillic one.
KAA_CYRILLIC_TO_LATIN = {
    "а": "a", "ә": "á", "б": "b", "в": "v", "г": "g", "ғ": "ǵ", "д": "d", "е": "e", "ё": "yo", "ж": "j",
    "з": "z", "и": "i", "й": "y", "к": "k", "қ": "q", "л": "l", "м": "m", "н": "n", "ң": "ń", "о": "o",
    "ө": "ó", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ү": "ú", "ў": "w", "ф": "f", "х": "x",
    "ҳ": "h", "ц": "c", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "ı", "ь": "", "э": "e", "ю": "yu",
    "я": "ya",
}  # fmt: skip
KAA_LATIN_TO_CYRILLIC = {
    "sh": "ш", "ch": "ч", "yo": "ё", "yu": "ю", "ya": "я", "a": "а", "á": "ә", "b": "б", "v": "в",
    "g": "г", "ǵ": "ғ", "d": "д", "e": "е", "j": "ж", "z": "з", "i": "и", "y": "й", "k": "к", "q": "қ",
    "l": "л", "m": "м", "n": "н", "ń": "ң", "o": "о", "ó": "ө", "p": "п", "r": "р", "s": "с", "t": "т",
    "u": "у", "ú": "ү", "w": "ў", "f": "ф", "x": "х", "h": "ҳ", "c": "ц", "ı": "ы",
}  # fmt: skip

# Uzbek: the Latin alphabet of 1995 and the Cyrillic one. Context rules are in `transliterate`.
UZ_CYRILLIC_TO_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ғ": "gʻ", "д": "d", "ё": "yo", "ж": "j", "з": "z", "и": "i",
    "й": "y", "к": "k", "қ": "q", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ў": "oʻ", "ф": "f", "х": "x", "ҳ": "h", "ч": "ch", "ш": "sh", "щ": "sh", "ы": "i",
    "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
UZ_LATIN_TO_CYRILLIC = {
    "yoʻ": "йў", "sʼh": "сҳ", "oʻ": "ў", "gʻ": "ғ", "sh": "ш", "ch": "ч", "yo": "ё", "yu": "ю", "ya": "я",
    "ye": "е", "tsiya": "ция", "tsion": "цион", "tsent": "цент", "a": "а", "b": "б", "v": "в", "g": "г",
    "d": "д", "e": "е", "j": "ж", "z": "з", "i": "и", "y": "й", "k": "к", "q": "қ", "l": "л", "m": "м",
    "n": "н", "o": "о", "p": "п", "r": "р", "s": "с", "t": "т", "u": "у", "f": "ф", "x": "х", "h": "ҳ",
    "ʼ": "ъ", "c": "с", "w": "в",
}  # fmt: skip

# The same keys of the two keyboards of the country, in rows: what a forgotten switch of layout writes.
_LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_LATIN_SHIFTED = '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>'
KEYS_TO_CYRILLIC = str.maketrans(_LATIN_KEYS + _LATIN_SHIFTED, _CYRILLIC_KEYS + _CYRILLIC_KEYS.upper())
KEYS_TO_LATIN = str.maketrans(_CYRILLIC_KEYS + _CYRILLIC_KEYS.upper(), _LATIN_KEYS + _LATIN_SHIFTED)
