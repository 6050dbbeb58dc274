"""Polling of our own: an update is confirmed to Telegram only once it is committed here.

Stock polling confirms while handlers still run, and a crash loses what it confirmed. Here the next offset is
sent only after the commit, so a crash costs a redelivery, which `arrivals` recognises.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

import structlog
from aiogram import Bot

from bot.account import CallFailedError, call_raw
from hub.delivery import arrivals
from hub.foundation.db import Database
from hub.foundation.faults import reach

log = structlog.get_logger(__name__)

LONG_POLL = 25
#: Seconds to wait after an error, by Telegram's code; network trouble (0) and the rest back off by doubling.
SLOW = {401: 30.0, 404: 30.0, 409: 5.0}
WORDS = {
    401: "Telegram refuses the bot's token; it may have been revoked. Trying again slowly.",
    404: "Telegram does not know the bot's token; please check it. Trying again slowly.",
    409: "Another program is receiving this bot's updates, or a webhook is set. Trying again.",
}
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 15.0
#: A database that is away costs nobody anything to ask again.
DATABASE_PAUSE = 3.0


class Intake:
    """Receives for one bot until told to stop."""

    def __init__(
        self, database: Database, bot: Bot, kinds: Sequence[str], *, long_poll: int = LONG_POLL
    ) -> None:
        self._database = database
        self._bot = bot
        self._kinds = list(kinds)
        self._long_poll = long_poll
        self._pause = FIRST_PAUSE

    async def run(self, stop: asyncio.Event) -> None:
        offset: int | None = None
        stopping = asyncio.ensure_future(stop.wait())
        receiving: asyncio.Future[list[dict[str, Any]]] | None = None
        try:
            while not stop.is_set():
                receiving = asyncio.ensure_future(self._receive(offset))
                await asyncio.wait({receiving, stopping}, return_when=asyncio.FIRST_COMPLETED)
                if receiving.done():
                    offset = await self._keep(receiving, stop) or offset
        finally:
            # Nothing is confirmed by a poll we walk away from: its updates come again.
            left = [task for task in (receiving, stopping) if task is not None]
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)

    async def _receive(self, offset: int | None) -> list[dict[str, Any]]:
        params: dict[str, Any] = {"timeout": self._long_poll, "allowed_updates": self._kinds}
        if offset is not None:
            params["offset"] = offset
        updates = await call_raw(self._bot, "getUpdates", params, timeout=self._long_poll + 15)
        return list(updates)

    async def _keep(
        self, receiving: "asyncio.Future[list[dict[str, Any]]]", stop: asyncio.Event
    ) -> int | None:
        """The offset that confirms what is now committed; None when nothing new may be confirmed."""
        try:
            updates = receiving.result()
            if updates:
                reach("K1")
                async with self._database.unit_of_work() as uow:
                    await arrivals.accept(uow, bot_id=str(self._bot.id), updates=updates)
                reach("K3")
        except CallFailedError as error:
            await self._rest(stop, error)
            return None
        except Exception as error:
            # Most of all a database that is away: the updates stay with Telegram until it is back.
            log.error("updates_not_stored", kind=type(error).__name__)
            await self._rest(stop, None)
            return None
        self._pause = FIRST_PAUSE
        return max(update["update_id"] for update in updates) + 1 if updates else None

    async def _rest(self, stop: asyncio.Event, error: CallFailedError | None) -> None:
        seconds = self._pause
        self._pause = min(self._pause * 2, LONGEST_PAUSE)
        if error is None:
            seconds = min(seconds, DATABASE_PAUSE)
        else:
            seconds = error.retry_after or SLOW.get(error.code, seconds)
            log.warning("polling_interrupted", code=error.code, meaning=WORDS.get(error.code, str(error)))
        try:
            await asyncio.wait_for(stop.wait(), seconds)
        except TimeoutError:
            return
