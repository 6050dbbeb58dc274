"""What a task needs, and the loop that owns it: a coroutine of the hub runs where its engine lives."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from hub.delivery.channel import Channel
from hub.delivery.relay import Relay
from hub.foundation.db import Database

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Workshop:
    database: Database
    channels: dict[str, Channel]
    relay: Relay


class Runner(Protocol):
    def __call__(self, coroutine: Coroutine[Any, Any, T], /) -> T: ...


@dataclass(slots=True)
class _Open:
    workshop: Workshop
    run: Runner


_opened: list[_Open] = []


def open_workshop(workshop: Workshop, run: Runner) -> None:
    """By the composition root, once per worker process; `run` carries coroutines to the engine's loop."""
    _opened[:] = [_Open(workshop, run)]


def close_workshop() -> None:
    """Tasks that still come do nothing: what is due is found by the next process."""
    _opened.clear()


def run(job: Callable[[Workshop], Awaitable[None]]) -> None:
    """Runs one job to its end; nothing at all when the workshop is closed."""
    if not _opened:
        return
    opened = _opened[0]

    async def carried() -> None:
        await job(opened.workshop)

    try:
        opened.run(carried())
    except asyncio.CancelledError:
        return  # the loop is being stopped
