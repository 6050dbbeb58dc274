"""A term that runs out is noticed once and never forgotten."""

import pytest

from hub.appeals import deadlines, official_acts
from hub.appeals.case import open_case
from hub.appeals.inbox import InboxFilter, list_inbox
from hub.foundation.db import Database
from hub.foundation.vocabulary import Outcome
from tests.conftest import SettableClock
from tests.hub.appeals.conftest import People, Registering

pytestmark = pytest.mark.anyio


async def _sweep(database: Database) -> None:
    async with database.unit_of_work() as uow:
        await deadlines.mark(uow)


async def test_a_late_answer_is_a_breach_for_ever(
    database: Database, clock: SettableClock, people: People, register: Registering
) -> None:
    number = (await register()).number
    await _sweep(database)
    clock.advance(days=16)
    for _time in range(3):
        await _sweep(database)
    async with database.reading() as uow:
        late = await list_inbox(uow, people.doctor, InboxFilter(view="overdue"))
        assert [(line.number, line.days_left) for line in late.items] == [(number, -1)]
    async with database.unit_of_work() as uow:
        await official_acts.reply(
            uow, people.doctor, number, text="Kech boʻldi", final=True, outcome=Outcome.EXPLAINED
        )
    await _sweep(database)
    async with database.unit_of_work() as uow:
        case = await open_case(uow, people.doctor, number)
    assert [event.type for event in case.history].count("breached") == 1
    final = next(one for one in case.clocks if one.kind == "final")
    assert final.status == "breached"
