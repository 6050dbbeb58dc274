"""The relay: claim a row and commit, send outside any transaction, write down what came of it.

Promised: never zero copies, never to another address, one copy unless an answer of the network was lost; each
such attempt is counted as ambiguous and stays visible after success. Any number of relays may run at once.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping

import structlog
from sqlalchemy.exc import SQLAlchemyError

from hub.delivery.channel import Channel, Failed, File, SendResult, Uncertain
from hub.delivery.claims import Claim, claim, free_leases, settle
from hub.foundation.db import Database, UnitOfWork
from hub.foundation.faults import reach

log = structlog.get_logger(__name__)

#: The hard limit of one send, whatever the channel's own timeouts are.
SEND_TIMEOUT = 30.0

#: The stored file of a message, or None when there is none any more.
OpenFile = Callable[[UnitOfWork, str], Awaitable[File | None]]


class Relay:
    """`owner` names this process; it must begin with a prefix that is the same after its restart."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        owner: str,
        open_file: OpenFile | None = None,
    ) -> None:
        self._database = database
        self._channels = channels
        self._owner = owner
        self._open_file = open_file

    async def drain(self, limit_seconds: float = 10) -> int:
        """Sends what is due until nothing is or the time is up; returns how many rows it dealt with."""
        end = time.monotonic() + limit_seconds
        dealt = 0
        while time.monotonic() < end and await self.send_one():
            dealt += 1
        return dealt

    async def send_one(self) -> bool:
        """False when nothing was due."""
        async with self._database.unit_of_work() as uow:
            claimed = await claim(uow, self._owner, self._channels)
        if claimed is None:
            return False
        reach("K8")
        try:
            result = await self._send(claimed)
        except asyncio.CancelledError:
            # Stopped in the act: the request may have left.
            await asyncio.shield(self._settle(claimed, Uncertain("the relay was stopped while sending")))
            raise
        reach("K10")
        await self._settle(claimed, result)
        reach("K11")
        return True

    async def recover(self, owner_prefix: str) -> int:
        """Call once at start: frees what an earlier life of this process held."""
        async with self._database.unit_of_work() as uow:
            return await free_leases(uow, owner_prefix)

    async def _send(self, claimed: Claim) -> SendResult:
        file = await self._file(claimed)
        if claimed.content.attachment_id is not None and file is None and not claimed.content.text:
            return Failed("the file is gone")
        channel = self._channels[claimed.channel]
        try:
            async with asyncio.timeout(SEND_TIMEOUT):
                return await channel.send(claimed.target, claimed.content, file)
        except TimeoutError:
            return Uncertain(f"no answer within {SEND_TIMEOUT:.0f} s")
        except Exception as error:  # a channel's bug must not stop the others' messages
            log.error("outbox.channel_raised", row=claimed.id, error=type(error).__name__)
            return Uncertain(f"the channel broke: {type(error).__name__}")

    async def _file(self, claimed: Claim) -> File | None:
        if claimed.content.attachment_id is None or self._open_file is None:
            return None
        async with self._database.reading() as uow:
            return await self._open_file(uow, claimed.content.attachment_id)

    async def _settle(self, claimed: Claim, result: SendResult) -> None:
        for pause in (0.1, 1.0, 5.0, None):
            try:
                async with self._database.unit_of_work() as uow:
                    if not await settle(uow, claimed, result):
                        log.warning("outbox.lease_lost", row=claimed.id, result=type(result).__name__)
                return
            except SQLAlchemyError:
                # The message is out; forgetting that would send it twice.
                if pause is None:
                    raise
                await asyncio.sleep(pause)
