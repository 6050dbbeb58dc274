"""The picture of the chat in the README, kept when QABUL_PICTURES=1."""

import pytest
from playwright.async_api import expect

from tests.journeys.conftest import OpenPage
from tests.journeys.household import Household
from tests.journeys.pages import PATIENCE, Chat
from tests.journeys.pictures import CHAT, write_png

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


async def test_a_conversation_for_the_readme(home: Household, browse: OpenPage) -> None:
    page = await browse(home.playground)
    await page.set_viewport_size({"width": 900, "height": 1200})
    await page.emulate_media(color_scheme="light", reduced_motion="reduce")
    await page.get_by_role("button", name="Jane").first.click()
    chat = Chat(page, "en")
    await page.get_by_role("button", name="Start", exact=True).click(timeout=PATIENCE)
    await chat.press("English")
    await chat.reads("Hello!")
    await chat.say("/appeal Our street has had no light for a week and children walk home in the dark.")
    await chat.press("Application")
    await chat.press("I agree")
    await chat.sees_button("Skip")
    await chat.say("Jane Karimova")
    await expect(chat.log.get_by_role("button", name="Skip")).to_have_count(1)
    await chat.reads("Where do you live? Region, district, street, in your own words. I will remember it.")
    await chat.say("Toshkent, Chilonzor tumani, 5-uy")
    await chat.press("Confirm and send")
    await chat.reads("Your appeal has been registered")
    await chat.say("мурожатимга неча кунда жавоб беришади")
    await chat.sees_button("This answers my question")
    await page.get_by_label("Message", exact=True).blur()
    write_png(CHAT, await page.screenshot())
    assert CHAT.stat().st_size < 300_000
