"""Warnings and breaches of clocks, written into the history of the appeals they belong to."""

from hub.appeals.history import record
from hub.appeals.models import Appeal
from hub.clocks.sweep import MarkedClock, sweep
from hub.foundation.db import UnitOfWork
from hub.foundation.vocabulary import ClockKind
from hub.people.actors import SystemActor


async def mark(uow: UnitOfWork, limit: int = 200) -> list[MarkedClock]:
    """One batch; a breach is an event for ever. The clock's own mark makes a second run write nothing."""
    marked = await sweep(uow, limit=limit)
    for clock in marked:
        if clock.kind is not ClockKind.FINAL:
            continue
        appeal = await uow.session.get_one(Appeal, clock.appeal_id, with_for_update=True)
        if clock.stage == "breach":
            due = clock.due_on.isoformat() if clock.due_on else ""
            record(uow, appeal, "breached", SystemActor(), due_on=due, cycle=clock.cycle)
        elif clock.stage.isdigit():
            record(uow, appeal, "warned", SystemActor(), stage=clock.stage)
    return marked
