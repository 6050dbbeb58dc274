"""Derived clocks kept as rows, and rows read as frozen values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from hub.clocks.book import ClockBook
from hub.clocks.calendar import WorkingCalendar
from hub.clocks.clock_states import ClockState
from hub.clocks.marks import BREACH, marks_of
from hub.clocks.models import Clock, ClockMark
from hub.clocks.term_types import Step, step_from
from hub.foundation.db import UnitOfWork
from hub.foundation.vocabulary import ClockKind, ClockStatus


@dataclass(frozen=True, slots=True)
class StoredClock:
    """One clock as it stands. Instants are UTC, dates local; `steps` explain it in `sentences.render`."""

    id: int
    appeal_id: int
    kind: ClockKind
    cycle: int
    ordinal: int
    agency_id: int | None
    started_at: datetime
    due_at: datetime | None
    due_on: date | None
    target_at: datetime | None
    target_on: date | None
    status: ClockStatus
    ended_at: datetime | None
    breached_at: datetime | None
    used_minutes: int | None
    policy: str
    policy_version: str
    calendar_version: str
    steps: tuple[Step, ...]


async def read_clocks(uow: UnitOfWork, appeal_id: int) -> list[StoredClock]:
    """All clocks of an appeal, oldest first. A clock that is late but not yet swept reads as breached."""
    rows = await uow.session.scalars(select(Clock).where(Clock.appeal_id == appeal_id).order_by(Clock.id))
    return [_view(row, uow.now) for row in rows]


def _view(row: Clock, now: datetime) -> StoredClock:
    late = row.status == ClockStatus.RUNNING and row.due_at is not None and row.due_at <= now
    return StoredClock(
        id=row.id,
        appeal_id=row.appeal_id,
        kind=ClockKind(row.kind),
        cycle=row.cycle,
        ordinal=row.ordinal,
        agency_id=row.agency_id,
        started_at=row.started_at,
        due_at=row.due_at,
        due_on=row.due_on,
        target_at=row.target_at,
        target_on=row.target_on,
        status=ClockStatus.BREACHED if late else ClockStatus(row.status),
        ended_at=row.ended_at,
        breached_at=row.breached_at or (row.due_at if late else None),
        used_minutes=row.used_minutes,
        policy=row.policy,
        policy_version=row.policy_version,
        calendar_version=row.calendar_version,
        steps=tuple(step_from(step) for step in row.steps),
    )


async def keep(
    uow: UnitOfWork,
    appeal_id: int,
    book: ClockBook,
    calendar: WorkingCalendar,
    states: Sequence[ClockState],
) -> None:
    """Brings the rows to the derived states. Ended rows never change; a breach is never taken back."""
    rows = {
        (row.kind, row.cycle, row.ordinal): row
        for row in await uow.session.scalars(
            select(Clock).where(Clock.appeal_id == appeal_id).execution_options(populate_existing=True)
        )
    }
    done = await marks_done(uow, [row.id for row in rows.values()])
    breached = []
    for state in states:
        row = rows.get(state.key)
        if row is None:
            row = Clock(
                appeal_id=appeal_id, kind=str(state.kind), cycle=state.cycle, ordinal=state.ordinal, status=""
            )
            uow.session.add(row)
        elif row.ended_at is not None:
            continue
        _write(row, state, book, calendar)
        stages = done.get(row.id, set())
        marks = marks_of(calendar, restate(row), book.policy.service.warnings)
        row.next_mark_at = min((at for stage, at in marks if stage not in stages), default=None)
        if row.status == ClockStatus.BREACHED and BREACH not in stages:
            breached.append(row)
    await uow.session.flush()
    for row in breached:
        # Ended late before any sweep saw it: the breach is on record all the same.
        uow.session.add(
            ClockMark(clock_id=row.id, stage=BREACH, fell_at=row.breached_at, at=uow.now, due_on=row.due_on)
        )
    await uow.session.flush()


async def unend(uow: UnitOfWork, appeal_id: int, cancelled_at: datetime) -> None:
    """Clocks that a cancellation ended run again; one that was late by then stays late."""
    rows = await uow.session.scalars(
        select(Clock).where(Clock.appeal_id == appeal_id, Clock.ended_at == cancelled_at)
    )
    for row in rows:
        row.ended_at = row.used_minutes = None
        if row.status == ClockStatus.CANCELLED:
            row.status = ClockStatus.RUNNING
    await uow.session.flush()


async def marks_done(uow: UnitOfWork, clock_ids: Sequence[int]) -> dict[int, set[str]]:
    """The stages already marked, by clock."""
    found: dict[int, set[str]] = {}
    if not clock_ids:
        return found
    rows = await uow.session.execute(
        select(ClockMark.clock_id, ClockMark.stage).where(ClockMark.clock_id.in_(clock_ids))
    )
    for clock_id, stage in rows:
        found.setdefault(clock_id, set()).add(stage)
    return found


def _write(row: Clock, state: ClockState, book: ClockBook, calendar: WorkingCalendar) -> None:
    row.agency_id = state.agency_id
    row.started_at = state.started_at
    row.ended_at = state.ended_at
    row.used_minutes = (
        calendar.working_minutes_between(state.started_at, state.ended_at) if state.ended_at else None
    )
    row.steps = [step.stored() for step in state.steps]
    row.policy, row.policy_version = book.policy.code, book.policy.version
    row.calendar_version = calendar.version
    if row.status == ClockStatus.BREACHED:
        # The due date as it stood belongs to the breach; a later change may only excuse it.
        return
    row.due_at, row.due_on = state.due_at, state.due_on
    row.target_at, row.target_on = state.target_at, state.target_on
    row.status = str(state.status)
    row.breached_at = state.due_at if state.status == ClockStatus.BREACHED else None


def restate(row: Clock) -> ClockState:
    """The derived state that an open row was written from, enough to ask for its marks."""
    return ClockState(
        kind=ClockKind(row.kind),
        cycle=row.cycle,
        ordinal=row.ordinal,
        agency_id=row.agency_id,
        started_at=row.started_at,
        due_at=row.due_at,
        due_on=row.due_on,
        target_at=row.target_at,
        target_on=row.target_on,
        status=ClockStatus(row.status),
        ended_at=row.ended_at,
        steps=(),
    )


def breach(row: Clock) -> None:
    """The term passed with nothing done: kept for ever with the due date as it stood."""
    assert row.due_at is not None, BREACH
    row.status, row.breached_at = str(ClockStatus.BREACHED), row.due_at
