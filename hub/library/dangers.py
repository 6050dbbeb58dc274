"""Danger to life in a message: answered at once with the numbers to call, and shown to a person first."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hub.foundation.i18n import FALLBACKS, LANGUAGES
from knowledge.schema import EmergencyRule, Pack
from routing.normalize import Word, fold, split_words

#: One word may stand between two of a phrase: "gaz chiqib hozir ketyapti".
WINDOW = 2
#: Folding makes "oʻlmoqchiman" (I want to die) and "olmoqchiman" (I want to get) one word. Where such a word
#: is the whole phrase, the sender must have written the letter's mark.
MARKED = re.compile("ў|o[\u02bb\u02bc\u2018\u2019'`´]", re.IGNORECASE)
MAX_WORDS = 1200


@dataclass(frozen=True, slots=True)
class Emergency:
    rule: str
    reply: str
    numbers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Phrase:
    rule: EmergencyRule
    words: list[str]
    marked: bool


class Dangers:
    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._phrases = [
            _Phrase(rule, words, len(words) == 1 and MARKED.search(phrase) is not None)
            for rule in pack.emergency.rules
            for phrases in rule.phrases.values()
            for phrase in phrases
            if (words := fold(phrase).split())
        ]

    def found_in(self, text: str, language: str) -> Emergency | None:
        """The first rule that the text meets; at most `MAX_WORDS` words are looked at."""
        words = split_words(text)[:MAX_WORDS]
        starts: dict[str, list[int]] = {}
        for place, word in enumerate(words):
            starts.setdefault(word.folded[:3], []).append(place)
        for phrase in self._phrases:
            if any(_follows(words, place, phrase) for place in starts.get(phrase.words[0][:3], ())):
                return self._emergency(phrase.rule, language)
        return None

    def _emergency(self, rule: EmergencyRule, language: str) -> Emergency:
        names = {number.number: number.name for number in self._pack.emergency.numbers}
        numbers = tuple((n, _in(names[n], language) if n in names else "") for n in rule.numbers)
        return Emergency(rule.id, _in(rule.reply, language), numbers)


def _follows(words: list[Word], place: int, phrase: _Phrase) -> bool:
    """Whether the phrase's words come in order from `place`, each with any ending, close to one another."""
    if phrase.marked and not MARKED.search(words[place].raw):
        return False
    for position, wanted in enumerate(phrase.words):
        reach = range(place, min(place + (WINDOW if position else 1), len(words)))
        hit = next((i for i in reach if _same_word(words[i].folded, wanted)), None)
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
