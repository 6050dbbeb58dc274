"""A question at any moment, and the language everything is said in."""

import pytest

from bot.playground import PlaygroundUser
from bot.playground.server import Served
from tests.bot.conftest import RunningBot, arrive, file_appeal

pytestmark = pytest.mark.anyio

ANSWERABLE = "Murojaatga necha kunda javob beriladi?"


async def test_the_language_is_asked_once_and_can_be_changed(served: Served, running: RunningBot) -> None:
    person = await served.client.new_user("Aziza", language_code="uz")
    await person.say("/start")
    asked = await person.wait_for(lambda seen: bool(seen.buttons))
    assert asked.buttons[:5] == ["Oʻzbekcha", "Ўзбекча", "Русский", "Qaraqalpaqsha", "English"]
    await person.press("English")
    await person.wait_for("Hello!")
    await person.say("/start")
    again = await person.wait_for("Hello!")
    assert "File an appeal" in again.buttons
    await person.press("Language")
    await person.wait_for(lambda seen: "Русский" in seen.buttons)
    await person.press("Русский")
    await person.wait_for(lambda seen: not seen.mine)


async def test_an_old_keyboard_of_another_language_still_works(aziza: PlaygroundUser) -> None:
    await aziza.say("🙋 My appeals")
    await aziza.wait_for("no appeals")
    await aziza.say("English")
    await aziza.wait_for("I speak this language")


async def test_an_answer_with_source_and_date(aziza: PlaygroundUser) -> None:
    await aziza.say(ANSWERABLE)
    answer = await aziza.wait_for("Source: ")
    assert "Checked on " in answer.text
    assert answer.buttons[:3] == ["This answers my question", "Not my question", "Send to an official"]
    await aziza.press("This answers my question")
    await aziza.wait_for("Good.")


async def test_not_my_question_leads_to_an_official(aziza: PlaygroundUser) -> None:
    await aziza.say(ANSWERABLE)
    await aziza.wait_for("Source: ")
    await aziza.press("Not my question")
    await aziza.wait_for("in other words")
    await aziza.press("Send to an official")
    await aziza.wait_for("What is it?")
    await aziza.say("/cancel")
    kept = await aziza.wait_for("is kept")
    assert "Continue the unfinished appeal" in kept.buttons
    await aziza.press("Continue")
    await aziza.wait_for("What is it?")


async def test_no_answer_offers_an_appeal(aziza: PlaygroundUser) -> None:
    await aziza.say("Qoʻshnimning echkisi gilosimni yeb ketdi zqxv")
    offered = await aziza.wait_for(
        lambda seen: "File an appeal" in seen.buttons[:1] or "Send to" in str(seen.buttons)
    )
    label = "File an appeal" if "File an appeal" in offered.buttons[:1] else "Send to an official"
    await aziza.press_data(offered.id, data_of(offered.raw, label))
    await aziza.wait_for("What is it?")


async def test_danger_to_life_is_answered_at_once(aziza: PlaygroundUser) -> None:
    await aziza.say("Uyda gaz hidi kelyapti, yordam bering!")
    await aziza.wait_for("104")


async def test_a_question_before_any_language_is_answered_first(served: Served, running: RunningBot) -> None:
    person = await served.client.new_user("Jane", language_code="en")
    await person.say(ANSWERABLE)
    await person.wait_for("Source: ")
    await person.wait_for(lambda seen: "Русский" in seen.buttons)
    await person.say(ANSWERABLE)
    await person.wait_for("Source: ")
    questions = [seen for seen in await person.replies() if "Русский" in seen.buttons]
    assert len(questions) == 1


async def test_commands_work_in_the_middle_of_a_step(aziza: PlaygroundUser) -> None:
    await aziza.say("/appeal Koʻchada chiroq yoʻq, iltimos yoqib bering.")
    await aziza.wait_for("What is it?")
    for command, answer in (
        ("/help", "Write a question"),
        ("/reception", "not open here yet"),
        ("/mydata", "What is stored about you"),
        ("/my", "no appeals"),
        ("/nonsense", "do not know this command"),
    ):
        await aziza.say(command)
        await aziza.wait_for(answer)
    await aziza.press("Complaint")
    await aziza.wait_for("consent")


async def test_agencies_by_name(aziza: PlaygroundUser) -> None:
    await aziza.say("/agencies")
    await aziza.wait_for("Which agency?")
    await aziza.say("Ministry of Health")
    found = await aziza.wait_for("Ministry of Health")
    assert "☎" in found.text
    await aziza.say("/agencies Samarkand")
    await aziza.wait_for("amar")


async def test_a_greeting_and_thanks_are_no_appeals(aziza: PlaygroundUser) -> None:
    await aziza.say("Assalomu alaykum!")
    greeted = await aziza.wait_for("Write your question")
    assert "File an appeal" not in greeted.text
    await aziza.say("катта раҳмат")
    await aziza.wait_for("Ask again at any moment")


async def test_the_stored_data_is_shown(aziza: PlaygroundUser) -> None:
    await file_appeal(aziza, "Koʻchada chiroq yoʻq, iltimos yoqib bering.")
    await aziza.say("/mydata")
    shown = await aziza.wait_for("Karimova Aziza")
    assert "Chilonzor" in shown.text
    assert "District: 1726" not in shown.text, "a place by its name"


async def test_a_link_of_the_website_asks_for_the_code(aziza: PlaygroundUser, served: Served) -> None:
    number = await file_appeal(aziza, "Koʻchada chiroq yoʻq, iltimos yoqib bering.")
    timur = await arrive(served, "Timur")
    await timur.say(f"/start t_{number}")
    asked = await timur.wait_for("tracking code")
    assert "chiroq" not in asked.text


def data_of(raw: dict[str, object], label: str) -> str:
    rows = raw["reply_markup"]["inline_keyboard"]  # type: ignore[index]
    return next(str(b["callback_data"]) for row in rows for b in row if b["text"] == label)
