"""How the clocks of one appeal were counted, for `qabul clocks explain`."""

from sqlalchemy import select

from hub.appeals.due import steps_in
from hub.appeals.models import Appeal
from hub.appeals.numbers import read_number
from hub.clocks import ledger
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError


async def explain_clocks(uow: UnitOfWork, number: str) -> list[str]:
    """Lines to print, in English. Errors: not_found."""
    appeal_id = await uow.session.scalar(
        select(Appeal.id).where(Appeal.number == (read_number(number) or ""))
    )
    if appeal_id is None:
        raise HubError("not_found")
    lines = []
    for clock in await ledger.explain(uow, appeal_id):
        due = f", due {clock.due_on.isoformat()}" if clock.due_on else ""
        lines.append(f"{clock.kind} (cycle {clock.cycle}): {clock.status}{due}")
        for step in steps_in("en", [clock]):
            lines.append(f"    {step.from_ or '':10}  {step.to or '':10}  {step.note}")
    return lines
