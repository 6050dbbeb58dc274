"""A copy joined to the first appeal: one answer, both numbers told; a mistake taken back with its clocks."""

import pytest
from sqlalchemy import select

from hub.appeals import joining, mine, official_acts, similar
from hub.appeals.case import open_case
from hub.appeals.views import Applicant
from hub.delivery.models import OutboxItem
from hub.foundation.db import Database
from hub.foundation.errors import HubError
from hub.foundation.vocabulary import Outcome, Status
from hub.people.actors import OfficialActor, VisitorActor
from tests.conftest import SettableClock
from tests.hub.appeals.conftest import People, Registering

pytestmark = pytest.mark.anyio


async def join(database: Database, actor: OfficialActor, number: str, to: str) -> None:
    async with database.unit_of_work() as uow:
        await joining.join(uow, actor, number, to=to)


async def test_a_copy_is_joined_and_one_answer_comes(
    database: Database, people: People, register: Registering
) -> None:
    first, copy = await register(), await register()
    async with database.reading() as uow:
        found = await similar.around(uow, people.doctor, copy.number)
        assert [(one.number, one.joinable) for one in found.own] == [(first.number, True)]
        backwards = await similar.around(uow, people.doctor, first.number)
        assert not backwards.own[0].joinable, "the later is joined to the earlier, not the other way"
    await join(database, people.doctor, copy.number, first.number)
    async with database.unit_of_work() as uow:
        seen = await mine.my_appeal(uow, people.aziza, copy.number)
        assert (seen.status, seen.outcome, seen.open) == (Status.JOINED, Outcome.JOINED, False)
        assert f"Joined to the earlier appeal {first.number}" in seen.history[-1].sentence
        told = (await uow.session.scalars(select(OutboxItem).where(OutboxItem.kind == "joined"))).one()
        assert told.appeal_id is not None
        clocks = (await open_case(uow, people.doctor, copy.number)).clocks
        assert {clock.status for clock in clocks if clock.kind == "final"} == {"cancelled"}
        links = (await similar.around(uow, people.doctor, copy.number)).links
        assert [(link.kind, link.number) for link in links][-1] == ("joined", first.number)
    with pytest.raises(HubError, match="not_open"):
        await join(database, people.doctor, copy.number, first.number)


async def test_a_mistake_is_undone_with_its_term_and_clocks(
    database: Database, clock: SettableClock, people: People, register: Registering
) -> None:
    first = await register()
    clock.advance(days=1)
    copy = await register()
    async with database.unit_of_work() as uow:
        await official_acts.claim(uow, people.doctor, copy.number)
        before = await open_case(uow, people.doctor, copy.number)
    clock.advance(days=1)
    await join(database, people.doctor, copy.number, first.number)
    clock.advance(hours=2)
    async with database.unit_of_work() as uow:
        await joining.separate(uow, people.doctor, copy.number)
    async with database.unit_of_work() as uow:
        after = await open_case(uow, people.doctor, copy.number)
        assert (after.line.status, after.line.due_on) == (before.line.status, before.line.due_on)
        assert after.outcome is None
        assert [(c.kind, c.status, c.due_on, c.cycle) for c in after.clocks] == [
            (c.kind, c.status, c.due_on, c.cycle) for c in before.clocks
        ]
        assert after.due_steps == before.due_steps
        await official_acts.reply(
            uow, people.doctor, copy.number, text="Alohida javob.", final=True, outcome=Outcome.EXPLAINED
        )
    with pytest.raises(HubError, match="cannot_separate"):
        async with database.unit_of_work() as uow:
            await joining.separate(uow, people.doctor, copy.number)


async def test_after_the_first_has_ended_there_is_nothing_to_take_out(
    database: Database, people: People, register: Registering
) -> None:
    first, copy = await register(), await register()
    await join(database, people.doctor, copy.number, first.number)
    async with database.unit_of_work() as uow:
        await official_acts.reply(
            uow, people.doctor, first.number, text="Tiklandi.", final=True, outcome=Outcome.SATISFIED
        )
    with pytest.raises(HubError, match="not_open"):
        async with database.unit_of_work() as uow:
            await joining.separate(uow, people.doctor, copy.number)


async def test_only_one_persons_appeals_with_one_agency(
    database: Database, people: People, register: Registering
) -> None:
    first = await register()
    others = [
        await register(people.timur),
        await register(confidential=True),
    ]
    for other in others:
        with pytest.raises(HubError, match="cannot_join"):
            await join(database, people.doctor, other.number, first.number)
    with pytest.raises(HubError, match="cannot_join"):
        await join(database, people.doctor, first.number, first.number)
    elsewhere = await register(agency="construction_housing")
    with pytest.raises(HubError, match="not_found"):
        await join(database, people.doctor, elsewhere.number, first.number)
    with pytest.raises(HubError, match="not_allowed"):
        await join(database, people.supervisor, elsewhere.number, first.number)


async def test_visits_with_one_telephone_are_one_person(
    database: Database, people: People, register: Registering
) -> None:
    visitor = VisitorActor("en")
    person = Applicant(name="Nodira Yusupova", address="Urgut tumani", phone="+998901234567")
    first = await register(visitor, applicant=person)
    copy = await register(visitor, applicant=person)
    await join(database, people.doctor, copy.number, first.number)
