"""Sweeps: every warning and breach once, never early, whatever slept or ran twice."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hub.clocks import ledger
from hub.clocks.book import ClockBook
from hub.clocks.models import Clock, ClockMark
from hub.clocks.sweep import MarkedClock, pending, sweep
from hub.foundation.db import Database
from tests.conftest import AnotherDatabase, SettableClock
from tests.hub.clocks.cases import at
from tests.hub.clocks.register import bodies, file_appeal

pytestmark = pytest.mark.anyio
MONDAY = at("2026-11-02 10:00")
INSTANT = timedelta(microseconds=1)


async def filed(database: Database, number: int = 1) -> list[int]:
    async with database.unit_of_work() as uow:
        await bodies(uow)
        return [(await file_appeal(uow, MONDAY))[0] for _ in range(number)]


async def swept(database: Database, limit: int = 200) -> list[MarkedClock]:
    async with database.unit_of_work() as uow:
        return await sweep(uow, limit=limit)


async def test_the_marks_of_one_appeal_in_order(sqlite_database: Database, clock: SettableClock) -> None:
    clock.set(MONDAY)
    await filed(sqlite_database)
    seen = []
    # Nobody does anything for three weeks; a sweep runs every half hour.
    while clock.now() < at("2026-11-20 00:00"):
        async with sqlite_database.unit_of_work() as uow:
            if await pending(uow):
                seen += [(mark.kind, mark.stage, clock.now()) for mark in await sweep(uow)]
        clock.advance(minutes=30)
    stages: dict[str, list[str]] = {}
    for kind, stage, _moment in seen:
        stages.setdefault(str(kind), []).append(stage)
    assert stages == {
        "route": ["50", "75", "90", "target", "breach"],
        "first_word": ["50", "75", "90", "breach"],
        "final": ["50", "75", "90", "breach"],
    }
    when = {(str(kind), stage): moment for kind, stage, moment in seen}
    assert when["route", "50"] == at("2026-11-02 15:00"), "half a working day, lunch apart"
    assert when["first_word", "breach"] == at("2026-11-04 10:00")
    assert when["route", "breach"] == at("2026-11-08 00:00")
    assert when["final", "breach"] == at("2026-11-18 00:00")


async def test_warnings_fall_inside_working_time(sqlite_database: Database, clock: SettableClock) -> None:
    clock.set(at("2026-11-06 19:00"))
    async with sqlite_database.unit_of_work() as uow:
        await bodies(uow)
        await file_appeal(uow, at("2026-11-06 19:00"))
    clock.set(at("2027-02-01 00:00"))
    await swept(sqlite_database)
    async with sqlite_database.reading() as uow:
        fell = (
            await uow.session.scalars(select(ClockMark.fell_at).where(ClockMark.stage.in_(["50", "75"])))
        ).all()
    book = ClockBook.of_country()
    assert len(fell) == 6
    # Inside a frame, or at its very end.
    assert all(book.calendar.next_working_instant(moment - INSTANT) == moment - INSTANT for moment in fell)


async def test_a_sweep_is_idempotent_and_never_early(database: Database, clock: SettableClock) -> None:
    clock.set(MONDAY)
    await filed(database)
    clock.set(at("2026-11-18 00:00") - INSTANT)
    early = await swept(database)
    assert ("final", "90") in {(str(mark.kind), mark.stage) for mark in early}
    clock.set(at("2026-11-18 00:00"))
    (breach,) = await swept(database)
    assert (str(breach.kind), breach.stage, str(breach.due_on)) == ("final", "breach", "2026-11-17")
    assert breach.notify_at == at("2026-11-18 09:00"), "said when the office opens"
    assert await swept(database) == []
    clock.set(MONDAY)
    assert await swept(database) == [], "a clock set back says nothing again"
    async with database.reading() as uow:
        marks = (await uow.session.execute(select(ClockMark.clock_id, ClockMark.stage))).all()
        statuses = (await uow.session.execute(select(Clock.kind, Clock.status).order_by(Clock.kind))).all()
    assert len(marks) == len(set(marks)) == 14
    assert {kind: status for kind, status in statuses} == {  # noqa: C416 -- rows, not pairs, to mypy
        "final": "breached",
        "first_word": "breached",
        "holding": "breached",
        "register": "met",
        "route": "breached",
        "total": "running",
    }


async def test_after_ten_days_of_sleep_a_clock_speaks_once(
    sqlite_database: Database, clock: SettableClock
) -> None:
    clock.set(MONDAY)
    await filed(sqlite_database, 3)
    clock.set(at("2026-11-19 10:00"))
    marked = await swept(sqlite_database)
    assert len(marked) == 9
    assert {mark.stage for mark in marked} == {"breach"}


async def test_nothing_is_marked_after_the_answer(sqlite_database: Database, clock: SettableClock) -> None:
    clock.set(MONDAY)
    (appeal,) = await filed(sqlite_database)
    async with sqlite_database.unit_of_work() as uow:
        await ledger.answered(uow, appeal)
    clock.set(at("2026-12-31 10:00"))
    assert await swept(sqlite_database) == []


async def test_an_extension_moves_the_marks_that_are_left(
    sqlite_database: Database, clock: SettableClock
) -> None:
    clock.set(at("2026-11-16 18:00"))
    (appeal,) = await filed(sqlite_database)
    await swept(sqlite_database)
    async with sqlite_database.unit_of_work() as uow:
        await ledger.record(uow, appeal, "extend", data={"until": "2026-12-10"})
    clock.set(at("2026-11-20 10:00"))
    assert await swept(sqlite_database) == [], "90 % was said already, and it is not late any more"
    clock.set(at("2026-12-11 00:00"))
    assert [(str(mark.kind), mark.stage) for mark in await swept(sqlite_database)] == [("final", "breach")]


async def test_batches_go_on_where_the_last_one_stopped(
    sqlite_database: Database, clock: SettableClock
) -> None:
    clock.set(MONDAY)
    await filed(sqlite_database, 4)
    clock.set(at("2026-11-18 00:00"))
    total = 0
    async with sqlite_database.reading() as uow:
        assert await pending(uow)
    for _ in range(8):
        total += len(await swept(sqlite_database, limit=2))
    assert total == 12
    async with sqlite_database.reading() as uow:
        assert not await pending(uow)


async def test_two_sweepers_share_the_work(
    database: Database, another_database: AnotherDatabase, clock: SettableClock
) -> None:
    clock.set(MONDAY)
    await filed(database, 6)
    clock.set(at("2026-11-18 00:00"))
    rival = another_database()
    found = await asyncio.gather(*(swept(one, limit=10) for one in (database, rival) for _ in range(4)))
    marked = [mark.clock_id for batch in found for mark in batch]
    assert len(marked) == len(set(marked)) == 18
    async with database.reading() as uow:
        assert await uow.session.scalar(select(func.count()).select_from(ClockMark)) == 6 * 14
