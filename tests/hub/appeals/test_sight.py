"""Lists and details never disagree: for every role, what the list shows is exactly what may be opened."""

import random

import pytest
from sqlalchemy import select

from hub.appeals import official_acts, transfers
from hub.appeals.access import facts_of
from hub.appeals.case import open_case
from hub.appeals.inbox import InboxFilter, count_inbox, list_inbox
from hub.appeals.models import Appeal
from hub.foundation.db import Database, UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.vocabulary import Kind
from hub.people.actors import OfficialActor
from hub.people.permissions import Sight, may_list, sight
from tests.hub.appeals.conftest import WATER, People, Registering, applicant

pytestmark = pytest.mark.anyio

AGENCIES = ("health", "construction_housing", "energy", "reception")


def everybody(people: People) -> list[OfficialActor]:
    return [
        people.doctor, people.minister, people.builder, people.supervisor,
        people.registrar, people.auditor, people.admin,
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
async def test_the_list_is_exactly_what_may_be_opened(
    database: Database, people: People, register: Registering, seed: int
) -> None:
    chance = random.Random(seed)
    for _number in range(8):
        about = chance.choice([None, None, "health", "energy"])
        agency = chance.choice([a for a in AGENCIES if a != about])
        actor = chance.choice([people.aziza, people.timur, people.registrar])
        receipt = await register(
            actor, agency=agency, about=about, kind=chance.choice(list(Kind)), applicant=applicant()
        )
        if agency == "health" and about is None and chance.random() < 0.6:
            async with database.unit_of_work() as uow:
                await transfers.transfer(
                    uow, people.doctor, receipt.number, to="construction_housing", reason="boshqa idora ishi"
                )
    async with database.unit_of_work() as uow:
        appeals = (await uow.session.scalars(select(Appeal))).all()
        for actor in everybody(people):
            allowed = {a.number for a in appeals if sight(actor, await facts_of(uow, a)) > Sight.NOTHING}
            if not may_list(actor):
                assert allowed == set()
                continue
            listed = [
                line
                for view in ("all", "forwarded")
                for line in (await list_inbox(uow, actor, InboxFilter(view=view), limit=100)).items
            ]
            assert {line.number for line in listed} == allowed, actor.login
            assert len(listed) == len(allowed), "no appeal stands in both lists"
            assert await count_inbox(uow, actor, InboxFilter(view="all")) == sum(
                not line.passed_on for line in listed
            )
            for number in {a.number for a in appeals}:
                opened = await _opens(uow, actor, number)
                assert opened == (number in allowed)


async def _opens(uow: UnitOfWork, actor: OfficialActor, number: str) -> bool:
    try:
        await open_case(uow, actor, number)
    except HubError as error:
        return error.code != "not_found"
    return True


async def test_the_agency_that_passed_it_on_learns_nothing_later(
    database: Database, people: People, register: Registering
) -> None:
    number = (await register()).number
    async with database.unit_of_work() as uow:
        await transfers.transfer(
            uow, people.doctor, number, to="construction_housing", reason="bizga tegishli emas"
        )
        await official_acts.note(uow, people.builder, number, text="maxfiy eslatma")
    async with database.unit_of_work() as uow:
        case = await open_case(uow, people.doctor, number)
        assert (case.full, case.text, case.applicant, case.messages) == (False, "", None, ())
        assert [event.type for event in case.history] == ["forwarded"]
        found = await list_inbox(uow, people.doctor, InboxFilter(view="all", q="suvi"))
        assert found.items == ()
        assert (await list_inbox(uow, people.builder, InboxFilter(view="all", q="suvi"))).items != ()
        with pytest.raises(HubError, match="bad_filter"):
            await list_inbox(uow, people.doctor, InboxFilter(view="forwarded", status="answered"))


async def test_of_a_confidential_appeal_the_agency_sees_no_name(
    database: Database, people: People, register: Registering
) -> None:
    number = (await register(confidential=True)).number
    async with database.unit_of_work() as uow:
        case = await open_case(uow, people.doctor, number)
    assert case.applicant is None
    assert case.text == WATER
    assert not case.rights.see_identity
