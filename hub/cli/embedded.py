"""`qabul run`: web, bot, worker, beat and playground on one loop of one process."""

import asyncio
import sys
from collections.abc import Coroutine
from typing import Any

import structlog
from celery import Celery

from hub.app import create_app, create_resources, enter_agencies, open_channels, open_database
from hub.cli.seed import SignIn, seed_demo
from hub.cli.serving import (
    PortTakenError,
    bind,
    run_bot,
    run_playground,
    say,
    serve_app,
    stop_on_signals,
)
from hub.foundation.db import Database
from hub.foundation.settings import Settings
from hub.library.shelf import Shelf
from hub.tasks.nudge import Nudges, PublishingBell
from hub.worker import EmbeddedWorker, create_celery, create_workshop, owner_prefix, sole

log = structlog.get_logger(__name__)

#: The playground takes any token of the right shape.
PLAYGROUND_TOKEN = "1000001:playground-needs-no-secret-000000000"  # noqa: S105 -- says so itself


async def run_everything(settings: Settings) -> int:
    """Until SIGTERM or Ctrl-C; 0 after a clean end, 1 when something could not be started or broke."""
    lock = sole(settings.data_dir, "run")
    if lock is None:
        sys.stderr.write(f"Qabul already runs on the data folder {settings.data_dir}; stop it first.\n")
        return 1
    stop = stop_on_signals()
    try:
        listener = bind(settings.host, settings.port, "QABUL_PORT")
        async with Parts(stop) as parts:
            playground = ""
            if not settings.telegram_token and not settings.production:
                playground, settings = await _playground(settings, parts)
            celery = create_celery(settings)
            nudges = Nudges(celery)
            database = open_database(settings, create_resources(settings, PublishingBell(nudges)))
            parts.at_end(database.dispose())
            parts.at_end(asyncio.to_thread(nudges.close))
            await enter_agencies(database)
            parts.start("library", Shelf(database).keep_current(stop))
            people = () if settings.production else await seed_demo(database)
            await _start_worker(settings, database, celery, parts)
            web = asyncio.Event()
            app = create_app(settings, database)
            parts.start("web", serve_app(app, settings, listener, stop, web.set))
            parts.start("bot", run_bot(database, settings, stop))
            await parts.until(web)
            if not stop.is_set():
                _announce(settings, playground, people)
            await parts.wait()
    except PortTakenError as taken:
        sys.stderr.write(f"{taken}\n")
        return 1
    if parts.broken:
        sys.stderr.write(f"Qabul stopped because its part '{parts.broken}' broke; the log says why.\n")
        return 1
    say("Stopped.")
    return 0


class Parts:
    """Tasks that live and end together: when one ends before it was asked to, all are asked to."""

    def __init__(self, stop: asyncio.Event) -> None:
        self._stop = stop
        self._tasks: list[asyncio.Task[None]] = []
        self._endings: list[Coroutine[Any, Any, object]] = []
        self.broken = ""

    async def __aenter__(self) -> "Parts":
        return self

    async def __aexit__(self, *_error: object) -> None:
        self._stop.set()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for ending in reversed(self._endings):
            await ending

    def start(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.append(asyncio.create_task(self._watched(name, work), name=name))

    def at_end(self, ending: Coroutine[Any, Any, object]) -> None:
        """Run after all tasks have ended, last given first."""
        self._endings.append(ending)

    async def until(self, event: asyncio.Event) -> None:
        """Returns when `event` is set or everything is being stopped."""
        waits = [asyncio.create_task(one.wait()) for one in (event, self._stop)]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()

    async def wait(self) -> None:
        await self._stop.wait()

    async def _watched(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as error:
            self.broken = self.broken or name
            if not isinstance(error, PortTakenError):
                log.exception("part_broke", part=name)
        else:
            if not self._stop.is_set():
                self.broken = self.broken or name
        self._stop.set()


async def _playground(settings: Settings, parts: Parts) -> tuple[str, Settings]:
    """The chat page's address, and settings that point the bot to it."""
    address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    # It outlives the bot, which still sends its last words: hence a stop of its own.
    stop = asyncio.Event()
    serving = asyncio.create_task(run_playground(settings, stop, address.set_result))
    serving.add_done_callback(lambda _ended: address.cancel())
    await asyncio.wait([address])
    if address.cancelled():
        await serving  # raises why it could not be started
        raise PortTakenError("The playground ended before it began.")

    async def end() -> None:
        stop.set()
        await serving

    parts.at_end(end())
    found = address.result()
    return found, settings.model_copy(update={"telegram_api_url": found, "telegram_token": PLAYGROUND_TOKEN})


async def _start_worker(settings: Settings, database: Database, celery: Celery, parts: Parts) -> None:
    prefix = owner_prefix("embedded")
    channels = open_channels(settings)
    for channel in channels.values():
        parts.at_end(channel.close())
    workshop = create_workshop(database, channels, prefix)
    await workshop.relay.recover(prefix)
    embedded = EmbeddedWorker(celery, workshop, settings.data_dir)
    embedded.start()
    parts.at_end(embedded.stop())


def _announce(settings: Settings, playground: str, people: tuple[SignIn, ...]) -> None:
    say("")
    say(f"Reception for citizens   {settings.base_url}/")
    say(f"Inbox for officials      {settings.base_url}/sign-in")
    say(f"Supervision              {settings.base_url}/supervision")
    if playground:
        say(f"Chat with the bot        {playground}/")
    if people:
        say("")
        say("Demo sign-ins")
        for one in people:
            say(f"  {one.login:14} {one.password:22} {one.name} ({one.post})")
    say("")
    say("Ready. Ctrl-C stops everything.")
