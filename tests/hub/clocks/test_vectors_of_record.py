"""Vectors of the list of threads that need the register: bodies that change, copies joined, many answers."""

from datetime import timedelta

import pytest

from hub.clocks import ledger
from hub.foundation.db import Database
from tests.conftest import SettableClock
from tests.hub.clocks.cases import Count, at
from tests.hub.clocks.register import JUSTICE, WATER, bodies, clocks_by_kind, file_appeal

pytestmark = pytest.mark.anyio
MONDAY = at("2026-11-02 10:00")


async def test_vector_15_the_clock_of_the_body_before_ends_as_cancelled(
    sqlite_database: Database, clock: SettableClock
) -> None:
    clock.set(MONDAY)
    async with sqlite_database.unit_of_work() as uow:
        await bodies(uow)
        appeal, _ = await file_appeal(uow, MONDAY)
        await ledger.forwarded(uow, appeal, JUSTICE, at("2026-11-04 10:00"))
    clock.set(at("2027-01-01 10:00"))
    async with sqlite_database.unit_of_work() as uow:
        old, new = (await clocks_by_kind(uow, appeal))["final"]
    assert (old.agency_id, str(old.status), old.ended_at) == (WATER, "cancelled", at("2026-11-04 10:00"))
    assert (new.agency_id, str(new.status)) == (JUSTICE, "breached"), "only the body that has it is late"


async def test_vector_21_a_joined_copy_stops_and_the_first_receipt_stays(
    sqlite_database: Database, clock: SettableClock
) -> None:
    clock.set(MONDAY)
    async with sqlite_database.unit_of_work() as uow:
        await bodies(uow)
        first, _ = await file_appeal(uow, MONDAY)
        copy, _ = await file_appeal(uow, MONDAY + timedelta(days=3))
        before = await clocks_by_kind(uow, first)
        await ledger.cancelled(uow, copy, at("2026-11-06 10:00"), "joined")
        ended = await clocks_by_kind(uow, copy)
        assert await clocks_by_kind(uow, first) == before
    running = {kind for kind, found in ended.items() for one in found if one.ended_at is None}
    assert running == set()
    assert [(str(one.status), one.used_minutes) for one in ended["final"]] == [("cancelled", 480)]
    assert before["total"][0].started_at == MONDAY, "the earliest receipt survives in the target"


async def test_vector_22_a_separated_copy_runs_on_with_the_time_used(
    sqlite_database: Database, clock: SettableClock
) -> None:
    clock.set(MONDAY)
    async with sqlite_database.unit_of_work() as uow:
        await bodies(uow)
        copy, _ = await file_appeal(uow, MONDAY)
        before = await clocks_by_kind(uow, copy)
        await ledger.cancelled(uow, copy, at("2026-11-04 10:00"), "joined")
        await ledger.separated(uow, copy, at("2026-11-06 10:00"))
        after = await clocks_by_kind(uow, copy)
        for kind in ("final", "holding", "total"):
            assert [(c.status, c.due_on, c.started_at, c.ended_at) for c in after[kind]] == [
                (c.status, c.due_on, c.started_at, c.ended_at) for c in before[kind]
            ]
        await ledger.answered(uow, copy, at("2026-11-09 10:00"))
        (final,) = (await clocks_by_kind(uow, copy))["final"]
    assert final.used_minutes == 5 * 480, "the days while it was joined count too: the law did not stop"


async def test_vector_23_fifty_answers_at_once_are_fifty_results(
    sqlite_database: Database, clock: SettableClock
) -> None:
    answered = at("2026-11-20 10:00")
    clock.set(answered)
    async with sqlite_database.unit_of_work() as uow:
        await bodies(uow)
        appeals = {}
        for number in range(50):
            received = MONDAY + timedelta(hours=12 * number)
            appeals[(await file_appeal(uow, min(received, answered)))[0]] = min(received, answered)
        for appeal in appeals:
            await ledger.answered(uow, appeal)
        finals = {appeal: (await clocks_by_kind(uow, appeal))["final"][0] for appeal in appeals}
    assert len(finals) == 50
    assert {appeal: final.started_at for appeal, final in finals.items()} == appeals
    late = {appeal for appeal, final in finals.items() if final.status == "breached"}
    assert late == {appeal for appeal, received in appeals.items() if received < at("2026-11-05 00:00")}
    assert len({final.used_minutes for final in finals.values()}) > 10, "each has its own time"


@pytest.mark.parametrize("day", [28, 29, 30, 31])
def test_vector_25_a_month_from_the_end_of_january(count: Count, day: int) -> None:
    assert str(count("proposal", f"2026-01-{day} 10:00").due_on) == "2026-02-28"
