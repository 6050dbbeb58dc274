"""The chat page in a browser: talk, press, attach, on a desk and on a phone, in light and dark."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiogram import Bot, Dispatcher
from aiogram.types import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
)
from playwright.async_api import Page, expect

from bot.playground.server import Served
from tests.real_parts.chromium import NARROW, axe_violations

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


def echo() -> Dispatcher:
    """A little bot: greets, offers buttons, repeats."""
    dispatcher = Dispatcher()

    @dispatcher.callback_query()
    async def pressed(query: CallbackQuery) -> None:
        await query.answer("Noted")
        assert isinstance(query.message, Message)
        await query.message.edit_text(f"You pressed {query.data}")

    @dispatcher.message()
    async def answer(message: Message) -> None:
        if message.text == "/start":
            keys = [[KeyboardButton(text="File an appeal"), KeyboardButton(text="My appeals")]]
            menu = ReplyKeyboardMarkup(keyboard=keys, resize_keyboard=True)
            await message.answer("<b>Salom!</b> Try /ask", parse_mode="HTML", reply_markup=menu)
        elif message.photo:
            await message.answer("A photo")
        else:
            button = InlineKeyboardButton(text="Send to an official", callback_data="send")
            markup = InlineKeyboardMarkup(inline_keyboard=[[button]])
            await message.answer(f"<b>{message.text}</b>", reply_markup=markup)

    return dispatcher


@asynccontextmanager
async def talking(tg: Bot) -> AsyncIterator[None]:
    dispatcher = echo()
    task = asyncio.create_task(dispatcher.start_polling(tg, handle_signals=False, close_bot_session=False))
    try:
        yield
    finally:
        await dispatcher.stop_polling()
        await task


async def test_a_conversation_on_the_page(served: Served, tg: Bot, browser_page: Page) -> None:
    page = browser_page
    async with talking(tg):
        await page.goto(served.url)
        await page.get_by_role("button", name="Start", exact=True).click()
        log = page.get_by_role("log")
        await expect(log.get_by_text("Salom!")).to_be_visible()
        await page.get_by_role("button", name="File an appeal").click()
        await log.get_by_role("button", name="Send to an official").click()
        await expect(log.get_by_text("You pressed send")).to_be_visible()
        await expect(page.get_by_text("Noted")).to_be_visible()

        await page.get_by_label("Message", exact=True).fill("Koʻcha <qorongʻi>")
        await page.keyboard.press("Enter")
        await expect(log.get_by_text("<b>Koʻcha <qorongʻi></b>")).to_be_visible()

        picture = {"name": "hole.png", "mimeType": "image/png", "buffer": b"\x89PNG"}
        await page.get_by_label("File to send").evaluate("input => input.dataset.kind = 'photo'")
        await page.get_by_label("File to send").set_input_files(picture)
        await expect(log.get_by_text("A photo")).to_be_visible()
        await expect(log.get_by_text("waiting for the bot")).to_have_count(0)

        await page.get_by_role("button", name="Timur").click()
        await expect(log.get_by_text("Timur has not written yet")).to_be_visible()
        await page.get_by_label("Name of a new person").fill("Gulnora")
        await page.get_by_role("button", name="Add").click()
        await expect(log.get_by_text("Gulnora has not written yet")).to_be_visible()


@pytest.mark.parametrize("width", ["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_page_is_accessible_and_fits(
    served: Served, tg: Bot, browser_page: Page, width: str, scheme: str
) -> None:
    page = browser_page
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    if width == "narrow":
        await page.set_viewport_size(NARROW)
    aziza = await served.client.user("Aziza")
    async with talking(tg):
        await aziza.say("/start")
        await aziza.wait_for("Salom")
        await aziza.say("Where do I ask for a new meter? https://my.gov.uz")
        await aziza.wait_for("new meter")
        await page.goto(served.url)
        await expect(page.get_by_role("button", name="Send to an official")).to_be_visible()
        await page.get_by_label("Attach something").click()
        assert await axe_violations(page) == []
        too_wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not too_wide
