"""From a message to an answer, a verdict and a reopening, as the people in it live it."""

import pytest
from sqlalchemy import select

from hub.appeals import citizen_acts, mine, official_acts
from hub.appeals.case import open_case
from hub.appeals.inbox import InboxFilter, list_inbox
from hub.appeals.numbers import read_number
from hub.delivery.models import OutboxItem
from hub.foundation.db import Database
from hub.foundation.errors import HubError
from hub.foundation.vocabulary import Outcome, Status, Verdict
from tests.conftest import SettableClock
from tests.hub.appeals.conftest import People, Registering

pytestmark = pytest.mark.anyio


async def test_from_registration_to_reopening(
    database: Database, clock: SettableClock, people: People, register: Registering
) -> None:
    receipt = await register()
    assert read_number(receipt.number) == receipt.number
    assert receipt.due_on.isoformat() == "2026-03-17", "15 days after Monday 2 March"
    assert any("17 March 2026" in step.note for step in receipt.due_steps)

    async with database.reading() as uow:
        page = await list_inbox(uow, people.doctor, InboxFilter())
        assert [line.number for line in page.items] == [receipt.number]
        assert (await list_inbox(uow, people.builder, InboxFilter())).items == ()

    clock.advance(days=2)
    async with database.unit_of_work() as uow:
        await official_acts.claim(uow, people.doctor, receipt.number)
        sent = await official_acts.reply(
            uow, people.doctor, receipt.number, text="Suv tiklandi <b>bugun</b>.", final=True,
            outcome=Outcome.SATISFIED,
        )  # fmt: skip
    assert sent.state == "sent"

    async with database.reading() as uow:
        seen = await mine.my_appeal(uow, people.aziza, receipt.number)
        assert (seen.status, seen.outcome, seen.verdict) == (Status.ANSWERED, Outcome.SATISFIED, Verdict.NONE)
        assert seen.messages[-1].body == "Suv tiklandi <b>bugun</b>."
        kinds = (await uow.session.scalars(select(OutboxItem.kind))).all()
        assert kinds == ["answer"], "the bot itself showed the receipt"

    clock.advance(days=1)
    async with database.unit_of_work() as uow:
        await citizen_acts.acknowledge(uow, people.aziza, receipt.number)
        await citizen_acts.rate(uow, people.aziza, receipt.number, 2)
        await citizen_acts.judge(uow, people.aziza, receipt.number, Verdict.NOT_SOLVED)

    async with database.unit_of_work() as uow:
        case = await open_case(uow, people.doctor, receipt.number)
        assert case.line.status is Status.REOPENED
        assert case.line.due_on.isoformat() == "2026-03-20", "a new cycle from 5 March"
        assert case.line.verdict is Verdict.NOT_SOLVED
        assert case.rating == 2
        assert [event.type for event in case.history] == [
            "registered", "claimed", "answered", "read", "rated", "judged", "reopened",
        ]  # fmt: skip
        finals = [clock for clock in case.clocks if clock.kind == "final"]
        assert [clock.status for clock in finals] == ["met", "running"], "the first result stands"
        await official_acts.reply(
            uow,
            people.doctor,
            receipt.number,
            text="Yana tekshirildi.",
            final=True,
            outcome=Outcome.EXPLAINED,
        )


async def test_the_same_draft_confirmed_twice_is_one_appeal(register: Registering) -> None:
    first = await register(key="draft-1")
    again = await register(key="draft-1")
    assert (again.number, again.tracking_code, again.repeated) == (first.number, first.tracking_code, True)
    assert (await register(key="draft-2")).number != first.number


async def test_only_one_final_answer(database: Database, people: People, register: Registering) -> None:
    number = (await register()).number
    async with database.unit_of_work() as uow:
        await official_acts.claim(uow, people.doctor, number)
    with pytest.raises(HubError, match="claim_held"):
        async with database.unit_of_work() as uow:
            await official_acts.reply(
                uow, people.minister, number, text="Javob", final=True, outcome=Outcome.EXPLAINED
            )
    async with database.unit_of_work() as uow:
        await official_acts.reply(
            uow, people.doctor, number, text="Javob", final=True, outcome=Outcome.REFUSED
        )
    with pytest.raises(HubError, match="already_answered"):
        async with database.unit_of_work() as uow:
            await official_acts.reply(
                uow, people.doctor, number, text="Yana", final=True, outcome=Outcome.EXPLAINED
            )


async def test_a_stranger_finds_nothing(database: Database, people: People, register: Registering) -> None:
    receipt = await register()
    async with database.unit_of_work() as uow:
        with pytest.raises(HubError, match="not_found"):
            await mine.my_appeal(uow, people.timur, receipt.number)
        with pytest.raises(HubError, match="not_found"):
            await mine.holder(uow, number=receipt.number, code="0000000000", language="en")
        with pytest.raises(HubError, match="not_found"):
            await open_case(uow, people.builder, receipt.number)


async def test_an_appeal_filed_elsewhere_is_adopted_by_number_and_code(
    database: Database, people: People, register: Registering
) -> None:
    receipt = await register()
    async with database.unit_of_work() as uow:
        adopted = await mine.adopt(
            uow,
            people.timur,
            number=receipt.number.lower().replace("-", " "),
            code=receipt.tracking_code.lower(),
        )
    assert adopted.number == receipt.number
    async with database.unit_of_work() as uow:
        assert [line.number for line in (await mine.my_appeals(uow, people.timur)).items] == [receipt.number]
        await official_acts.reply(uow, people.doctor, receipt.number, text="Salom", final=False)
        told = (await uow.session.scalars(select(OutboxItem.address_id))).all()
        assert len(set(told)) == 2, "both chats hear of it"


async def test_withdrawn_before_the_decision(
    database: Database, people: People, register: Registering
) -> None:
    number = (await register()).number
    async with database.unit_of_work() as uow:
        await citizen_acts.withdraw(uow, people.aziza, number, "hal boʻldi")
    async with database.unit_of_work() as uow:
        with pytest.raises(HubError, match="not_open"):
            await citizen_acts.add_message(uow, people.aziza, number, text="yana")
        case = await open_case(uow, people.doctor, number)
        assert (case.line.status, case.outcome) == (Status.CLOSED, Outcome.TERMINATED)
