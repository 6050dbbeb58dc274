"""Every kind of Telegram message: what a person means by it is kept or answered in words."""

import pytest

from bot.playground import PlaygroundClient
from tests.bad_input.messages import SENT, SERVICE
from tests.bad_input.people import arrive, begin_appeal, introduce

pytestmark = pytest.mark.anyio


async def test_every_kind_gets_its_word(playground: PlaygroundClient) -> None:
    aziza = await arrive(playground, "Aziza")
    wrong: dict[str, str] = {}
    for sent in SENT:
        await aziza.act("forge", message=sent.message)
        try:
            said = await aziza.wait_for(lambda seen: not seen.mine, timeout=8)
        except TimeoutError:
            wrong[sent.name] = "no answer"
            continue
        if sent.said not in said.text or len(said.text) < 15:
            wrong[sent.name] = said.text
        await aziza.say("/cancel")
        await aziza.wait_for("Cancelled")
    assert wrong == {}


async def test_notes_of_telegram_itself_are_not_answered(playground: PlaygroundClient) -> None:
    timur = await arrive(playground, "Timur")
    before = len(await timur.replies())
    for message in SERVICE:
        await timur.act("forge", message=message)
    await timur.say("/help")
    await timur.wait_for("Write a question")
    assert len(await timur.replies()) == before + 1


async def test_no_kind_disturbs_an_appeal_being_written(playground: PlaygroundClient) -> None:
    """At the step of the name everything else is refused, attached or set aside: the draft survives."""
    jane = await arrive(playground, "Jane")
    await begin_appeal(jane)
    await jane.say("Koʻchada chiroq yoʻq, iltimos yoqib bering.")
    await jane.wait_for("What is it?")
    await jane.press("Application")
    await jane.wait_for("consent")
    for sent in SENT:
        if "text" not in sent.message and "contact" not in sent.message:
            await jane.act("forge", message=sent.message)
            await jane.wait_for(lambda seen: not seen.mine, timeout=8)
    await jane.press("I agree")
    await jane.wait_for("surname and name")
    await jane.say("Karimova Aziza")
    await jane.wait_for("Where do you live")
    await jane.say("Toshkent shahri, Chilonzor tumani, 5-uy")
    summary = await jane.wait_for("Please check")
    assert "Koʻchada chiroq yoʻq" in summary.text
    await jane.press("Confirm and send")
    await jane.wait_for("Tracking code")


async def test_numbers_names_and_places_that_are_none(playground: PlaygroundClient) -> None:
    nodir = await arrive(playground, "Nodir")
    await begin_appeal(nodir)
    await nodir.say("Koʻchada chiroq yoʻq, iltimos yoqib bering.")
    await nodir.wait_for("What is it?")
    await nodir.press("Application")
    await nodir.wait_for("consent")
    await nodir.press("I agree")
    await nodir.wait_for("surname and name")
    for name in ("12345", "\u200b", "…", "N" * 300, "\u3164"):
        await nodir.act("forge", message={"text": name})
        refused = await nodir.wait_for(lambda seen: not seen.mine)
        assert "name" in refused.text.lower(), (name, refused.text)
    await nodir.say("O‘G‘LI 李 Ñandú-Karimov")
    await nodir.wait_for("Where do you live")
    for place in ("99", "?", "P" * 600):
        await nodir.say(place)
        refused = await nodir.wait_for(lambda seen: not seen.mine)
        assert "residence" in refused.text.lower(), (place, refused.text)
    await nodir.say("Buxoro, 7")
    await nodir.wait_for("O‘G‘LI 李 Ñandú-Karimov")


async def test_the_first_time_still_works_after_all_of_it(playground: PlaygroundClient) -> None:
    late = await arrive(playground, "Late")
    await begin_appeal(late)
    await late.say("Koʻchada chiroq yoʻq, iltimos yoqib bering.")
    await late.wait_for("What is it?")
    await late.press("Proposal")
    await introduce(late)
    await late.wait_for("Please check")
