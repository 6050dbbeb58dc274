"""Long-running parts as coroutines, and the signals that end them."""

import asyncio
import contextlib
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator

import uvicorn
from fastapi import FastAPI

from hub.app import create_app, create_resources, dotted, enter_agencies, open_database
from hub.foundation.db import Database
from hub.foundation.live import Bell
from hub.foundation.settings import Settings
from hub.library.shelf import Shelf
from hub.tasks.nudge import Nudges, PublishingBell
from hub.worker import create_celery

#: For requests under way (a live stream ends at once, a form is finished).
GRACE = 5


def stop_on_signals() -> asyncio.Event:
    """Set by the first SIGTERM or Ctrl-C; a second Ctrl-C ends the process the hard way."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def asked(number: signal.Signals) -> None:
        stop.set()
        loop.remove_signal_handler(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, asked, number)
    return stop


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class PortTakenError(Exception):
    """Somebody else listens there; the text is a plain sentence."""


def bind(host: str, port: int, variable: str) -> socket.socket:
    """Listens at once, so that a taken port is known before anything else is started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Only with the protocol named does asyncio switch Nagle's delay off: it costs 40 ms an answer.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise PortTakenError(
            f"Cannot listen on {host}:{port} ({error.strerror}); choose another with {variable}."
        ) from None
    return listener


async def serve_app(
    app: FastAPI,
    settings: Settings,
    listener: socket.socket,
    stop: asyncio.Event,
    ready: Callable[[], None] | None = None,
) -> None:
    """Serves until `stop`; `ready` is called once connections are answered."""
    app.state.stop = stop
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_graceful_shutdown=GRACE,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    stopping = asyncio.create_task(stop.wait())
    try:
        while not server.started and not serving.done():  # noqa: ASYNC110 -- uvicorn has no event for it
            await asyncio.sleep(0.02)
        if ready is not None and not serving.done():
            ready()
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        server.should_exit = True
        await serving


@contextlib.contextmanager
def waking_workers(settings: Settings) -> Iterator[Bell]:
    """A bell that also wakes the Celery workers; a plain one where there can be none."""
    if settings.broker_url.startswith("memory"):
        yield Bell()
        return
    nudges = Nudges(create_celery(settings))
    try:
        yield PublishingBell(nudges)
    finally:
        nudges.close()


@contextlib.asynccontextmanager
async def keeping_library(database: Database) -> AsyncIterator[None]:
    """While it lasts, what editors publish in any process takes effect in this one."""
    stop = asyncio.Event()
    keeping = asyncio.create_task(Shelf(database).keep_current(stop), name="library")
    try:
        yield
    finally:
        stop.set()
        await asyncio.gather(keeping, return_exceptions=True)


@contextlib.asynccontextmanager
async def opened(settings: Settings, bell: Bell) -> AsyncIterator[Database]:
    database = open_database(settings, create_resources(settings, bell))
    try:
        await enter_agencies(database)
        async with keeping_library(database):
            yield database
    finally:
        await database.dispose()


async def serve_web(settings: Settings) -> int:
    try:
        listener = bind(settings.host, settings.port, "QABUL_PORT")
    except PortTakenError as taken:
        return _refused(taken)
    stop = stop_on_signals()
    with waking_workers(settings) as bell:
        async with opened(settings, bell) as database:
            app = create_app(settings, database)
            await serve_app(app, settings, listener, stop, lambda: say(f"Web: {settings.base_url}"))
    return 0


async def serve_bot(settings: Settings) -> int:
    stop = stop_on_signals()
    with waking_workers(settings) as bell:
        async with opened(settings, bell) as database:
            running = dotted(settings.bot_runner)(database, settings, stop=stop)
            say("Bot: running")
            await running
    return 0


async def run_bot(database: Database, settings: Settings, stop: asyncio.Event) -> None:
    await dotted(settings.bot_runner)(database, settings, stop=stop)


async def serve_playground(settings: Settings) -> int:
    stop = stop_on_signals()
    try:
        await run_playground(settings, stop, lambda address: say(f"Playground: {address}"))
    except PortTakenError as taken:
        return _refused(taken)
    return 0


async def run_playground(settings: Settings, stop: asyncio.Event, ready: Callable[[str], None]) -> None:
    try:
        await dotted(settings.playground_server)(
            "127.0.0.1", settings.playground_port, ready=ready, stop=stop
        )
    except OSError as error:
        raise PortTakenError(
            f"Cannot listen on 127.0.0.1:{settings.playground_port} ({error.strerror}); "
            "choose another with QABUL_PLAYGROUND_PORT."
        ) from None


def say(line: str) -> None:
    """For the person at the terminal, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _refused(taken: PortTakenError) -> int:
    sys.stderr.write(f"{taken}\n")
    return 1
