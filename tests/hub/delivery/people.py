"""Citizens with a chat, and a network that does as it is told."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

from hub.delivery.channel import File, SendResult, Sent
from hub.delivery.content import Outgoing
from hub.foundation.db import Database
from hub.foundation.vocabulary import ChannelName
from hub.people import addresses, citizens

Answer = SendResult | Exception | Callable[[], SendResult]


@dataclass
class ScriptedChannel:
    """Gives the scripted answers in turn, then `Sent`; remembers every call."""

    script: list[Answer] = field(default_factory=list)
    calls: list[tuple[str, Outgoing]] = field(default_factory=list)

    async def send(self, target: str, content: Outgoing, file: File | None) -> SendResult:
        self.calls.append((target, content))
        answer = self.script.pop(0) if self.script else Sent(f"provider-{len(self.calls)}")
        if isinstance(answer, Exception):
            raise answer
        return answer() if callable(answer) else answer

    async def fetch(self, source: dict[str, Any]) -> AsyncIterator[bytes]:
        yield b""

    async def close(self) -> None:
        """Nothing to close."""

    @property
    def texts(self) -> list[str]:
        return [content.text for _target, content in self.calls]


async def chat_of(database: Database, external_id: str, account: str = "7") -> int:
    """The address id of a citizen who wrote from that Telegram chat."""
    async with database.unit_of_work() as uow:
        actor = await citizens.arrive(
            uow, channel=ChannelName.TELEGRAM, account=account, external_id=external_id
        )
        return await citizens.address_of(uow, actor)


async def mailbox_of(database: Database, address: str) -> int:
    async with database.unit_of_work() as uow:
        citizen = await addresses.new_citizen(uow)
        tied = await addresses.tie(uow, citizen, channel=ChannelName.EMAIL, account="", external_id=address)
        return tied.id
