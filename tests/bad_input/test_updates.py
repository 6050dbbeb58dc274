"""Raw updates put where intake puts them: every one is handled or kept for a person, none stops the chat."""

import asyncio

import pytest
from sqlalchemy import select

from bot.playground import PlaygroundClient, PlaygroundUser
from hub.appeals.models import Appeal
from hub.cli.embedded import PLAYGROUND_TOKEN
from hub.delivery import arrivals
from hub.delivery.models import Arrival
from hub.foundation.db import Database
from tests.bad_input.people import arrive, begin_appeal, confirm, introduce
from tests.bad_input.updates import PARKED, Wire, wires

pytestmark = pytest.mark.anyio

BOT = PLAYGROUND_TOKEN.partition(":")[0]
#: Far above the numbers that the playground itself gives out.
FIRST = 7_000_000_000


async def bring(register: Database, number: int, wire: Wire) -> tuple[str, str]:
    """Stores the update as intake does; its state and error once it is dealt with."""
    async with register.unit_of_work() as uow:
        await arrivals.accept(uow, bot_id=BOT, updates=[{"update_id": number, **wire.payload}])
    for _ in range(200):
        async with register.reading() as uow:
            query = select(Arrival).where(Arrival.bot_id == BOT, Arrival.update_id == number)
            row = (await uow.session.scalars(query)).one()
            if row.state != "pending":
                return row.state, row.error or ""
        await asyncio.sleep(0.05)
    return "pending", "was not dealt with in 10 s"


async def told(person: PlaygroundUser, before: int, words: str) -> str:
    """What was said since; waits for one of the `words` (`a|b`), or for a while when there are none."""
    for _ in range(60 if words else 6):
        said = [seen.text for seen in (await person.replies())[before:]]
        if words and any(word in text for word in words.split("|") for text in said):
            return ""
        await asyncio.sleep(0.05)
    return f"said {said}" if words or said else ""


@pytest.mark.expects_trouble
async def test_every_shape_of_update(playground: PlaygroundClient, register: Database) -> None:
    aziza = await arrive(playground, "Aziza")
    wrong: dict[str, object] = {}

    async def play(person: PlaygroundUser, number: int, wire: Wire) -> None:
        before = len(await person.replies())
        state, error = await bring(register, FIRST + number, wire)
        trouble = await told(person, before, wire.said)
        if state != wire.state or trouble:
            wrong[wire.name] = (state, error, trouble)

    # What cannot be read is tried five times before it is put aside: those in chats of their own, at once.
    slow = []
    for number, wire in enumerate(wires(aziza.id)):
        if wire.state == PARKED:
            person = await arrive(playground, f"Person {number}")
            slow.append(play(person, number, wires(person.id)[number]))
        else:
            await play(aziza, number, wire)
    await asyncio.gather(*slow)
    assert wrong == {}
    assert len(slow) < 8, "what cannot be read is the exception"
    await aziza.say("/help")
    await aziza.wait_for("Write a question")


async def test_everything_delivered_twice_changes_nothing(
    playground: PlaygroundClient, register: Database
) -> None:
    timur = await arrive(playground, "Timur")
    await begin_appeal(timur)
    await timur.say("Koʻchada chiroq yoʻq, iltimos yoqib bering.")
    await timur.wait_for("What is it?")
    await timur.press("Application")
    await introduce(timur)
    number, _ = await confirm(timur)
    replies = len(await timur.replies())
    for update in (await playground.log())["updates"]:
        await playground.redeliver(update["update_id"])
    await timur.say("/my")
    shown = await timur.wait_for("My appeals")
    assert number in "".join([shown.text, *shown.buttons])
    assert len(await timur.replies()) == replies + 1
    async with register.reading() as uow:
        texts = await uow.session.scalars(select(Appeal.number).where(Appeal.number == number))
        assert len(list(texts)) == 1


async def test_one_button_pressed_by_ten_thumbs_is_one_appeal(
    playground: PlaygroundClient, register: Database
) -> None:
    jane = await arrive(playground, "Jane")
    await begin_appeal(jane)
    await jane.say("Koʻchada chiroq yoʻq: oʻn marta bosilgan tugma.")
    await jane.wait_for("What is it?")
    await jane.press("Application")
    await introduce(jane)
    summary = await jane.wait_for("Please check")
    data = next(
        button["callback_data"]
        for row in summary.raw["reply_markup"]["inline_keyboard"]
        for button in row
        if "Confirm" in button["text"]
    )
    await asyncio.gather(*(jane.press_data(summary.id, data) for _ in range(10)))
    await jane.say("/help")
    await jane.wait_for("Write a question")
    async with register.reading() as uow:
        query = select(Appeal.number).where(Appeal.text.contains("oʻn marta bosilgan"))
        assert len(list(await uow.session.scalars(query))) == 1
    said = [seen.text for seen in await jane.replies() if "was not filed again" in seen.text]
    assert len(said) == 9
