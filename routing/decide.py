"""The Router: entries in, decisions out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Self

from routing.calibrate import PRECISION, Calibration, builtin, fit, signals
from routing.encoders import Encoder, remembering
from routing.matcher import Candidate, Matcher, Message
from routing.phrasings import Phrasings
from routing.types import KINDS, Decision, DecisionKind, Entry, Kind, Match

ROUTE_FROM = 0.5  # a wrong agency is shown before filing and can be changed, a wrong answer misleads
ASK_FROM = 0.25
EXACT = 0.97  # the message is word for word a phrasing of one entry
UNEXPLAINED_AT_MOST = 0.2  # not one word of the message can be pointed at
TOPIC_AT_MOST: dict[Kind, float] = {"faq": 0.6, "agency": 0.45}  # one word names a topic, not yet a matter
DEFAULT_K = 10


@dataclass(frozen=True, slots=True)
class _Side:
    """The ranking of one kind and the probability that its first candidate is right."""

    ranked: list[Candidate]
    confidence: float


class Router:
    """Immutable and thread-safe. Any text of any length; methods never raise because of the text."""

    __slots__ = ("_calibrations", "_matcher")

    def __init__(self, matcher: Matcher, calibrations: dict[Kind, Calibration]) -> None:
        self._matcher = matcher
        self._calibrations = calibrations

    @classmethod
    def build(
        cls,
        entries: Iterable[Entry],
        calibration: Iterable[tuple[str, str | None]] | None = None,
        *,
        encoder: Encoder | None = None,
        precision: float = PRECISION,
    ) -> Self:
        """Index entries; `calibration` holds (text, right id or None when out of scope).

        Calibration fits the confidence only. With too little of it the built-in calibration stays.
        `precision` (above 0.5, below 1): the share of answers given that is promised to be right.
        `encoder`: nearness in meaning joins the ranking, and confidence where it is fitted; the built-in
        confidence knows no encoder's scale and goes on looking at spelling alone. A message that the encoder
        fails on is decided without it. Raises EncoderError when it cannot take the entries in.
        Raises ValueError for another precision or kind, or when one id is used for both kinds.
        Entries without any word are left out.
        """
        if not 0.5 < precision < 1:
            raise ValueError("The precision promised must be above 0.5 and below 1.")
        matcher = Matcher(Phrasings(entries), remembering(encoder) if encoder else None)
        pairs = list(calibration or ())
        return cls(matcher, {kind: _calibrate(matcher, kind, pairs, precision) for kind in KINDS})

    def with_changes(self, add: Iterable[Entry] = (), remove: Collection[str] = ()) -> Self:
        """A new Router without the ids in `remove` and with the entries in `add`; this one stays as it is.

        To change an entry, remove its id and add all its phrasings. What was fitted once (calibration, trust
        in the classifier) is kept and only new phrasings are encoded; apart from that it ranks as one built
        anew from the same entries. Raises ValueError and EncoderError as `build` does.
        """
        return type(self)(self._matcher.with_changes(add, remove), self._calibrations)

    def calibrated(self, kind: Kind) -> bool:
        """Whether confidence of this kind was fitted on calibration pairs (else: built in, conservative)."""
        return self._calibrations[kind].fitted

    @property
    def degraded(self) -> str | None:
        """Why the last message was decided without the encoder it has; None while all is well."""
        return self._matcher.meanings.trouble if self._matcher.meanings else None

    def rank(self, text: str, k: int = DEFAULT_K, *, blocked: Collection[str] = ()) -> list[Match]:
        """Best first, one per id, at most `k`. The first is the one that `decide` speaks about."""
        return list(self.decide(text, k=k, blocked=blocked).ranking)

    def rank_kind(
        self, text: str, kind: Kind, k: int = DEFAULT_K, *, blocked: Collection[str] = ()
    ) -> list[Match]:
        """Ranking among the entries of one kind only, for example to propose an agency."""
        return self.rank_with_confidence(text, kind, k, blocked=blocked)[0]

    def rank_with_confidence(
        self, text: str, kind: Kind, k: int = DEFAULT_K, *, blocked: Collection[str] = ()
    ) -> tuple[list[Match], float]:
        """`rank_kind` and the estimated probability that its first is right (0 when it is empty)."""
        message = self._matcher.prepare(text)
        if message is None:
            return [], 0.0
        side = self._side(message, kind, blocked, k)
        return [c.match() for c in side.ranked[: max(0, k)]], side.confidence

    def confidence_of(self, text: str, kind: Kind, *, blocked: Collection[str] = ()) -> float:
        """Estimated probability that the first of `rank_kind(text, kind)` is right."""
        return self.rank_with_confidence(text, kind, 1, blocked=blocked)[1]

    def decide(self, text: str, *, k: int = DEFAULT_K, blocked: Collection[str] = ()) -> Decision:
        """What to do with a message; ids in `blocked` are never ranked."""
        message = self._matcher.prepare(text)
        if message is None:
            return Decision("human", 0.0, ())
        faq = self._side(message, "faq", blocked, k)
        agency = self._side(message, "agency", blocked, k)
        if not faq.ranked and not agency.ranked:
            return Decision("human", 0.0, ())
        if faq.confidence >= self._calibrations["faq"].of(message).sure and not _is_rather_a_matter(
            faq, agency
        ):
            return Decision("answer", faq.confidence, _merge(faq, agency, k))
        if agency.ranked and agency.confidence >= max(ROUTE_FROM, faq.confidence):
            return Decision("route", agency.confidence, _merge(agency, faq, k))
        first, second = (faq, agency) if self._leads(message, faq, agency) else (agency, faq)
        kind: DecisionKind = "ask" if first.confidence >= ASK_FROM else "human"
        return Decision(kind, first.confidence, _merge(first, second, k))

    def _leads(self, message: Message, faq: _Side, agency: _Side) -> bool:
        """Whether the question is shown before the body when neither is sure enough."""
        unread = not all(calibration.fitted for calibration in self._calibrations.values())
        if message.meant is not None and unread and faq.ranked and agency.ranked:
            return faq.ranked[0].score >= agency.ranked[0].score  # the built-in confidence reads no meaning
        return faq.confidence >= agency.confidence

    def _side(self, message: Message, kind: Kind, blocked: Collection[str], k: int) -> _Side:
        ranked = self._matcher.rank(message, kind=kind, blocked=blocked, k=max(k, DEFAULT_K))
        return _Side(ranked, _confidence(self._matcher, self._calibrations[kind], message, ranked))


def _is_rather_a_matter(faq: _Side, agency: _Side) -> bool:
    """Whether the message speaks more of what a body does than of what the question asks."""
    return (
        bool(faq.ranked and agency.ranked)
        and agency.confidence > faq.confidence
        and agency.ranked[0].score > faq.ranked[0].score
    )


def _confidence(
    matcher: Matcher, calibration: Calibration, message: Message, ranked: list[Candidate]
) -> float:
    if not ranked:
        return 0.0
    first, calibration = ranked[0], calibration.of(message)
    probability = calibration.probability(signals(message, ranked))
    if calibration.fitted:
        return round(probability, 6)
    exact = matcher.only_meaning(message.folded) == first.id
    if exact:
        probability = max(probability, EXACT)
    elif not first.why:
        probability = min(probability, UNEXPLAINED_AT_MOST)
    if message.telling <= 1 and not (exact and first.kind == "faq"):
        probability = min(probability, TOPIC_AT_MOST[first.kind])
    return round(probability, 6)


def _calibrate(
    matcher: Matcher, kind: Kind, pairs: list[tuple[str, str | None]], precision: float
) -> Calibration:
    messages = [(matcher.prepare(text), answer) for text, answer in pairs if kind in matcher.kinds]
    judged = [(message, answer) for message, answer in messages if message]
    by_spelling = [(message.spelling_only, answer) for message, answer in judged]
    found = _fitted(matcher, kind, by_spelling, precision)
    if matcher.meanings:
        meant = [(message, answer) for message, answer in judged if message.meant is not None]
        return replace(_fitted(matcher, kind, meant, precision), by_spelling=found)
    return found


def _fitted(
    matcher: Matcher, kind: Kind, judged: list[tuple[Message, str | None]], precision: float
) -> Calibration:
    rows, right = [], []
    for message, answer in judged:
        if ranked := matcher.rank(message, kind=kind):
            rows.append(signals(message, ranked))
            right.append(ranked[0].id == answer)
    return fit(rows, right, precision) or builtin(kind, precision)


def _merge(first: _Side, second: _Side, k: int) -> tuple[Match, ...]:
    """The winner, then everything by score (ties: in order of id).

    Confidence chose the winner; where one of the other kind has a higher score, the winner is shown with it.
    """
    others = sorted([*first.ranked[1:], *second.ranked], key=lambda c: (-c.score, c.id))
    winner = [replace(c, score=max(c.score, *(o.score for o in [c, *others]))) for c in first.ranked[:1]]
    return tuple(c.match() for c in [*winner, *others][: max(0, k)])
