"""Several matters in one message: offered apart, each confirmed by itself."""

import pytest

from bot.playground import PlaygroundUser
from tests.bot.conftest import file_appeal, line_after

pytestmark = pytest.mark.anyio

WATER = "Uyimizda bir haftadan beri ichimlik suvi yoʻq, vodoprovod ishlamayapti."
TWO = (
    "1. Uyimizda bir haftadan beri ichimlik suvi yoʻq.\n"
    "2. Bolamni bogʻchaga olishmayapti, bogʻchada joy yoʻq deyishdi."
)


async def summary_of_two(aziza: PlaygroundUser) -> None:
    await file_appeal(aziza, WATER)
    await aziza.say(f"/appeal {TWO}")
    await aziza.wait_for("What is it?")
    await aziza.press("Application")
    summary = await aziza.wait_for("speak of several matters")
    assert {"File as separate appeals", "Keep as one", "Confirm and send"} <= set(summary.buttons)


async def test_two_matters_become_two_appeals_each_with_its_own_press(aziza: PlaygroundUser) -> None:
    await summary_of_two(aziza)
    await aziza.press("File as separate appeals")
    apart = await aziza.wait_for("Each one is sent only when you press its button")
    assert "Ministry of Construction" in apart.text
    assert "School Education" in apart.text
    await aziza.press("Send number 1")
    first = await aziza.wait_for("Your appeal has been registered")
    assert "Ministry of Construction" in line_after(first.text, "Agency: ")
    rest = await aziza.wait_for("Please check before sending")
    assert "ichimlik suvi" not in rest.text, "what was sent is not sent again"
    assert "School Education" in rest.text
    await aziza.press("Confirm and send")
    second = await aziza.wait_for("Your appeal has been registered")
    assert "School Education" in line_after(second.text, "Agency: ")
    assert line_after(first.text, "Number: ") != line_after(second.text, "Number: ")


async def test_kept_as_one_it_is_one_appeal(aziza: PlaygroundUser) -> None:
    await summary_of_two(aziza)
    await aziza.press("Keep as one")
    summary = await aziza.wait_for("Please check before sending")
    assert "several matters" not in summary.text
    assert "bogʻcha" in summary.text
    await aziza.press("Confirm and send")
    await aziza.wait_for("Your appeal has been registered")


async def test_one_matter_is_never_offered_as_two(aziza: PlaygroundUser) -> None:
    await file_appeal(aziza, WATER)
    await aziza.say(f"/appeal {WATER} Bolalar kasal boʻlyapti. Iltimos, yordam bering.")
    await aziza.wait_for("What is it?")
    await aziza.press("Application")
    summary = await aziza.wait_for("Please check before sending")
    assert "several matters" not in summary.text
    assert "Chosen by these words" in summary.text
