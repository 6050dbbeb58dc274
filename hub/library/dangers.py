"""Danger to life in a message: answered at once with the numbers to call, and shown to a person first."""

from collections.abc import Mapping
from dataclasses import dataclass

from hub.foundation.i18n import FALLBACKS, LANGUAGES
from knowledge.schema import EmergencyRule, Pack
from routing.normalize import fold

#: Words of a phrase may stand this many words apart: "the smell of it is gas" is still gas.
WINDOW = 3
MAX_WORDS = 1200


@dataclass(frozen=True, slots=True)
class Emergency:
    rule: str
    reply: str
    numbers: tuple[tuple[str, str], ...]


class Dangers:
    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._phrases = [
            (rule, fold(phrase).split())
            for rule in pack.emergency.rules
            for phrases in rule.phrases.values()
            for phrase in phrases
        ]

    def found_in(self, text: str, language: str) -> Emergency | None:
        words = fold(text[:8192]).split()[:MAX_WORDS]
        starts: dict[str, list[int]] = {}
        for place, word in enumerate(words):
            starts.setdefault(word[:3], []).append(place)
        for rule, phrase in self._phrases:
            if phrase and any(_follows(words, place, phrase) for place in starts.get(phrase[0][:3], ())):
                return self._emergency(rule, language)
        return None

    def _emergency(self, rule: EmergencyRule, language: str) -> Emergency:
        names = {number.number: number.name for number in self._pack.emergency.numbers}
        numbers = tuple((n, _in(names[n], language) if n in names else "") for n in rule.numbers)
        return Emergency(rule.id, _in(rule.reply, language), numbers)


def _follows(words: list[str], place: int, phrase: list[str]) -> bool:
    """Whether the phrase's words come in order from `place`, each with any ending, close to one another."""
    for wanted in phrase:
        reach = range(place, min(place + (WINDOW if wanted is not phrase[0] else 1), len(words)))
        hit = next((i for i in reach if _same_word(words[i], wanted)), None)
        if hit is None:
            return False
        place = hit + 1
    return True


def _same_word(word: str, wanted: str) -> bool:
    """Uzbek, Karakalpak and Russian add endings; very short words must be whole."""
    return word == wanted or (len(wanted) >= 4 and word.startswith(wanted))


def _in(texts: Mapping[str, str], language: str) -> str:
    for one in (language, FALLBACKS.get(language, ""), *LANGUAGES):
        if one in texts:
            return texts[one]
    return ""
