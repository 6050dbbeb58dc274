"""The clocks of one appeal through its life, as an official and a citizen live it."""

import asyncio
from datetime import date

import pytest
from sqlalchemy import select

from hub.clocks import ledger
from hub.clocks.calendar_table import edit_day
from hub.clocks.models import ClockMark, LegalEvent
from hub.clocks.recompute import recompute
from hub.foundation.db import Database
from hub.foundation.errors import HubError
from hub.foundation.vocabulary import Kind
from tests.conftest import AnotherDatabase, SettableClock
from tests.hub.clocks.cases import at
from tests.hub.clocks.register import JUSTICE, WATER, bodies, clocks_by_kind, file_appeal

pytestmark = pytest.mark.anyio
MONDAY = at("2026-11-02 10:00")


async def test_an_appeal_starts_its_clocks(database: Database, clock: SettableClock) -> None:
    clock.set(MONDAY)
    async with database.unit_of_work() as uow:
        await bodies(uow)
        appeal, term = await file_appeal(uow, MONDAY)
        assert str(term.due_on) == "2026-11-17"
    async with database.reading() as uow:
        clocks = await clocks_by_kind(uow, appeal)
    assert {kind: [str(clock.status) for clock in found] for kind, found in clocks.items()} == {
        "register": ["met"],
        "route": ["running"],
        "first_word": ["running"],
        "answer_wait": [],
        "final": ["running"],
        "holding": ["running"],
        "total": ["running"],
    }
    assert clocks["route"][0].due_at == at("2026-11-08 00:00"), "the fifth day is 7 November"
    assert clocks["route"][0].target_at == at("2026-11-03 10:00"), "taken up within one working day"
    assert clocks["first_word"][0].due_at == at("2026-11-04 10:00"), "two working days"
    assert clocks["final"][0].due_at == at("2026-11-18 00:00"), "the midnight after the last day"
    assert clocks["final"][0].target_at == at("2026-11-17 18:00")
    assert clocks["total"][0].due_at is None
    final = clocks["final"][0]
    assert (final.policy, final.policy_version) == ("uz-445", "2026-11-21")
    assert [step.rule for step in final.steps] == [
        "register",
        "start_receipt",
        "term_calendar_day",
        "target_same",
    ]
    assert "2026-11-17" in final.steps[2].note


async def test_one_official_answers_in_time(sqlite_database: Database, clock: SettableClock) -> None:
    clock.set(MONDAY)
    async with sqlite_database.unit_of_work() as uow:
        await bodies(uow)
        appeal, _ = await file_appeal(uow, MONDAY)
        await ledger.assigned(uow, appeal, at("2026-11-02 15:00"))
        await ledger.record(uow, appeal, "interim", at("2026-11-03 11:00"))
        term = await ledger.answered(uow, appeal, at("2026-11-10 11:00"))
        assert term.status == "met"
        clocks = await clocks_by_kind(uow, appeal)
        assert {str(clock.status) for found in clocks.values() for clock in found} == {"met"}
        assert clocks["first_word"][0].ended_at == at("2026-11-03 11:00")
        assert clocks["first_word"][0].used_minutes == 9 * 60, "7 hours on Monday and 2 on Tuesday, no lunch"
        with pytest.raises(HubError) as again:
            await ledger.answered(uow, appeal, at("2026-11-11 11:00"))
        assert again.value.code == "already_answered"


async def test_vector_14_each_body_has_its_own_time_and_the_total_is_one(
    sqlite_database: Database, clock: SettableClock
) -> None:
    clock.set(MONDAY)
    async with sqlite_database.unit_of_work() as uow:
        await bodies(uow)
        appeal, _ = await file_appeal(uow, MONDAY)
        await ledger.forwarded(uow, appeal, JUSTICE, at("2026-11-05 10:00"))
        term = await ledger.forwarded(uow, appeal, WATER, at("2026-11-12 10:00"))
        assert str(term.due_on) == "2026-11-27"
        clocks = await clocks_by_kind(uow, appeal)
    assert [(clock.agency_id, str(clock.status)) for clock in clocks["holding"]] == [
        (WATER, "met"),
        (JUSTICE, "met"),
        (WATER, "running"),
    ]
    assert [clock.used_minutes for clock in clocks["holding"]] == [3 * 480, 5 * 480, None]
    assert [str(clock.status) for clock in clocks["final"]] == ["cancelled", "cancelled", "running"]
    assert [str(clock.status) for clock in clocks["route"]] == ["met", "breached", "running"]
    assert [clock.started_at for clock in clocks["total"]] == [MONDAY]
    assert len(clocks["first_word"]) == 1
    assert clocks["first_word"][0].started_at == MONDAY, "passing it on does not buy time for a word"


async def test_taking_it_up_does_not_excuse_passing_it_on_late(
    sqlite_database: Database, clock: SettableClock
) -> None:
    clock.set(MONDAY)
    async with sqlite_database.unit_of_work() as uow:
        await bodies(uow)
        appeal, _ = await file_appeal(uow, MONDAY)
        await ledger.assigned(uow, appeal, at("2026-11-02 12:00"))
        term = await ledger.forwarded(uow, appeal, JUSTICE, at("2026-11-09 10:00"))
    assert [breach.clock for breach in term.breaches] == ["route"]


async def test_vectors_16_17_19_waiting_for_an_answer_to_a_message(
    sqlite_database: Database, clock: SettableClock
) -> None:
    clock.set(MONDAY)
    async with sqlite_database.unit_of_work() as uow:
        await bodies(uow)
        appeal, _ = await file_appeal(uow, MONDAY)
        await ledger.message_from_citizen(uow, appeal, at("2026-11-02 11:00"))
        assert (await clocks_by_kind(uow, appeal))["answer_wait"] == [], (
            "the first word rules until it is said"
        )
        await ledger.first_word(uow, appeal, at("2026-11-02 16:00"))
        for hour in ("09:00", "11:00", "15:00"):
            await ledger.message_from_citizen(uow, appeal, at(f"2026-11-03 {hour}"))
        (wait,) = (await clocks_by_kind(uow, appeal))["answer_wait"]
        assert wait.started_at == at("2026-11-03 09:00")
        assert wait.due_at == at("2026-11-04 18:00"), "ends exactly at closing"
        await ledger.first_word(uow, appeal, at("2026-11-04 12:00"))
        await ledger.message_from_citizen(uow, appeal, at("2026-11-05 12:00"))
        await ledger.answered(uow, appeal, at("2026-11-10 12:00"))
        await ledger.message_from_citizen(uow, appeal, at("2026-11-10 13:00"))
        waits = (await clocks_by_kind(uow, appeal))["answer_wait"]
    assert [str(wait.status) for wait in waits] == ["met", "breached"], "thanks start no third clock"


async def test_vector_20_reopening_leaves_the_first_cycle_alone(
    sqlite_database: Database, clock: SettableClock
) -> None:
    clock.set(MONDAY)
    async with sqlite_database.unit_of_work() as uow:
        await bodies(uow)
        appeal, _ = await file_appeal(uow, MONDAY)
        await ledger.answered(uow, appeal, at("2026-11-20 10:00"))
        first = await clocks_by_kind(uow, appeal)
        term = await ledger.reopened(uow, appeal, at("2026-12-01 10:00"))
        assert (term.cycle, str(term.due_on)) == (2, "2026-12-16")
        assert await clocks_by_kind(uow, appeal) == first
        second = await clocks_by_kind(uow, appeal, cycle=2)
        assert [str(clock.status) for clock in second["final"]] == ["running"]
        assert second["final"][0].agency_id == WATER
        assert second["total"][0].started_at == MONDAY
    assert str(first["final"][0].status) == "breached"


async def test_an_answer_and_a_reopening_may_share_an_instant(
    sqlite_database: Database, clock: SettableClock
) -> None:
    clock.set(MONDAY)
    async with sqlite_database.unit_of_work() as uow:
        await bodies(uow)
        appeal, _ = await file_appeal(uow, MONDAY)
        await ledger.answered(uow, appeal)
        await ledger.reopened(uow, appeal)
        second = await clocks_by_kind(uow, appeal, cycle=2)
    assert [str(clock.status) for clock in second["first_word"]] == ["running"]


@pytest.mark.parametrize(("on", "refused"), [("2026-12-10 23:59", False), ("2026-12-11 00:00", True)])
async def test_reopening_is_possible_for_thirty_days(
    sqlite_database: Database, clock: SettableClock, on: str, refused: bool
) -> None:
    clock.set(at(on))
    async with sqlite_database.unit_of_work() as uow:
        await bodies(uow)
        appeal, _ = await file_appeal(uow, MONDAY)
        await ledger.answered(uow, appeal, at("2026-11-10 10:00"))
        if refused:
            with pytest.raises(HubError, match="cannot_reopen"):
                await ledger.reopened(uow, appeal)
        else:
            assert (await ledger.reopened(uow, appeal)).cycle == 2


@pytest.mark.parametrize(
    ("event", "data", "code"),
    [
        ("extend", {"until": "2026-12-18"}, "extension_refused"),
        ("extend", {"until": "soon"}, "bad_date"),
        ("pause", {"reason": "waiting_for_citizen"}, "pause_refused"),
        ("reopen", {}, "cannot_reopen"),
    ],
)
async def test_a_refused_event_is_an_error_and_leaves_no_row(
    sqlite_database: Database, clock: SettableClock, event: str, data: dict[str, object], code: str
) -> None:
    clock.set(MONDAY)
    async with sqlite_database.unit_of_work() as uow:
        await bodies(uow)
        appeal, term = await file_appeal(uow, MONDAY)
        with pytest.raises(HubError) as refusal:
            await ledger.record(uow, appeal, event, at("2026-11-05 10:00"), data)
        assert refusal.value.code == code
        rows = (await uow.session.scalars(select(LegalEvent.type))).all()
        assert rows == ["receive"]
        assert await ledger.term_of(uow, appeal) == term


async def test_the_head_extends_and_the_stored_date_follows(
    sqlite_database: Database, clock: SettableClock
) -> None:
    clock.set(MONDAY)
    async with sqlite_database.unit_of_work() as uow:
        await bodies(uow)
        appeal, _ = await file_appeal(uow, MONDAY)
        await ledger.record(uow, appeal, "study", at("2026-11-04 10:00"))
        await ledger.record(
            uow, appeal, "extend", at("2026-11-05 10:00"), {"until": "2026-12-31"}, "expert check"
        )
        final = (await clocks_by_kind(uow, appeal))["final"][0]
    assert (str(final.due_on), str(final.target_on)) == ("2026-12-31", "2026-12-30")
    assert final.due_at == at("2027-01-01 00:00")
    assert [step.rule for step in final.steps][-2:] == ["extended", "target_earlier"]


async def test_a_withdrawn_appeal_ends_its_clocks_as_cancelled(
    sqlite_database: Database, clock: SettableClock
) -> None:
    clock.set(MONDAY)
    async with sqlite_database.unit_of_work() as uow:
        await bodies(uow)
        appeal, _ = await file_appeal(uow, MONDAY)
        await ledger.cancelled(uow, appeal, at("2026-11-03 10:00"), "withdrawn")
        clocks = await clocks_by_kind(uow, appeal)
    assert {
        str(clock.status) for kind in ("route", "first_word", "final", "total") for clock in clocks[kind]
    } == {"cancelled"}


async def test_a_late_answer_leaves_its_breach_on_record(
    sqlite_database: Database, clock: SettableClock
) -> None:
    clock.set(at("2026-11-19 10:00"))
    async with sqlite_database.unit_of_work() as uow:
        await bodies(uow)
        appeal, _ = await file_appeal(uow, MONDAY)
        assert (await clocks_by_kind(uow, appeal))["final"][0].status == "breached", (
            "late even before a sweep"
        )
        await ledger.answered(uow, appeal)
        final = (await clocks_by_kind(uow, appeal))["final"][0]
        marks = (
            await uow.session.scalars(select(ClockMark.due_on).where(ClockMark.clock_id == final.id))
        ).all()
    assert (str(final.status), final.breached_at) == ("breached", at("2026-11-18 00:00"))
    assert marks == [date(2026, 11, 17)]
    assert final.steps[-1].rule == "answered_late"


async def test_vectors_06_30_an_edited_day_moves_open_appeals_once(
    database: Database, clock: SettableClock
) -> None:
    clock.set(MONDAY)
    async with database.unit_of_work() as uow:
        await bodies(uow)
        appeals = [(await file_appeal(uow, MONDAY))[0] for _ in range(5)]
        await ledger.answered(uow, appeals[0], MONDAY)
        proposal, _ = await file_appeal(uow, MONDAY, Kind.PROPOSAL)
    clock.set(at("2026-11-09 10:00"))
    async with database.unit_of_work() as uow:
        await edit_day(uow, date(2026, 11, 17), False, decree="UP-999", author="admin")
        first = await recompute(uow, limit=3)
        rest = await recompute(uow, after=first.after or 0, limit=3)
        again = await recompute(uow)
    assert (first.visited, first.after, rest.visited, rest.after) == (3, appeals[3], 2, None)
    assert [moved.appeal_id for moved in (*first.moved, *rest.moved)] == appeals[1:]
    assert {str(moved.target_on) for moved in first.moved} == {"2026-11-16"}
    assert again.moved == ()
    async with database.reading() as uow:
        final = (await clocks_by_kind(uow, appeals[1]))["final"][0]
        answered = (await clocks_by_kind(uow, appeals[0]))["final"][0]
        untouched = (await clocks_by_kind(uow, proposal))["final"][0]
    assert (str(final.due_on), str(final.target_on)) == ("2026-11-17", "2026-11-16")
    assert final.steps[-1].rule == "calendar_off"
    assert (str(answered.target_on), str(untouched.target_on)) == ("2026-11-17", "2026-12-02")
    assert untouched.steps[-1].rule == "target_same", "a day that moves nothing is not its history"


async def test_a_day_edited_while_closed_counts_from_the_reopening(
    sqlite_database: Database, clock: SettableClock
) -> None:
    clock.set(MONDAY)
    async with sqlite_database.unit_of_work() as uow:
        await bodies(uow)
        appeal, _ = await file_appeal(uow, MONDAY)
        await ledger.answered(uow, appeal, at("2026-11-03 10:00"))
    clock.set(at("2026-11-05 10:00"))
    async with sqlite_database.unit_of_work() as uow:
        await edit_day(uow, date(2026, 11, 24), False, decree="UP-999", author="admin")
    clock.set(at("2026-11-09 10:00"))
    async with sqlite_database.unit_of_work() as uow:
        term = await ledger.reopened(uow, appeal)
        assert (str(term.due_on), str(term.target_on)) == ("2026-11-24", "2026-11-23")
        later, _ = await file_appeal(uow, at("2026-11-09 10:00"))
        fresh = (await clocks_by_kind(uow, later))["final"][0]
        assert str(fresh.target_on) == "2026-11-23"
        assert not any(step.rule.startswith("calendar_") for step in fresh.steps), "it was so from the start"


async def test_a_machine_whose_clock_is_set_back_keeps_the_order(
    sqlite_database: Database, clock: SettableClock
) -> None:
    clock.set(at("2026-11-10 10:00"))
    async with sqlite_database.unit_of_work() as uow:
        await bodies(uow)
        appeal, _ = await file_appeal(uow, MONDAY)
        await ledger.assigned(uow, appeal, at("2026-11-10 10:00"))
        await ledger.answered(uow, appeal, at("2026-11-10 09:00"))
        times = (await uow.session.scalars(select(LegalEvent.at).order_by(LegalEvent.seq))).all()
    assert times == sorted(times)


async def test_two_officials_answer_at_once_and_one_is_told(
    database: Database, another_database: AnotherDatabase, clock: SettableClock
) -> None:
    clock.set(MONDAY)
    async with database.unit_of_work() as uow:
        await bodies(uow)
        appeal, _ = await file_appeal(uow, MONDAY)

    async def answer(through: Database) -> str:
        async with through.unit_of_work() as uow:
            await ledger.explain(uow, appeal)
            try:
                return str((await ledger.answered(uow, appeal)).status)
            except HubError as error:
                return error.code

    rival = another_database()
    results = await asyncio.gather(*(answer(through) for through in (database, rival, database, rival)))
    assert sorted(results) == ["already_answered"] * 3 + ["met"]


async def test_an_appeal_without_clocks_is_not_found(sqlite_database: Database) -> None:
    async with sqlite_database.unit_of_work() as uow:
        with pytest.raises(HubError, match="not_found"):
            await ledger.answered(uow, 404)
