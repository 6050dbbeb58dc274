"""The unmodified bot on a real database, talking over HTTP to the playground; citizens talk to it there.

The process's clock stands still on Monday 2 March 2026, 10:00 in Tashkent (see `tests.conftest`).
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.app import run_bot
from bot.playground import Playground, PlaygroundUser, open_playground
from bot.playground.server import Served
from hub.foundation.db import Database
from hub.foundation.settings import Settings
from hub.foundation.vocabulary import Role
from hub.library import agencies
from hub.people import officials, sessions
from hub.people.actors import OfficialActor

TOKEN = "42:test-token"
NewCitizen = Callable[..., Awaitable[PlaygroundUser]]


class RunningBot:
    """A bot process as a task: started, stopped and started again."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database = database
        self.settings = settings
        self._stop = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._stop = asyncio.Event()
        self._task = asyncio.create_task(run_bot(self.database, self.settings, stop=self._stop))

    async def stop(self) -> None:
        """As on SIGTERM."""
        self._stop.set()
        if self._task is not None:
            await self._task
            self._task = None

    async def crash(self) -> None:
        """Everything under way is cut off where it stands."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None


@pytest.fixture
async def served(anyio_backend: str) -> AsyncIterator[Served]:
    async with open_playground(Playground(tokens=[TOKEN], backoff=(0.01, 0.05))) as running:
        yield running


@pytest.fixture
def bot_settings(settings: Settings, served: Served) -> Settings:
    return settings.model_copy(update={"telegram_token": TOKEN, "telegram_api_url": served.url})


async def prepare(database: Database) -> None:
    async with database.unit_of_work() as uow:
        await agencies.sync(uow)


@pytest.fixture
async def running(sqlite_database: Database, bot_settings: Settings) -> AsyncIterator[RunningBot]:
    await prepare(sqlite_database)
    bot = RunningBot(sqlite_database, bot_settings)
    await bot.start()
    yield bot
    await bot.stop()


@pytest.fixture
async def aziza(served: Served, running: RunningBot) -> PlaygroundUser:
    """Has chosen English; nothing else is known of her."""
    return await arrive(served, "Aziza")


async def arrive(served: Served, name: str, language: str = "English") -> PlaygroundUser:
    person = await served.client.new_user(name, language_code="en", phone="+998901112233")
    await person.say("/start")
    await person.wait_for(lambda seen: language in seen.buttons)
    await person.press(language)
    await person.wait_for(lambda seen: not seen.mine)
    return person


async def file_appeal(
    person: PlaygroundUser, text: str, kind: str = "Application", *, first: bool = True
) -> str:
    """Goes the whole way and returns the number."""
    await person.say("/appeal")
    await person.wait_for("in your own words what happened")
    await person.say(text)
    await person.wait_for("What is it?")
    await person.press(kind)
    if first:
        await introduce(person)
    await person.wait_for("Please check before sending")
    await person.press("Confirm and send")
    receipt = await person.wait_for("Tracking code")
    return line_after(receipt.text, "Number: ")


async def introduce(person: PlaygroundUser) -> None:
    """Consent, name and residence, as asked the first time."""
    await person.wait_for("consent")
    await person.press("I agree")
    await person.wait_for("surname and name")
    await person.say("Karimova Aziza")
    await person.wait_for("Where do you live")
    await person.say("Toshkent shahri, Chilonzor tumani, 5-uy")


def line_after(text: str, label: str) -> str:
    return next(line.removeprefix(label) for line in text.splitlines() if line.startswith(label))


async def until(check: Callable[[], Awaitable[bool]], seconds: float = 10) -> None:
    """Waits for something that shows only in the database."""
    async with asyncio.timeout(seconds):
        while not await check():  # noqa: ASYNC110 -- another process would write it; there is no event
            await asyncio.sleep(0.05)


async def official(database: Database, login: str, agency: str) -> OfficialActor:
    async with database.unit_of_work() as uow:
        new = await officials.add(uow, login=login, role=Role.HEAD, agency=agency, with_token=True)
        actor = await sessions.authenticate_token(uow, new.token or "")
    assert actor is not None
    return actor
