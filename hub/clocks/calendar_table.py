"""The editable calendar: days that beat the pack's file, each with its decree and author."""

from datetime import date

from sqlalchemy import select

from hub.clocks.book import EditedDay
from hub.clocks.models import CalendarDay
from hub.foundation.db import UnitOfWork


async def edited_days(uow: UnitOfWork) -> list[EditedDay]:
    """In the order in which they were made; the last one of a day wins."""
    rows = await uow.session.scalars(select(CalendarDay).order_by(CalendarDay.id))
    return [EditedDay(row.day, row.working, row.created_at, row.decree or row.source) for row in rows]


async def edit_day(
    uow: UnitOfWork, day: date, working: bool, *, decree: str, author: str, source: str = ""
) -> None:
    """Makes a day a working day or a day off from now on. Open clocks follow with `recompute`."""
    uow.session.add(
        CalendarDay(day=day, working=working, decree=decree, source=source, author=author, created_at=uow.now)
    )
    await uow.session.flush()
