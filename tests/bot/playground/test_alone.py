"""The playground as a process of its own: starts, tells its address, stops cleanly, outlives a killed bot."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.playground import Playground, PlaygroundClient
from bot.playground.server import Served
from tests.bot.playground.conftest import make_bot

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parents[3]

POLLER = """
import asyncio, sys
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
async def main():
    bot = Bot("42:test-token", session=AiohttpSession(api=TelegramAPIServer.from_base(sys.argv[1])))
    await bot.get_updates(timeout=0)
    print("polling", flush=True)
    await bot.get_updates(timeout=50)
asyncio.run(main())
"""


@asynccontextmanager
async def process(*arguments: str) -> AsyncIterator[asyncio.subprocess.Process]:
    running = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    try:
        yield running
    finally:
        if running.returncode is None:
            os.kill(running.pid, signal.SIGKILL)
        await running.wait()


async def first_line(running: asyncio.subprocess.Process) -> str:
    assert running.stdout
    return (await running.stdout.readline()).decode().strip()


async def test_it_starts_alone_and_stops_cleanly() -> None:
    async with process("-m", "bot.playground", "--port", "0") as running:
        address = (await first_line(running)).removeprefix("Chat page: ")
        async with PlaygroundClient(address) as client:
            assert (await client.user("Aziza")).name == "Aziza"
        running.send_signal(signal.SIGTERM)
        assert await running.wait() == 0


async def test_it_refuses_a_public_address() -> None:
    async with process("-m", "bot.playground", "--host", "0.0.0.0") as running:
        assert await running.wait() == 1


async def test_what_a_killed_poller_was_handed_comes_again(served: Served) -> None:
    """The open poll of a dead process swallows nothing: its answer goes nowhere, so nothing is confirmed."""
    async with process("-c", POLLER, served.url) as running:
        assert await first_line(running) == "polling"
        await asyncio.sleep(0.2)
        running.kill()
        await running.wait()
    aziza = await served.client.new_user("Aziza")
    await aziza.say("Is anybody there?")
    bot = make_bot(served)
    (update,) = await bot.get_updates()
    assert update.message
    assert update.message.text == "Is anybody there?"
    await bot.session.close()


async def test_a_world_can_be_made_in_advance() -> None:
    """Fixed ids for tests that compare them."""
    world = Playground(tokens=["7:x"], first_id=1)
    account = world.the_bot()
    assert account.id == 7
    assert world.push(account, "message", {"message_id": world.next_message_id()}) == 1
    with pytest.raises(LookupError):
        world.the_bot(8)
