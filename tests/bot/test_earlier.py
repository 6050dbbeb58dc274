"""Aziza writes the same again: she is told of the first one and chooses."""

import pytest

from bot.playground import PlaygroundUser
from tests.bot.conftest import file_appeal

pytestmark = pytest.mark.anyio

WATER = "Uyimizda bir haftadan beri ichimlik suvi yoʻq, vodoprovod ishlamayapti. Iltimos, yordam bering."
WATER_AGAIN = "уйимизда бир хафтадан бери ичимлик суви йук водопровод ишламаяпти"


async def write_again(person: PlaygroundUser, number: str) -> None:
    await person.say(f"/appeal {WATER_AGAIN}")
    await person.wait_for("What is it?")
    await person.press("Application")
    await person.wait_for("Please check before sending")
    await person.press("Confirm and send")
    told = await person.wait_for(f"You already have this registered under {number}")
    assert "answer due by 17 March 2026" in told.text
    assert {"Add to this appeal", "File a separate appeal"} <= set(told.buttons)


async def test_what_was_written_again_is_added_to_the_first(aziza: PlaygroundUser) -> None:
    number = await file_appeal(aziza, WATER)
    await write_again(aziza, number)
    await aziza.press("Add to this appeal")
    await aziza.wait_for(f"Added to appeal {number}")
    await aziza.say("/my")
    listed = await aziza.wait_for("My appeals")
    assert listed.text.count("UZ26-") == 1
    await aziza.press(number)
    details = await aziza.wait_for("History")
    assert WATER_AGAIN in details.text


async def test_a_separate_appeal_is_never_refused(aziza: PlaygroundUser) -> None:
    number = await file_appeal(aziza, WATER)
    await write_again(aziza, number)
    await aziza.press("File a separate appeal")
    await aziza.wait_for(lambda seen: "Tracking code" in seen.text and number not in seen.text)
    await aziza.say("/my")
    listed = await aziza.wait_for("My appeals")
    assert listed.text.count("UZ26-") == 2
