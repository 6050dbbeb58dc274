"""Warnings and breaches, each said once: due clocks are claimed by index and marked."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from hub.clocks.book import ClockBook
from hub.clocks.calendar_table import edited_days
from hub.clocks.clock_rows import breach, marks_done, restate
from hub.clocks.marks import BREACH, WARNED, marks_of
from hub.clocks.models import Clock, ClockMark
from hub.foundation.db import UnitOfWork
from hub.foundation.vocabulary import ClockKind


@dataclass(frozen=True, slots=True)
class MarkedClock:
    """A clock newly marked; `stage` is the gravest of its new marks: `50`, `75`, `90`, `target`, `breach`.

    `notify_at` is the first working instant from now on: notices are for working hours, deadlines are not.
    """

    clock_id: int
    appeal_id: int
    kind: ClockKind
    cycle: int
    agency_id: int | None
    stage: str
    due_on: date | None
    due_at: datetime | None
    notify_at: datetime


async def sweep(uow: UnitOfWork, now: datetime | None = None, limit: int = 200) -> list[MarkedClock]:
    """Marks up to `limit` clocks whose next mark has come; again with no time passed it does nothing.

    Two sweeps at once share the work: rows another one holds are passed over. Call until it visits nothing,
    which `pending` tells. A body's holding is breached quietly; its final clock speaks for it.
    """
    now = now or uow.now
    claimed = (
        await uow.session.scalars(
            select(Clock)
            .where(Clock.next_mark_at <= now)
            .order_by(Clock.next_mark_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    ).all()
    if not claimed:
        return []
    book = uow.of(ClockBook)
    calendar = book.calendar_with(await edited_days(uow))
    done = await marks_done(uow, [row.id for row in claimed])
    notify_at = calendar.next_working_instant(now)
    marked = []
    for row in claimed:
        marks = marks_of(calendar, restate(row), book.policy.service.warnings)
        left = [mark for mark in marks if mark[0] not in done.get(row.id, set())]
        new = [mark for mark in left if mark[1] <= now]
        for stage, fell_at in new:
            uow.session.add(
                ClockMark(clock_id=row.id, stage=stage, fell_at=fell_at, at=now, due_on=row.due_on)
            )
        if any(stage == BREACH for stage, _at in new):
            breach(row)
        row.next_mark_at = min((at for _stage, at in left if at > now), default=None)
        if new and row.kind in WARNED:
            marked.append(_marked(row, new[-1][0], notify_at))
    await uow.session.flush()
    return marked


async def pending(uow: UnitOfWork, now: datetime | None = None) -> bool:
    """Whether a sweep at `now` would find a clock to mark."""
    due = select(Clock.id).where(Clock.next_mark_at <= (now or uow.now)).limit(1)
    return await uow.session.scalar(due) is not None


def _marked(row: Clock, stage: str, notify_at: datetime) -> MarkedClock:
    return MarkedClock(
        clock_id=row.id,
        appeal_id=row.appeal_id,
        kind=ClockKind(row.kind),
        cycle=row.cycle,
        agency_id=row.agency_id,
        stage=stage,
        due_on=row.due_on,
        due_at=row.due_at,
        notify_at=notify_at,
    )
