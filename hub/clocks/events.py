"""What happens to an appeal's legal time: one frozen value per event, read from plain JSON objects."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

#: Events of `qabul clocks due`; the contract names exactly these.
PUBLIC_EVENTS = frozenset(
    {"study", "extend", "forward", "pause", "resume", "interim", "answer", "reopen", "calendar"}
)
#: Ends of an appeal without an answer on its merits, and excuses of a breach: the register records these too.
CLOSING_EVENTS = frozenset({"close", "cancel"})
#: Takes the cancellation before it back, as if it had never been: it was joined to another by mistake.
UNDOING_EVENT = "separate"
LEGAL_EVENTS = PUBLIC_EVENTS | CLOSING_EVENTS | {"excuse", UNDOING_EVENT}
#: Events that only service targets look at: assigned, a person's word to the citizen, a citizen's message.
SERVICE_EVENTS = frozenset({"assign", "word", "message"})

_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True, slots=True)
class Event:
    """`at` is an aware UTC instant. Only the fields of its type are set:
    `until` (extend), `day` and `working` (calendar), `to` (forward: the new body), `reason`.
    """

    type: str
    at: datetime
    until: date | None = None
    day: date | None = None
    working: bool | None = None
    to: int | None = None
    reason: str = ""


def in_force(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events that count: without those that a later `separate` took back, and without it."""
    counted: list[Event] = []
    for event in events:
        if event.type != UNDOING_EVENT:
            counted.append(event)
            continue
        last = max((place for place, one in enumerate(counted) if one.type == "cancel"), default=None)
        if last is not None:
            del counted[last]
    return tuple(counted)


def read_event(raw: object, *, types: frozenset[str] = PUBLIC_EVENTS) -> Event:
    """An event from its JSON object. Raises ValueError with a plain sentence; unknown keys are ignored."""
    if not isinstance(raw, Mapping):
        raise ValueError("an event must be an object")
    kind = raw.get("type")
    if not isinstance(kind, str) or kind not in types:
        raise ValueError(f"unknown event type {kind!r}; known: {', '.join(sorted(types))}")
    at = read_instant(raw.get("at"), f"{kind}.at")
    reason = raw.get("reason")
    text = reason if isinstance(reason, str) else ""
    if kind == "extend":
        return Event(kind, at, until=read_date(raw.get("until"), "extend.until"), reason=text)
    if kind == "calendar":
        working = raw.get("working")
        if not isinstance(working, bool):
            raise ValueError("calendar.working must be true or false")
        return Event(kind, at, day=read_date(raw.get("date"), "calendar.date"), working=working, reason=text)
    return Event(kind, at, reason=text)


def event_data(event: Event) -> dict[str, object]:
    """What is kept of an event beside its type and instant; the inverse of `stored_event`."""
    data: dict[str, object] = {}
    if event.until is not None:
        data["until"] = event.until.isoformat()
    if event.day is not None:
        data |= {"date": event.day.isoformat(), "working": event.working}
    if event.to is not None:
        data["to"] = event.to
    if event.reason:
        data["reason"] = event.reason
    return data


def stored_event(kind: str, at: datetime, data: Mapping[str, object]) -> Event:
    """An event as the register keeps it. Raises ValueError when its data is not that of its type."""
    raw = {**data, "type": kind, "at": at.isoformat()}
    event = read_event(raw, types=LEGAL_EVENTS | SERVICE_EVENTS)
    to = data.get("to")
    return replace(event, to=to) if kind == "forward" and isinstance(to, int) else event


def read_instant(value: object, name: str) -> datetime:
    """An ISO 8601 instant with its zone, in UTC. A time without a zone is refused: it has no one meaning."""
    if not isinstance(value, str):
        raise ValueError(f"{name} must be an ISO 8601 time with its zone")
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{name} is not an ISO 8601 time: {value!r}") from None
    if at.tzinfo is None:
        raise ValueError(f"{name} has no zone: {value!r}")
    return at.astimezone(UTC)


def read_date(value: object, name: str) -> date:
    """A local date `YYYY-MM-DD`. Raises ValueError."""
    if not isinstance(value, str) or not _DATE.match(value):
        raise ValueError(f"{name} must be a date like 2026-03-31")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{name} is not a date of the calendar: {value!r}") from None
