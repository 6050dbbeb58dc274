"""The three values that routing speaks in. All frozen; safe to share between threads."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["faq", "agency"]
DecisionKind = Literal["answer", "route", "ask", "human"]

KINDS: tuple[Kind, ...] = ("faq", "agency")


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrasing of something that a message may be about.

    `id` may repeat: further phrasings, languages or past appeals of the same answer or agency.
    `lang` is one of uz-Latn, uz-Cyrl, ru, kaa, en, or None when unknown.
    """

    id: str
    text: str
    kind: Kind = "faq"
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """One ranked id. `score` is in 0..1 and comparable only inside one ranking; it is not a probability.

    `why` holds the words of the message, as they were typed, that speak for this id (best first; may be
    empty).
    """

    id: str
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with a message.

    answer: `ranking[0]` is the FAQ entry to show.  route: `ranking[0]` is the agency.
    ask: show up to three of `ranking` and let the person choose.  human: nothing fits well enough.
    `confidence` is the estimated probability (0..1) that `ranking[0]` is right; 0 when nothing fits at all.
    `ranking` is best first, one per id, and may be empty.
    """

    kind: DecisionKind
    confidence: float
    ranking: tuple[Match, ...]
