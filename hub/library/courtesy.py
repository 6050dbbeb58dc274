"""What is only courtesy in a message, and how a source is written for citizens."""

import re
from typing import Literal

from knowledge.schema import Pack
from routing.normalize import fold

Courtesy = Literal["greeting", "thanks"]

#: Signs that people send instead of a word of thanks.
SIGNS = re.compile("[👍👌🙏❤😊🤝🌹💐]")
#: A longer message says more than a greeting.
MAX_LENGTH = 100


class Manners:
    """Of one country's pack; immutable."""

    def __init__(self, pack: Pack) -> None:
        words = pack.courtesies
        self._phrases: tuple[tuple[Courtesy, re.Pattern[str] | None], ...] = (
            ("thanks", _any_of(words.thanks)),
            ("greeting", _any_of(words.greeting)),
        )
        self._beside = frozenset(fold(word) for word in words.beside)
        self._sources = tuple((re.compile(rule.pattern), rule.text) for rule in pack.sources)

    def courtesy(self, text: str) -> Courtesy | None:
        """What the message is when it holds nothing else; thanks go before a greeting."""
        if len(text) > MAX_LENGTH:
            return None
        found: list[Courtesy] = []
        rest = fold(text)
        if not rest and SIGNS.search(text):
            return "thanks"
        for kind, phrases in self._phrases:
            if phrases and phrases.search(rest):
                found.append(kind)
                rest = phrases.sub(" ", rest)
        return found[0] if found and set(rest.split()) <= self._beside else None

    def source(self, source: str, language: str) -> str:
        """The source in a language, by the pack's rules; what no rule knows stays as it is."""
        for pattern, text in self._sources:
            if language in text:
                source = pattern.sub(text[language], source)
        return source[:1].upper() + source[1:]


def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    folded = sorted({fold(phrase) for phrase in phrases} - {""}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, folded))})\b") if folded else None
