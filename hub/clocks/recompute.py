"""Open clocks follow a change of the calendar, in batches. Running it again changes nothing."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from hub.clocks import ledger
from hub.clocks.models import Clock
from hub.foundation.db import UnitOfWork
from hub.foundation.vocabulary import ClockKind


@dataclass(frozen=True, slots=True)
class MovedTerm:
    """An appeal whose dates are others now; whoever keeps a copy of them takes these."""

    appeal_id: int
    due_on: date
    target_on: date


@dataclass(frozen=True, slots=True)
class Recomputed:
    """`after` is where the next batch starts; None when all open appeals have been visited."""

    after: int | None
    visited: int
    moved: tuple[MovedTerm, ...]


async def recompute(uow: UnitOfWork, *, after: int = 0, limit: int = 200) -> Recomputed:
    """Derives the clocks of the next `limit` open appeals again. Answered appeals stay as they were."""
    open_finals = (
        select(Clock.appeal_id, Clock.due_on, Clock.target_on)
        .where(Clock.kind == ClockKind.FINAL, Clock.ended_at.is_(None), Clock.appeal_id > after)
        .order_by(Clock.appeal_id)
        .limit(limit)
    )
    rows = (await uow.session.execute(open_finals)).all()
    moved = []
    for appeal_id, due_on, target_on in rows:
        term = await ledger.resync(uow, appeal_id)
        if (term.due_on, term.target_on) != (due_on, target_on):
            moved.append(MovedTerm(appeal_id, term.due_on, term.target_on))
    last = rows[-1].appeal_id if len(rows) == limit else None
    return Recomputed(last, len(rows), tuple(moved))
