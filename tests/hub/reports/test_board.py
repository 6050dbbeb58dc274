"""The board adds up: each number is the length of the list it links to, rows sum to totals, in any world."""

import random
from dataclasses import replace
from datetime import date

import pytest

from hub.appeals import citizen_acts, official_acts, transfers
from hub.appeals.inbox import InboxFilter, count_inbox, list_inbox
from hub.foundation.db import Database
from hub.foundation.errors import HubError
from hub.foundation.vocabulary import Kind, Outcome, Verdict
from hub.reports.board import COUNTS, Board, BoardRow, board
from tests.conftest import SettableClock
from tests.hub.appeals.conftest import People, Registering, people, register

__all__ = ["people", "register"]
pytestmark = pytest.mark.anyio

SINCE, UNTIL = date(2026, 3, 4), date(2026, 3, 25)


async def live(
    database: Database, clock: SettableClock, people: People, register: Registering, chance: random.Random
) -> None:
    """Appeals come, are taken, forwarded, answered, judged and answered again, in no order at all."""
    for _number in range(10):
        clock.advance(hours=chance.randint(1, 60))
        citizen = chance.choice([people.aziza, people.timur])
        number = (await register(citizen, agency="health", kind=chance.choice(list(Kind)))).number
        official = people.doctor
        for _act in range(chance.randint(0, 5)):
            clock.advance(hours=chance.randint(1, 30))
            try:
                async with database.unit_of_work() as uow:
                    match chance.choice(["claim", "interim", "final", "forward", "judge"]):
                        case "claim":
                            await official_acts.claim(uow, official, number)
                        case "interim":
                            await official_acts.reply(
                                uow, official, number, text="Koʻrib chiqilmoqda", final=False
                            )
                        case "final":
                            await official_acts.reply(
                                uow, official, number, text="Javob", final=True, outcome=Outcome.EXPLAINED
                            )
                        case "forward" if official is people.doctor:
                            await transfers.transfer(
                                uow, official, number, to="construction_housing", reason="Ularning ishi"
                            )
                            official = people.builder
                        case "judge":
                            await citizen_acts.judge(uow, citizen, number, chance.choice(list(Verdict)))
            except HubError:
                continue
    clock.advance(days=chance.randint(0, 12))


@pytest.mark.parametrize("seed", range(4))
async def test_every_number_is_the_length_of_its_list(
    database: Database, clock: SettableClock, people: People, register: Registering, seed: int
) -> None:
    await live(database, clock, people, register, random.Random(seed))
    async with database.reading() as uow:
        for actor in (people.supervisor, people.minister, people.auditor):
            found = await board(uow, actor, since=SINCE, until=UNTIL)
            for row in (*found.rows, found.totals):
                for name in COUNTS:
                    chosen = _list(found, name, row)
                    assert await count_inbox(uow, actor, chosen) == getattr(row, name), (actor.login, name)
                    assert len((await list_inbox(uow, actor, chosen, limit=100)).items) == getattr(row, name)
                assert (row.first_word.count, row.final.count) == (row.first_words, row.answered)
                assert row.not_solved <= row.answered
            for name in COUNTS:
                assert sum(getattr(row, name) for row in found.rows) == getattr(found.totals, name)
        assert {
            row.agency.code
            for row in (await board(uow, people.minister, since=SINCE, until=UNTIL)).rows
            if row.agency
        } <= {"health"}


def _list(found: Board, name: str, row: BoardRow) -> InboxFilter:
    chosen = found.lists[name]
    return replace(chosen, agency=row.agency.code) if row.agency else chosen


async def test_true_times(
    database: Database, clock: SettableClock, people: People, register: Registering
) -> None:
    """Received on Monday at 10:00, first word 14:30 the same day, answers on the 3rd and the 8th day."""
    number = (await register()).number
    clock.advance(hours=4, minutes=30)
    async with database.unit_of_work() as uow:
        await official_acts.reply(uow, people.doctor, number, text="Tekshiramiz", final=False)
    clock.advance(days=3)
    await _answer(database, people, number)
    async with database.reading() as uow:
        found = await board(uow, people.supervisor, since=date(2026, 3, 1), until=date(2026, 3, 31))
    assert found.totals.first_word.median == 210, (
        "10:00 to 13:00 and 14:00 to 14:30: the break is not counted"
    )
    assert found.totals.final.median == 3
    assert (found.totals.answered, found.totals.not_solved) == (1, 0)

    async with database.unit_of_work() as uow:
        await citizen_acts.judge(uow, people.aziza, number, Verdict.NOT_SOLVED)
    clock.advance(days=5)
    async with database.reading() as uow:
        found = await board(uow, people.supervisor, since=date(2026, 3, 1), until=date(2026, 3, 31))
    assert (found.totals.answered, found.totals.not_solved, found.totals.open) == (1, 1, 1), (
        "the answer stands"
    )
    await _answer(database, people, number)
    async with database.reading() as uow:
        found = await board(uow, people.supervisor, since=date(2026, 3, 1), until=date(2026, 3, 31))
        assert found.totals.final.median == 8, "reopening hides no delay"
        nothing = await board(uow, people.supervisor, since=date(2026, 4, 1), until=date(2026, 4, 30))
    assert (nothing.totals.received, nothing.totals.final.median) == (0, None)


async def _answer(database: Database, people: People, number: str) -> None:
    async with database.unit_of_work() as uow:
        await official_acts.reply(
            uow, people.doctor, number, text="Javob", final=True, outcome=Outcome.SATISFIED
        )


async def test_only_those_who_supervise(database: Database, people: People) -> None:
    async with database.reading() as uow:
        for actor in (people.doctor, people.registrar, people.admin):
            with pytest.raises(HubError, match="not_allowed"):
                await board(uow, actor, since=SINCE, until=UNTIL)
        for since, until in ((UNTIL, SINCE), (date(2000, 1, 1), UNTIL)):
            with pytest.raises(HubError, match="bad_date"):
                await board(uow, people.supervisor, since=since, until=until)
