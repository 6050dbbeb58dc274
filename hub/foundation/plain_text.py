"""What a person typed, made storable: the one normalisation, the same on every door and database.

NUL and other control characters and lone surrogates cannot be stored everywhere and show nothing; they are
taken out. Everything else stays exactly as typed.
"""

import re
import unicodedata

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ud800-\udfff]")
_INVISIBLE = frozenset("\u00ad\u115f\u1160\u180e\u3164\uffa0\u2800")


def clean_text(text: str) -> str:
    """`text` without control characters, its line ends as `\\n`, and no blank space around it."""
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def clean_line(text: str) -> str:
    """As `clean_text`, on one line: runs of blank space become one space."""
    return " ".join(clean_text(text).split())


def has_word(text: str) -> bool:
    """Whether a reader sees at least one letter or digit."""
    return any(c.isalnum() and c not in _INVISIBLE for c in text)


def has_letter(text: str) -> bool:
    """Whether a reader sees at least one letter of any script."""
    return any(unicodedata.category(c).startswith("L") and c not in _INVISIBLE for c in text)
