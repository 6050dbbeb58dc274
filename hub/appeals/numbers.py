"""Public numbers of appeals: `UZ26-7K3M-Q9XA`.

Seven random characters of Crockford's base 32 and a check character (Luhn mod 32, which finds every single
wrong character and nearly every swap of neighbours). The number does not reveal how many there are.
"""

import re

from hub.foundation.security import CROCKFORD, random_code

#: Characters of a tracking code.
CODE_LENGTH = 10
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
#: Cyrillic and other letters that people type for the Latin ones they look like.
_HOMOGLYPHS = str.maketrans("АВЕКМНОРСТХУЗІ", "ABEKMH0PCTXY31")
_SHAPE = re.compile(r"([A-Z]{1,4})(\d{2})([0-9A-HJKMNP-TV-Z]{8})")
_WRITTEN = re.compile(r"\b\w{1,4}\d{2}\s*[-–—−‐ ]?\s*\w{4}\s*[-–—−‐ ]?\s*\w{4}\b")


def new_number(prefix: str, year: int) -> str:
    body = random_code(7)
    body += check_character(body)
    return f"{prefix}{year % 100:02d}-{body[:4]}-{body[4:]}"


def check_character(body: str) -> str:
    """Luhn mod 32 over Crockford's alphabet."""
    total = 0
    for place, character in enumerate(reversed(body)):
        value = CROCKFORD.index(character) * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return CROCKFORD[-total % 32]


def read_number(text: str) -> str | None:
    """The number as we write it, whatever the case, dashes or look-alike letters; None when it is not one."""
    raw = re.sub(r"[\s\-–—−‐_.]", "", text.upper().translate(_HOMOGLYPHS))
    for prefix_length in range(1, 5):
        # The prefix is letters, so its O and I stay; the year and body are where look-alikes are forgiven.
        candidate = raw[:prefix_length] + raw[prefix_length:].translate(_LOOK_ALIKES)
        match = _SHAPE.fullmatch(candidate)
        if match and check_character(match[3][:7]) == match[3][7]:
            return f"{match[1]}{match[2]}-{match[3][:4]}-{match[3][4:]}"
    return None


def find_number_and_code(text: str) -> tuple[str, str] | None:
    """The first number and the tracking code behind it, which is empty when what follows cannot be one."""
    for match in _WRITTEN.finditer(text[:4096]):
        number = read_number(match[0])
        if number:
            code = read_code(text[match.end() : match.end() + 40])
            return number, code if len(code) == CODE_LENGTH and code.isalnum() else ""
    return None


def read_code(text: str) -> str:
    """A tracking code as we store it: upper case, no separators, look-alikes forgiven."""
    raw = re.sub(r"[\s\-–—−‐_.]", "", text.upper().translate(_HOMOGLYPHS))
    return raw.translate(_LOOK_ALIKES)[:40]
