"""A served playground, a real aiogram bot that talks to it over HTTP, and Aziza."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.playground import Playground, PlaygroundUser, open_playground
from bot.playground.server import Served

TOKEN = "42:test-token"


def make_bot(served: Served, token: str = TOKEN) -> Bot:
    return Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(served.url)))


@pytest.fixture
async def served(anyio_backend: str) -> AsyncIterator[Served]:
    world = Playground(tokens=[TOKEN], backoff=(0.01, 0.05))
    async with open_playground(world) as running:
        yield running


@pytest.fixture
async def tg(served: Served) -> AsyncIterator[Bot]:
    bot = make_bot(served)
    yield bot
    await bot.session.close()


@pytest.fixture
async def aziza(served: Served) -> PlaygroundUser:
    """Has pressed Start; her update is still waiting for the bot."""
    person = await served.client.new_user("Aziza", language_code="uz", phone="+998901112233")
    await person.say("/start")
    return person
