"""Which parts of a message say what it is about: not what it denies, repeats, or stands near to.

"Suv emas, gaz", "it is not about water", «идите в махаллю» said by somebody else, a lamp "near the school", a
house number: words that a ranking must not take for the matter. Rules are few and cautious, their words are
data (`[clauses]` of each language). Nothing is cut from the text that people see.
"""

import re
from dataclasses import dataclass
from typing import Literal

from routing.languages import stem, stop_stems
from routing.normalize import cap, fold_word
from routing.reading import WORD, Reading

Role = Literal["negated", "quoted", "landmark", "address"]

#: How much a word of each role counts beside 1 for the rest; the ranking leaves out what is below `COUNTS`.
WEIGHTS: dict[Role, float] = {"negated": 0.0, "quoted": 0.1, "landmark": 0.2, "address": 0.1}
COUNTS = 0.5

_QUOTE = re.compile(
    '«[^«»]{2,300}»|“[^“”]{2,300}”|„[^„“”]{2,300}[“”]|"[^"\n]{2,300}"'
    r"|(?<!\w)'(?:[^'\n]|'(?=\w)){2,200}'(?!\w)"
)
_DIGIT = re.compile(r"\d")

_DENIED_WORDS = 5
_TOPIC_WORDS = 8
_FINE_WORDS = 3
_SPEECH_NEAR = 5
_SENT_WORDS = {True: 4, False: 2}
_SEND_NEAR = 8
_NAME_WORDS = 2


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start:end` of the text and why they count less."""

    start: int
    end: int
    role: Role

    @property
    def weight(self) -> float:
        return WEIGHTS[self.role]


def weigh(text: str) -> tuple[Span, ...]:
    """The parts of a text (its capped beginning and end) that count less, in order, not overlapping."""
    return _Clauses(cap(text)).spans()


def said(text: str) -> str:
    """The text without the parts that count little; what is near or quoted comes back if nothing is left.

    Empty when the text tells only of what it is not about, or where somebody lives.
    """
    text = cap(text)
    spans = [span for span in _Clauses(text).spans() if span.weight < COUNTS]
    for kept in (spans, [span for span in spans if span.role in ("negated", "address")]):
        left = _without(text, kept)
        if tells(left):
            return left
    return "" if spans else text


def leave_out(text: str, *roles: Role) -> str:
    """The capped text without the parts of these roles."""
    text = cap(text)
    return _without(text, [span for span in _Clauses(text).spans() if span.role in roles])


def tells(text: str, least: int = 1) -> bool:
    """Whether `least` words of a text are more than a number or a word that stands in every text."""
    words = (fold_word(raw) for raw in WORD.findall(text))
    telling = (w for w in words if len(w) > 1 and not w.isdigit() and stem(w) not in stop_stems())
    return len(set(telling)) >= least if least > 1 else any(telling)


def _without(text: str, spans: list[Span]) -> str:
    kept, place = [], 0
    for span in spans:
        kept.append(text[place : span.start])
        place = span.end
    return " ".join([*kept, text[place:]]).strip()


class _Clauses:
    def __init__(self, text: str) -> None:
        self._reading = Reading(text)
        self._words = self._reading.words
        self._roles: list[Role | None] = [None] * len(self._words)
        self._at, self._ends = self._reading.at, self._reading.ends

    def spans(self) -> tuple[Span, ...]:
        self._mark_quotes()
        for place in range(len(self._words)):
            self._mark_sent_on(place)
            self._mark_denied_before(place)
            self._mark_denied_after(place)
            self._mark_blameless(place)
            self._mark_near(place)
            self._mark_address(place)
        self._mark_fine()
        found: list[Span] = []
        for word, role in zip(self._words, self._roles, strict=True):
            if role is None:
                continue
            if (
                found
                and found[-1].role == role
                and not self._reading.text[found[-1].end : word.start].strip(" -")
            ):
                found[-1] = Span(found[-1].start, word.end, role)
            else:
                found.append(Span(word.start, word.end, role))
        return tuple(found)

    def _mark(self, start: int, stop: int, role: Role) -> None:
        for place in range(max(0, start), min(stop, len(self._words))):
            self._roles[place] = self._roles[place] or role

    def _mark_quotes(self) -> None:
        for quote in _QUOTE.finditer(self._reading.text):
            inside = [n for n, w in enumerate(self._words) if quote.start() <= w.start < quote.end()]
            if not inside:
                continue
            first, last = inside[0], inside[-1]
            around = (*range(max(0, first - _SPEECH_NEAR), first), *range(last + 1, last + 1 + _SPEECH_NEAR))
            if any(n < len(self._words) and self._at("speech", n) for n in around):
                self._mark(first, last + 1, "quoted")

    def _mark_sent_on(self, place: int) -> None:
        """ "mahallaga boring dedi": where others sent the person is not where the matter belongs."""
        send = self._at("send", place)
        if send is None:
            return
        around = range(max(0, place - _SEND_NEAR), min(len(self._words), place + _SEND_NEAR))
        told = [n for n in around if self._reading.same_sentence(place, n) and self._at("speech", n)]
        if not told:
            return
        if send.noun_follows:
            stop = min(self._reading.clause_stop(place), place + send.length + _SENT_WORDS[True])
            self._mark(place, stop, "quoted")
        else:
            start = max(self._reading.clause_start(place), place - _SENT_WORDS[False])
            self._mark(start, place + send.length, "quoted")

    def _mark_denied_before(self, place: int) -> None:
        """ "suv emas, gaz": the words before the denial, back to the beginning of its clause."""
        denial = self._at("not_after", place)
        start = self._reading.clause_start(place)
        if denial is None or start == place:
            return
        if self._at("states", place - 1) or self._ends("state_endings", place - 1):
            return
        whole_topic = self._at("topics", place - 1) is not None
        if whole_topic or self._reading.same_sentence(place, place + denial.length):
            self._mark(max(start, place - _DENIED_WORDS), place + denial.length, "negated")

    def _mark_denied_after(self, place: int) -> None:
        """ "not about water", «не по поводу воды»: the words after the denial, to the end of its clause."""
        if self._at("not_before", place) is None or place + 1 >= len(self._words):
            return
        stop, after = self._reading.clause_stop(place), place + 1
        length = stop - after
        if length < 1:
            return
        instead = self._is_instead(place, stop)
        short = length <= _DENIED_WORDS
        topic = any(self._at("topics", n) for n in range(after, stop))
        denied = (
            (length <= _TOPIC_WORDS and (self._at("about", after) or self._at("asks", after)))
            or (short and (instead or topic) and self._at("about_if_instead", after))
            or (short and instead and self._is_bare_noun(after))
        )
        if denied:
            self._mark(place, stop, "negated")

    def _is_instead(self, place: int, stop: int) -> bool:
        """Whether the next clause of the sentence says what it is about instead."""
        if not self._reading.same_sentence(place, stop):
            return False
        return self._words[stop].set_against or self._at("instead", stop) is not None

    def _is_bare_noun(self, place: int) -> bool:
        script = self._words[place].script
        if ("verb_endings", script) not in self._reading.cues.endings:
            return False
        return self._at("verb_exceptions", place) is not None or not self._ends("verb_endings", place)

    def _mark_blameless(self, place: int) -> None:
        cue = self._at("blameless", place)
        if cue:
            self._mark(self._reading.clause_start(place), place + cue.length, "negated")

    def _mark_near(self, place: int) -> None:
        """A landmark: "maktab yonida", «возле школы», "near the school"."""
        behind = self._at("near_after", place)
        start = self._reading.clause_start(place)
        if behind and place > start and not _DIGIT.search(self._reading.folded[place - 1]):
            more = 0
            if self._ends("possessive", place - 1):
                more = _NAME_WORDS if place - 1 - start <= _NAME_WORDS else 1
            self._mark(max(start, place - 1 - more), place + behind.length, "landmark")
        before = self._at("near_before", place)
        if before is None:
            return
        stop, noun = self._reading.clause_stop(place), place + before.length
        while noun < stop - 1 and (self._at("articles", noun) or self._ends_adjective(noun)):
            noun += 1
        if noun < stop:
            named = noun + 1 < stop and self._at("place_nouns", noun + 1) is not None
            self._mark(place, noun + 1 + named, "landmark")

    def _ends_adjective(self, place: int) -> bool:
        return self._ends("adjective_endings", place)

    def _mark_address(self, place: int) -> None:
        """House and flat with their numbers; the name of a street, not the word street."""
        if self._at("house", place):
            for near in (place - 1, place + 1):
                if self._is_number(place, near):
                    self._mark(min(place, near), max(place, near) + 1, "address")
        if self._at("street_before", place) and self._is_name(place, place + 1):
            self._mark(place, place + 2, "address")
        if self._at("street_after", place) and self._is_name(place, place - 1):
            self._mark(place - 1, place, "address")

    def _is_number(self, place: int, near: int) -> bool:
        if not self._reading.same_sentence(place, near):
            return False
        between = self._reading.text[self._words[min(place, near)].end : self._words[max(place, near)].start]
        return not between.strip(" -.№#") and _DIGIT.match(self._reading.folded[near]) is not None

    def _is_name(self, place: int, near: int) -> bool:
        return self._reading.same_sentence(place, near) and self._words[near].raw[:1].isupper()

    def _mark_fine(self) -> None:
        """ "gaz bor, svet bor, faqat suv yoʻq": several things that are there, one that lacks."""
        sentences: dict[int, list[int]] = {}
        for place, word in enumerate(self._words):
            sentences.setdefault(word.sentence, []).append(place)
        for places in sentences.values():
            fine = self._fine_clauses(places)
            inside = {place for start, stop in fine for place in range(start, stop)}
            rest = [place for place in places if place not in inside]
            lacks = any(self._at("lack", n) for n in rest)
            only = any(self._at("only", n) for n in rest)
            if fine and lacks and (only or len(fine) > 1):
                for start, stop in fine:
                    self._mark(start, stop, "negated")

    def _fine_clauses(self, places: list[int]) -> list[tuple[int, int]]:
        found = []
        for start in (n for n in places if self._reading.clause_start(n) == n):
            stop = self._reading.clause_stop(start)
            cues = ((n, self._at("fine", n)) for n in range(start + 1, stop))
            ends = any(cue is not None and n + cue.length == stop for n, cue in cues)
            if stop - start <= _FINE_WORDS and ends:
                found.append((start, stop))
        return found
