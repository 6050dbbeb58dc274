"""When a clock is marked: at shares of its working time, at its target, at its breach. Pure."""

from collections.abc import Collection
from datetime import datetime, timedelta

from hub.clocks.calendar import WorkingCalendar
from hub.clocks.clock_states import ClockState
from hub.foundation.vocabulary import ClockKind

TARGET = "target"
BREACH = "breach"
WARNED = frozenset({ClockKind.ROUTE, ClockKind.FIRST_WORD, ClockKind.ANSWER_WAIT, ClockKind.FINAL})
Mark = tuple[str, datetime]


def marks_of(calendar: WorkingCalendar, state: ClockState, warnings: Collection[int]) -> tuple[Mark, ...]:
    """`(stage, instant)` in order of severity; empty once the clock has ended or when nothing is due.

    Stages are the percentages of the policy as text, `target` where the target is on an earlier day than the
    due date, and `breach`. Warnings lie inside working time; the breach is when the term is over.
    """
    if state.ended_at is not None or state.due_at is None:
        return ()
    marks: list[Mark] = []
    if state.kind in WARNED and state.target_at is not None:
        # Over a long chain of days off the target may fall after the term: no warning follows a breach.
        warned = _warnings(calendar, state.started_at, state.target_at, warnings)
        marks += [mark for mark in warned if mark[1] < state.due_at]
        if state.target_on != state.due_on and state.target_at < state.due_at:
            marks.append((TARGET, state.target_at))
    if state.kind in WARNED or state.kind == ClockKind.HOLDING:
        marks.append((BREACH, state.due_at))
    return tuple(marks)


def _warnings(
    calendar: WorkingCalendar, start: datetime, target: datetime, warnings: Collection[int]
) -> list[Mark]:
    span = calendar.working_time_between(start, target)
    if span <= timedelta(0):
        return []
    return [(str(share), calendar.add_working_time(start, span * share / 100)) for share in warnings]
