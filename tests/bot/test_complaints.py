"""Who is complained about is asked, never assumed; danger goes first; files come into our own storage."""

import pytest

from bot.playground import PlaygroundUser
from hub.appeals.access import by_number
from hub.appeals.models import Appeal, Attachment
from tests.bot.conftest import RunningBot, file_appeal, introduce, line_after, until

pytestmark = pytest.mark.anyio

ABOUT = "Sogʻliqni saqlash vazirligi ustidan shikoyat qilaman: shifoxonada dori berishmadi, javob ham yoʻq."


async def begin_complaint(person: PlaygroundUser, text: str) -> str:
    await person.say(f"/appeal {text}")
    await person.wait_for("What is it?")
    await person.press("Complaint")
    await introduce(person)
    return (await person.wait_for("Please check")).text


async def registered(running: RunningBot, number: str) -> Appeal:
    async with running.database.reading() as uow:
        return await by_number(uow, number)


async def test_a_named_body_confirmed_never_gets_the_complaint(
    aziza: PlaygroundUser, running: RunningBot
) -> None:
    summary = await begin_complaint(aziza, ABOUT)
    assert "Your text names: Ministry of Health" in summary
    await aziza.press("Yes, the complaint is about it")
    fresh = await aziza.wait_for("Please check")
    assert "It will go to: Ministry of Health" not in fresh.text
    assert "Your text names" not in fresh.text
    await aziza.press("Confirm and send")
    receipt = await aziza.wait_for("Tracking code")
    assert "Agency: Ministry of Health" not in receipt.text
    appeal = await registered(running, line_after(receipt.text, "Number: "))
    assert appeal.about_agency_id is not None


async def test_a_named_body_denied_may_get_it(aziza: PlaygroundUser, running: RunningBot) -> None:
    await begin_complaint(aziza, ABOUT)
    await aziza.press("No, it is not")
    summary = await aziza.wait_for("Please check")
    shown = line_after(summary.text, "It will go to: ")
    await aziza.press("Confirm and send")
    receipt = await aziza.wait_for("Tracking code")
    assert line_after(receipt.text, "Agency: ") == shown


async def test_while_nothing_is_said_the_summary_shows_where_it_would_go(aziza: PlaygroundUser) -> None:
    shown = line_after(await begin_complaint(aziza, ABOUT), "It will go to: ")
    assert shown != "Ministry of Health"
    await aziza.press("Confirm and send")
    receipt = await aziza.wait_for("Tracking code")
    assert line_after(receipt.text, "Agency: ") == shown


async def test_the_body_complained_about_cannot_be_chosen(aziza: PlaygroundUser) -> None:
    await begin_complaint(aziza, ABOUT)
    await aziza.press("Yes, the complaint is about it")
    await aziza.wait_for("Please check")
    await aziza.press("Change agency")
    await aziza.wait_for("Choose the agency")
    await aziza.say("Ministry of Health")
    found = await aziza.wait_for("Choose the agency")
    label = next((one for one in found.buttons if one == "Ministry of Health"), None)
    if label is not None:
        await aziza.press(label)
        await aziza.wait_for("may not go to the body it complains about")


async def test_danger_in_an_appeal_is_answered_at_once_and_marked(
    aziza: PlaygroundUser, running: RunningBot
) -> None:
    await aziza.say("/appeal")
    await aziza.wait_for("in your own words what happened")
    await aziza.say("Podyezdimizda gaz hidi kelyapti, yordam bering!")
    await aziza.wait_for("104")
    await aziza.wait_for("What is it?")
    await aziza.press("Application")
    await introduce(aziza)
    await aziza.wait_for("Please check")
    await aziza.press("Confirm and send")
    receipt = await aziza.wait_for("Tracking code")
    assert "Marked as urgent" in receipt.text
    assert (await registered(running, line_after(receipt.text, "Number: "))).urgent


async def test_a_document_is_brought_into_our_own_storage(aziza: PlaygroundUser, running: RunningBot) -> None:
    await file_appeal(aziza, "Koʻchada chiroq yoʻq, iltimos yoqib bering.")
    await aziza.press("Add to this appeal")
    await aziza.wait_for("Write what to add")
    await aziza.send_document(b"Hujjat matni", name="ariza.txt", caption="Mana ariza")
    await aziza.wait_for("Added to appeal")

    async def stored() -> bool:
        async with running.database.reading() as uow:
            rows = list(await uow.session.execute(Attachment.__table__.select()))
        return [(row.state, row.name) for row in rows] == [("stored", "ariza.txt")]

    await until(stored)


async def test_a_photo_after_filing_may_join_the_appeal(aziza: PlaygroundUser, running: RunningBot) -> None:
    number = await file_appeal(aziza, "Koʻchada chiroq yoʻq, iltimos yoqib bering.")
    await aziza.send_photo()
    asked = await aziza.wait_for("at least one sentence")
    assert f"Add to {number}" in asked.buttons
    await aziza.press(f"Add to {number}")
    await aziza.wait_for("Added to appeal")
    await aziza.say("/appeal")
    fresh = await aziza.wait_for("in your own words what happened")
    assert "Continue the unfinished appeal" not in fresh.buttons
