"""Filing an appeal in the chat, and what follows from it."""

import pytest

from bot.playground import PlaygroundUser
from bot.playground.server import Served
from hub.appeals import official_acts
from hub.foundation.vocabulary import Outcome
from tests.bot.conftest import RunningBot, arrive, file_appeal, introduce, line_after, official

pytestmark = pytest.mark.anyio

WATER = "Uyimizda bir haftadan beri ichimlik suvi yoʻq, vodoprovod ishlamayapti. Iltimos, yordam bering."


async def test_first_appeal_step_by_step(aziza: PlaygroundUser) -> None:
    await aziza.press("File an appeal")
    await aziza.wait_for("in your own words what happened")
    await aziza.say(WATER)
    asked = await aziza.wait_for("What is it?")
    assert {"Application", "Complaint", "Proposal", "Back", "Cancel"} <= set(asked.buttons)
    await aziza.press("Application")
    await introduce(aziza)
    summary = await aziza.wait_for("Please check before sending")
    assert WATER in summary.text
    assert "Karimova Aziza" in summary.text
    assert "Chilonzor" in summary.text
    assert {"Confirm and send", "Change agency"} <= set(summary.buttons)
    await aziza.press("Confirm and send")
    receipt = await aziza.wait_for("Your appeal has been registered")
    assert "due by 17 March 2026" in receipt.text
    assert "•" in receipt.text, "the count is explained"
    assert line_after(receipt.text, "Tracking code: ")


async def test_a_returning_citizen_needs_text_kind_and_confirm(aziza: PlaygroundUser) -> None:
    await file_appeal(aziza, WATER)
    number = await file_appeal(aziza, "Koʻchamizda chiroq yonmayapti, taʼmirlab bering.", first=False)
    await aziza.say("/my")
    listed = await aziza.wait_for(number)
    assert "Koʻchamizda chiroq" in listed.text


async def test_what_is_remembered_can_be_changed(aziza: PlaygroundUser) -> None:
    await file_appeal(aziza, WATER)
    await aziza.say(f"/appeal {WATER}")
    await aziza.wait_for("What is it?")
    await aziza.press("Proposal")
    await aziza.wait_for("Please check")
    await aziza.press("Change name or address")
    await aziza.wait_for("surname and name")
    await aziza.say("Saidova Aziza")
    await aziza.wait_for("Where do you live")
    await aziza.say("Samarqand viloyati, Urgut tumani")
    summary = await aziza.wait_for("Please check")
    assert "Saidova Aziza" in summary.text
    assert "Urgut" in summary.text
    await aziza.press("Change name or address")
    await aziza.wait_for("surname and name")
    await aziza.press("Skip")
    await aziza.wait_for("Confidential, without your name")


async def test_a_double_press_files_one_appeal(aziza: PlaygroundUser) -> None:
    number = await file_appeal(aziza, WATER)
    summary = next(m for m in await aziza.replies() if "Confirm and send" in m.buttons)
    button = summary.raw["reply_markup"]["inline_keyboard"]
    data = next(b["callback_data"] for row in button for b in row if b["text"] == "Confirm and send")
    await aziza.press_data(summary.id, data)
    again = await aziza.wait_for("already registered")
    assert number in again.text
    await aziza.say("/my")
    listed = await aziza.wait_for("My appeals")
    assert listed.text.count("UZ26-") == 1


async def test_the_answer_comes_and_is_judged(aziza: PlaygroundUser, running: RunningBot) -> None:
    number = await file_appeal(aziza, WATER)
    await aziza.say("/my")
    await aziza.wait_for(number)
    minister = await official(running.database, "minister", await agency_of(running, number))
    await aziza.say("/help")
    async with running.database.unit_of_work() as uow:
        await official_acts.claim(uow, minister, number)
        await official_acts.reply(
            uow,
            minister,
            number,
            text="Suv <b>tiklandi</b> & bosim joyida.",
            final=True,
            outcome=Outcome.SATISFIED,
        )
    answer = await aziza.wait_for("Suv <b>tiklandi</b> & bosim joyida.")
    assert answer.buttons[:3] == ["I have read it", "Solved", "Not solved"]
    await aziza.press("I have read it")
    await aziza.wait_for("the agency sees that you have read it")
    await aziza.press("Not solved")
    reopened = await aziza.wait_for("is open again")
    assert "Add to this appeal" in reopened.buttons
    await aziza.press("Add to this appeal")
    await aziza.wait_for("Write what to add")
    await aziza.say("Suv yana yoʻq")
    await aziza.wait_for("Added to appeal")
    await aziza.say("/my")
    await aziza.wait_for(number)
    await aziza.press(number)
    details = await aziza.wait_for("History")
    assert "Suv yana yoʻq" in details.text
    assert "reopened" in details.text


async def test_solved_and_rated(aziza: PlaygroundUser, running: RunningBot) -> None:
    number = await file_appeal(aziza, WATER)
    minister = await official(running.database, "minister", await agency_of(running, number))
    await aziza.say("/help")
    async with running.database.unit_of_work() as uow:
        await official_acts.claim(uow, minister, number)
        await official_acts.reply(
            uow, minister, number, text="Tiklandi.", final=True, outcome=Outcome.SATISFIED
        )
    await aziza.wait_for("Tiklandi.")
    await aziza.press("Solved")
    await aziza.wait_for("from 1 to 5")
    await aziza.press("★★★★")
    await aziza.wait_for("4 of 5")


async def test_withdrawing_is_confirmed_first(aziza: PlaygroundUser) -> None:
    number = await file_appeal(aziza, WATER)
    await aziza.press("Withdraw")
    asked = await aziza.wait_for("Withdraw appeal")
    assert asked.buttons[:2] == ["Withdraw", "Back"]
    await aziza.press("Withdraw")
    await aziza.wait_for("is withdrawn")
    await aziza.press_data(asked.id, f"withdraw:{number}:yes")
    await aziza.wait_for("This appeal is closed")


async def test_change_agency_and_do_not_know(aziza: PlaygroundUser) -> None:
    await aziza.say(f"/appeal {WATER}")
    await aziza.wait_for("What is it?")
    await aziza.press("Application")
    await introduce(aziza)
    await aziza.wait_for("Please check")
    await aziza.press("Change agency")
    offered = await aziza.wait_for("Choose the agency")
    assert "I do not know" in offered.buttons
    chosen = offered.buttons[0]
    await aziza.press(chosen)
    summary = await aziza.wait_for("Please check")
    assert f"It will go to: {chosen}" in summary.text
    await aziza.press("Change agency")
    await aziza.wait_for("Choose the agency")
    await aziza.say("sogʻliqni saqlash")
    found = await aziza.wait_for("Choose the agency")
    assert any("Ministry of Health" in label for label in found.buttons)
    await aziza.press("I do not know")
    await aziza.wait_for("Please check")


async def test_an_old_summary_is_not_what_is_sent(aziza: PlaygroundUser) -> None:
    await aziza.say(f"/appeal {WATER}")
    await aziza.wait_for("What is it?")
    await aziza.press("Application")
    await introduce(aziza)
    old = await aziza.wait_for("Please check")
    await aziza.say("Yana bir gap: bolalar bor.")
    fresh = await aziza.wait_for("Yana bir gap")
    rows = old.raw["reply_markup"]["inline_keyboard"]
    data = next(b["callback_data"] for row in rows for b in row if b["text"] == "Confirm and send")
    await aziza.press_data(old.id, data)
    await aziza.wait_for("has changed since")
    assert fresh.id != old.id
    await aziza.say("/my")
    await aziza.wait_for("no appeals")


async def test_a_tip_without_a_name(aziza: PlaygroundUser) -> None:
    await aziza.say("/appeal Bir mansabdor pora oldi, buni tekshirib bering.")
    await aziza.wait_for("What is it?")
    await aziza.press("Complaint")
    await aziza.wait_for("consent")
    await aziza.press("I agree")
    await aziza.wait_for("surname and name")
    await aziza.press("Skip")
    summary = await aziza.wait_for("Please check")
    assert "Confidential" in summary.text
    await aziza.press("Confirm and send")
    receipt = await aziza.wait_for("Tracking code")
    assert "confidential message without a name" in receipt.text
    assert "due by" not in receipt.text, "the legal term does not bind the agency"


async def test_an_appeal_filed_elsewhere_is_adopted(
    aziza: PlaygroundUser, served: Served, running: RunningBot
) -> None:
    number = await file_appeal(aziza, WATER)
    receipt = next(m for m in await aziza.replies() if "Tracking code: " in m.text)
    code = line_after(receipt.text, "Tracking code: ")
    timur = await arrive(served, "Timur")
    await timur.say("/my")
    await timur.wait_for("no appeals")
    await timur.press("Add an appeal filed elsewhere")
    await timur.wait_for("What is the number")
    await timur.say("hello")
    await timur.wait_for("not a number")
    await timur.say(number.lower().replace("-", " "))
    await timur.wait_for("tracking code")
    await timur.say("0000000000")
    refused = await timur.wait_for("not right")
    assert "vodoprovod" not in refused.text
    await timur.say(code.lower())
    await timur.wait_for("now among yours")
    await timur.wait_for("vodoprovod")


async def agency_of(running: RunningBot, number: str) -> str:
    from hub.appeals.access import by_number
    from hub.library.models import AgencyRecord

    async with running.database.reading() as uow:
        appeal = await by_number(uow, number)
        return (await uow.session.get_one(AgencyRecord, appeal.agency_id)).code
