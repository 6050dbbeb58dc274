"""Webhooks: the secret header, order, retry until a 2xx, a method in the reply."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiohttp import web

from bot.playground import PlaygroundUser
from bot.playground.server import Served

pytestmark = pytest.mark.anyio


@dataclass
class Receiver:
    """A bot's web server. `failures`: statuses to answer with before it gets better."""

    url: str = ""
    failures: list[int] = field(default_factory=list)
    reply: dict[str, Any] | None = None
    seen: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    async def receive(self, request: web.Request) -> web.Response:
        self.seen.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        status = self.failures.pop(0) if self.failures else 200
        self.came.set()
        if status == 200 and self.reply:
            return web.json_response(self.reply)
        return web.Response(status=status)

    async def wait(self, count: int) -> None:
        async with asyncio.timeout(5):
            while len(self.seen) < count:
                self.came.clear()
                await self.came.wait()


@pytest.fixture
async def receiver(anyio_backend: str) -> AsyncIterator[Receiver]:
    hook = Receiver()
    app = web.Application()
    app.router.add_post("/hook", hook.receive)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_updates_come_in_order_with_the_secret(
    tg: Bot, aziza: PlaygroundUser, receiver: Receiver
) -> None:
    await tg.set_webhook(receiver.url, secret_token="s3cret_")
    await aziza.say("one")
    await aziza.say("two")
    await receiver.wait(3)
    assert [update["message"]["text"] for update in receiver.seen] == ["/start", "one", "two"]
    assert receiver.secrets == ["s3cret_"] * 3


async def test_a_refused_update_comes_again_and_holds_the_others(
    served: Served, tg: Bot, aziza: PlaygroundUser, receiver: Receiver
) -> None:
    receiver.failures = [500, 503]
    await aziza.say("next")
    await tg.set_webhook(receiver.url)
    await receiver.wait(4)
    texts = [update["message"]["text"] for update in receiver.seen]
    assert texts == ["/start", "/start", "/start", "next"]
    info = await tg.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"
    assert receiver.secrets[0] is None


async def test_a_confirmed_update_is_in_the_log_and_can_be_repeated(
    served: Served, tg: Bot, aziza: PlaygroundUser, receiver: Receiver
) -> None:
    await tg.set_webhook(receiver.url)
    await receiver.wait(1)
    number = receiver.seen[0]["update_id"]
    await served.client.redeliver(number)
    await receiver.wait(2)
    assert receiver.seen[1] == receiver.seen[0]
    assert await served.client.confirmed() == {number}
    assert (await tg.get_webhook_info()).pending_update_count == 0


async def test_a_method_in_the_reply_is_obeyed(tg: Bot, aziza: PlaygroundUser, receiver: Receiver) -> None:
    receiver.reply = {"method": "sendMessage", "chat_id": aziza.id, "text": "At once"}
    await tg.set_webhook(receiver.url)
    assert (await aziza.wait_for("At once")).text == "At once"


async def test_webhook_addresses_and_secrets_are_checked(tg: Bot, aziza: PlaygroundUser) -> None:
    with pytest.raises(TelegramBadRequest, match="HTTPS"):
        await tg.set_webhook("http://example.uz/hook")
    with pytest.raises(TelegramBadRequest, match="unallowed characters"):
        await tg.set_webhook("https://example.uz/hook", secret_token="two words")
    await tg.delete_webhook(drop_pending_updates=True)
    assert await tg.get_updates() == []
