"""An official proposes an answered appeal as an entry; an editor of the agency finishes it."""

from dataclasses import replace
from datetime import date

import pytest

from hub.appeals import official_acts
from hub.appeals.to_library import propose_entry
from hub.foundation.db import Database
from hub.foundation.errors import HubError
from hub.foundation.vocabulary import Outcome, Role
from hub.library import catalogue, editing
from hub.people.actors import OfficialActor
from tests.hub.appeals.conftest import People, Registering, official

pytestmark = pytest.mark.anyio

ASKED = "Salom! Bolamga 2 yoshda qaysi emlash kerak, poliklinikada bepulmi? Telefonim +998 90 123 45 67."
REPLY = "Hurmatli Aziza Karimova!\nEmlash bepul, 15 kun ichida yozib qoʻyiladi. Kartangiz raqami 998877665."


async def proposed(database: Database, actor: OfficialActor, number: str) -> str:
    async with database.unit_of_work() as uow:
        return await propose_entry(uow, actor, number)


async def test_an_answer_becomes_an_entry(database: Database, people: People, register: Registering) -> None:
    number = (await register(text=ASKED)).number
    with pytest.raises(HubError, match="nothing_to_propose"):
        await proposed(database, people.doctor, number)
    async with database.unit_of_work() as uow:
        await official_acts.reply(
            uow, people.doctor, number, text=REPLY, final=True, outcome=Outcome.EXPLAINED
        )
    for stranger, refusal in ((people.builder, "not_found"), (people.supervisor, "not_allowed")):
        with pytest.raises(HubError, match=refusal):
            await proposed(database, stranger, number)
    code = await proposed(database, people.doctor, number)
    assert code.startswith("health-")
    assert await proposed(database, people.minister, number) == code, "one answer is proposed once"

    dilnoza = await official(database, "dilnoza", Role.EDITOR, "health")
    async with database.reading() as uow:
        draft = await catalogue.open_entry(uow, dilnoza, code)
    assert (draft.state, draft.live, draft.draft_waits) == ("draft", None, True)
    assert [(line.act, line.by) for line in draft.history] == [("proposed", "Doctor")]
    text = draft.content.texts[0]
    assert text.title == "Bolamga 2 yoshda qaysi emlash kerak, poliklinikada bepulmi?"
    assert text.answer.startswith("Hurmatli ••• •••!\nEmlash bepul, 15 kun ichida")
    assert "998877665" not in text.answer
    with pytest.raises(HubError, match="entry_source_missing"):
        async with database.unit_of_work() as uow:
            await editing.publish(uow, dilnoza, code=code, version=1)
    finished = replace(draft.content, source="Order 12", checked_on=date(2026, 3, 2))
    async with database.unit_of_work() as uow:
        await editing.save_draft(uow, dilnoza, code=code, content=finished, version=1)
        view = await editing.publish(uow, dilnoza, code=code, version=2)
    assert view.state == "published"


async def test_a_confidential_answer_stays_where_it_is(
    database: Database, people: People, register: Registering
) -> None:
    number = (await register(text=ASKED, confidential=True)).number
    async with database.unit_of_work() as uow:
        await official_acts.reply(
            uow, people.doctor, number, text=REPLY, final=True, outcome=Outcome.EXPLAINED
        )
    with pytest.raises(HubError, match="not_allowed"):
        await proposed(database, people.doctor, number)


async def test_a_formal_end_is_no_answer(database: Database, people: People, register: Registering) -> None:
    number = (await register(text=ASKED)).number
    async with database.unit_of_work() as uow:
        await official_acts.close(
            uow, people.minister, number, outcome=Outcome.LEFT_WITHOUT_CONSIDERATION,
            ground="requirements", conclusion="Ism koʻrsatilmagan.",
        )  # fmt: skip
    with pytest.raises(HubError, match="nothing_to_propose"):
        await proposed(database, people.doctor, number)
