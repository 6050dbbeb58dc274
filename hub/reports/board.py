"""The supervision board: what is open and late now, and how long answers took over a period.

Every number counts exactly the rows of an inbox list: same sight, same conditions; `lists` names that list.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import SQLColumnExpression, func, select

from hub.appeals.access import About, visible
from hub.appeals.inbox import InboxFilter, conditions
from hub.appeals.models import Appeal, Message
from hub.clocks.book import ClockBook
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.library import agencies
from hub.library.agencies import AgencyView
from hub.library.library import Library
from hub.library.models import AgencyRecord
from hub.people.actors import OfficialActor
from hub.people.permissions import may_supervise
from hub.reports.spread import Spread, spread_of

COUNTS = ("open", "due_soon", "overdue", "unassigned", "received", "answered", "first_words", "not_solved")
MAX_PERIOD = timedelta(days=366 * 2)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """Figures of one body; `agency` is None in the totals. Times: working minutes and calendar days.

    `not_solved` is the part of `answered` that the citizens did not accept. All figures are of the body that
    holds the appeal now.
    """

    agency: AgencyView | None
    open: int = 0
    due_soon: int = 0
    overdue: int = 0
    unassigned: int = 0
    received: int = 0
    answered: int = 0
    first_words: int = 0
    not_solved: int = 0
    first_word: Spread = Spread(0, None, None)  # noqa: RUF009 -- frozen
    final: Spread = Spread(0, None, None)  # noqa: RUF009 -- frozen


@dataclass(frozen=True, slots=True)
class Board:
    """`since` and `until` are inclusive local dates; `lists` maps each count to the filter of its list."""

    since: date
    until: date
    rows: tuple[BoardRow, ...]
    totals: BoardRow
    lists: Mapping[str, InboxFilter]


async def board(uow: UnitOfWork, actor: OfficialActor, *, since: date, until: date) -> Board:
    """Bodies in the actor's sight that have anything to show. Errors: not_allowed, bad_date."""
    if not may_supervise(actor):
        raise HubError("not_allowed")
    if until < since or until - since > MAX_PERIOD:
        raise HubError("bad_date")
    lists = filters(uow, since, until)
    counted: dict[int, dict[str, int]] = defaultdict(dict)
    for name, chosen in lists.items():
        for agency_id, number in await _count(uow, actor, chosen):
            counted[agency_id][name] = number
    first_words = await _first_words(uow, actor, lists["first_words"])
    finals = await _finals(uow, actor, lists["answered"])
    records = await uow.session.scalars(select(AgencyRecord).where(AgencyRecord.id.in_(list(counted))))
    rows = sorted(
        (
            BoardRow(
                agency=agencies.view(record, actor.language),
                first_word=spread_of(first_words[record.id]),
                final=spread_of(finals[record.id]),
                **counted[record.id],
            )
            for record in records
        ),
        key=lambda row: (-row.overdue, -row.due_soon, -row.open, row.agency.name if row.agency else ""),
    )
    totals = BoardRow(
        agency=None,
        first_word=spread_of([value for values in first_words.values() for value in values]),
        final=spread_of([value for values in finals.values() for value in values]),
        **{name: sum(getattr(row, name) for row in rows) for name in COUNTS},
    )
    return Board(since, until, tuple(rows), totals, lists)


def filters(uow: UnitOfWork, since: date, until: date) -> dict[str, InboxFilter]:
    """The list behind each count; add `agency` for one body's."""
    zone = uow.of(Library).zone
    start = datetime.combine(since, time(), zone)
    end = datetime.combine(until + timedelta(days=1), time(), zone)
    every = InboxFilter(view="all")
    answered = replace(every, answered_since=start, answered_until=end)
    return {
        "open": InboxFilter(view="open"),
        "due_soon": InboxFilter(view="due_soon"),
        "overdue": InboxFilter(view="overdue"),
        "unassigned": InboxFilter(view="unassigned"),
        "received": replace(every, since=start, until=end),
        "answered": answered,
        "first_words": replace(every, first_word_since=start, first_word_until=end),
        "not_solved": replace(answered, reopened=True),
    }


async def _count(uow: UnitOfWork, actor: OfficialActor, chosen: InboxFilter) -> list[tuple[int, int]]:
    today = uow.of(Library).local_date(uow.now)
    rows = await uow.session.execute(
        select(Appeal.agency_id, func.count())
        .join(AgencyRecord, AgencyRecord.id == Appeal.agency_id)
        .outerjoin(About, About.id == Appeal.about_agency_id)
        .where(visible(actor, held=False), *conditions(chosen, actor, today))
        .group_by(Appeal.agency_id)
    )
    return [(agency_id, number) for agency_id, number in rows]


async def _first_words(uow: UnitOfWork, actor: OfficialActor, chosen: InboxFilter) -> dict[int, list[float]]:
    """Working minutes from receipt to the first word of a person, by the body that holds the appeal."""
    calendar = uow.of(ClockBook).calendar
    found: dict[int, list[float]] = defaultdict(list)
    for agency_id, received, first_word in await _times(uow, actor, chosen, Appeal.first_word_at):
        found[agency_id].append(float(calendar.working_minutes_between(received, first_word)))
    return found


async def _finals(uow: UnitOfWork, actor: OfficialActor, chosen: InboxFilter) -> dict[int, list[float]]:
    """Local calendar days from receipt to the period's last final answer: reopening hides no delay."""
    library = uow.of(Library)
    assert chosen.answered_since is not None
    assert chosen.answered_until is not None
    last = (
        select(func.max(Message.created_at))
        .where(
            Message.appeal_id == Appeal.id,
            Message.final,
            Message.kind == "answer",
            Message.created_at >= chosen.answered_since,
            Message.created_at < chosen.answered_until,
        )
        .scalar_subquery()
    )
    found: dict[int, list[float]] = defaultdict(list)
    for agency_id, received, answered in await _times(uow, actor, chosen, last):
        found[agency_id].append(float((library.local_date(answered) - library.local_date(received)).days))
    return found


async def _times(
    uow: UnitOfWork, actor: OfficialActor, chosen: InboxFilter, end: SQLColumnExpression[Any]
) -> list[tuple[int, datetime, datetime]]:
    today = uow.of(Library).local_date(uow.now)
    rows = await uow.session.execute(
        select(Appeal.agency_id, Appeal.received_at, end)
        .join(AgencyRecord, AgencyRecord.id == Appeal.agency_id)
        .outerjoin(About, About.id == Appeal.about_agency_id)
        .where(visible(actor, held=False), *conditions(chosen, actor, today))
    )
    return [(agency_id, began, ended) for agency_id, began, ended in rows]
