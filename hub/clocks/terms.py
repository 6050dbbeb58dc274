"""The legal term of an appeal: a pure fold over its ordered events.

Same policy, calendar and events give the same term, whatever the server's zone, clock or database.
The rules are those of the policy (ZRU-445 art. 23, 25, 28 for `uz-445`), applied in `counting`.
"""

from collections.abc import Sequence
from datetime import datetime

from hub.clocks.calendar import DayOverride, WorkingCalendar
from hub.clocks.counting import Counting
from hub.clocks.events import LEGAL_EVENTS, Event
from hub.clocks.policy import Policy
from hub.clocks.term_types import Term
from hub.foundation.vocabulary import ClockStatus, Kind


def count_term(
    policy: Policy,
    calendar: WorkingCalendar,
    kind: Kind,
    received: datetime,
    events: Sequence[Event] = (),
    *,
    as_of: datetime,
    body: int | None = None,
) -> Term:
    """Counts the term from the first receipt through every event, in order of `at`, ties as given.

    `as_of` is "now" for the status only. Events that are not legal ones are passed over.
    A refused event changes nothing and stands in `steps` with its reason and in `refused`.
    Raises OverflowError past the calendar's end, CalendarError when the calendar has no working days.
    """
    in_order = sorted(range(len(events)), key=lambda position: events[position].at)
    known = {
        event.day: DayOverride(event.working is True)
        for event in (events[position] for position in in_order)
        if event.day is not None and event.at <= received
    }
    counting = Counting(policy, calendar.with_edits(known), kind, received, body)
    for position in in_order:
        if events[position].type in LEGAL_EVENTS:
            counting.apply(position, events[position])
    status = _status(counting, as_of)
    return Term(
        kind=kind,
        policy=policy.code,
        received_on=counting.received_on,
        registered_on=counting.registered_on,
        start_on=counting.holding.start_on,
        due_on=counting.holding.due_on,
        target_on=counting.holding.target_on,
        status=status,
        cycle=counting.holding.cycle,
        steps=tuple(counting.steps),
        breaches=tuple(counting.breaches),
        holdings=tuple(counting.holdings),
        refused=frozenset(counting.refused),
    )


def _status(counting: Counting, as_of: datetime) -> ClockStatus:
    holding, calendar = counting.holding, counting.calendar
    if holding.ended_at is None:
        if not holding.is_late(calendar.local_date(as_of)):
            return ClockStatus.RUNNING
        counting.miss(calendar.end_of_day(holding.due_on))
        return ClockStatus.BREACHED
    if holding.is_late(calendar.local_date(holding.ended_at)):
        return ClockStatus.BREACHED
    return ClockStatus.CANCELLED if holding.ended_by == "cancel" else ClockStatus.MET
