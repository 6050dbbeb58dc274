"""The port every network implements: send one message, fetch one file, say honestly what came of it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from hub.delivery.content import Outgoing


@dataclass(frozen=True, slots=True)
class Sent:
    provider_id: str


@dataclass(frozen=True, slots=True)
class RetryLater:
    """Certainly not delivered (refused connection, 429): safe to send again after `seconds`."""

    seconds: float
    reason: str


@dataclass(frozen=True, slots=True)
class Uncertain:
    """The request left and no answer came: it may have been delivered."""

    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Refused for good."""

    reason: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """The person has shut the channel (blocked the bot, closed the mailbox)."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat has another address now; send there."""

    target: str


SendResult = Sent | RetryLater | Uncertain | Failed | Blocked | Moved


@dataclass(frozen=True, slots=True)
class File:
    path: Path
    name: str
    media_type: str


class Channel(Protocol):
    """`target` is the opened address (chat id, e-mail address). `send` never raises on network trouble."""

    async def send(self, target: str, content: Outgoing, file: File | None) -> SendResult: ...

    def fetch(self, source: dict[str, Any]) -> AsyncIterator[bytes]:
        """The bytes of a file somebody sent; OSError when it cannot be had now, ValueError for good."""
        ...

    async def close(self) -> None: ...
