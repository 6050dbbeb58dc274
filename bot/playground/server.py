"""Serving the playground: inside another process's event loop, or alone."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import Any

import uvicorn

from bot.playground.client import PlaygroundClient
from bot.playground.site import create_playground, is_loopback
from bot.playground.state import Playground

GRACE = 2


class _Server(uvicorn.Server):
    """Leaves the process's signals to whoever owns the process."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def bind(host: str, port: int, *, any_host: bool = False) -> socket.socket:
    """A listening socket; ValueError for a host that other machines could reach, unless `any_host`."""
    if not any_host and not is_loopback(host):
        raise ValueError(f"The playground listens on loopback only, not on {host}.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Only with the protocol named does asyncio switch Nagle's delay off: it costs 40 ms an answer.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(512)
    listener.setblocking(False)
    return listener


async def serve(
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    playground: Playground | None = None,
    ready: Callable[[str], Any] | None = None,
    stop: asyncio.Event | None = None,
    any_host: bool = False,
) -> None:
    """Serves until `stop` is set or the task is cancelled; then closes polls and streams and returns.

    Port 0 takes a free one. `ready` is called once with the address (`http://127.0.0.1:8081`), when
    connections
    are accepted. Signals are not touched. Production must not call this: the composition root checks the
    setting.
    """
    world = playground or Playground()
    listener = bind(host, port, any_host=any_host)
    config = uvicorn.Config(
        create_playground(world, any_host=any_host),
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=GRACE,
    )
    server = _Server(config)
    world.connections = server.server_state.connections
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listener.getsockname()[1]}"
    running = asyncio.create_task(server.serve(sockets=[listener]))
    stopping = asyncio.create_task((stop or asyncio.Event()).wait())
    try:
        while not server.started and not running.done():  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.01)
        if ready and not running.done():
            ready(address)
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        await world.close()
        server.should_exit = True
        await running
        listener.close()


@dataclass
class Served:
    """A running playground: its address, its world, and a client."""

    url: str
    playground: Playground
    client: PlaygroundClient


@contextlib.asynccontextmanager
async def open_playground(playground: Playground | None = None, port: int = 0) -> AsyncIterator[Served]:
    """For tests: a playground on a free port of this event loop, closed at the end."""
    world = playground or Playground()
    address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    stop = asyncio.Event()
    task = asyncio.create_task(serve(port=port, playground=world, ready=address.set_result, stop=stop))
    task.add_done_callback(lambda _: address.cancel())
    url = await address
    try:
        async with PlaygroundClient(url) as client:
            yield Served(url, world, client)
    finally:
        stop.set()
        await task
