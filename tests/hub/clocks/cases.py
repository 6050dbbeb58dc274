"""Short spellings for stories: local Tashkent times, events, a count."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hub.clocks.calendar import WorkingCalendar
from hub.clocks.events import LEGAL_EVENTS, Event, read_event
from hub.clocks.policy import Policy
from hub.clocks.term_types import Term
from hub.clocks.terms import count_term
from hub.foundation.vocabulary import Kind

TASHKENT = ZoneInfo("Asia/Tashkent")
FAR = "2026-01-01 00:00"


def at(text: str) -> datetime:
    """`2026-11-02 10:00`, a wall clock in Tashkent, as a UTC instant."""
    return datetime.fromisoformat(text).replace(tzinfo=TASHKENT).astimezone(UTC)


def happened(kind: str, when: str, **data: object) -> Event:
    return read_event({"type": kind, "at": at(when).isoformat(), **data}, types=LEGAL_EVENTS)


class Count:
    """Counts a term from local wall-clock texts."""

    def __init__(self, policy: Policy, calendar: WorkingCalendar) -> None:
        self.policy = policy
        self.calendar = calendar

    def __call__(self, kind: str, received: str, *events: Event, as_of: str = FAR) -> Term:
        return count_term(self.policy, self.calendar, Kind(kind), at(received), events, as_of=at(as_of))
