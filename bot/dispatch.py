"""Stored updates to handlers: in order within a chat, several chats at once, one transaction for each update.

State of the dialogue, appeal, events and replies commit together with `arrivals.done`; a handler that raises
leaves nothing behind and is tried again, then parked with a word to the citizen.
"""

import asyncio
import contextlib
import os
import secrets
import socket
import time
from collections.abc import Coroutine
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import AiogramError
from aiogram.types import Chat, Update, User
from pydantic import ValidationError

from bot import errors
from bot.middlewares import is_private
from bot.talk import AfterCommit, open_talk
from hub.delivery import arrivals
from hub.delivery.arrivals import AlreadyHandledError, ArrivalView
from hub.foundation.db import Database, UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.faults import reach
from hub.foundation.i18n import speaking
from hub.foundation.live import Bell

log = structlog.get_logger(__name__)

#: Chats handled at once; on SQLite there is one writer whatever this says.
CHATS_AT_ONCE = 8
#: Long enough for the slowest handler; a crashed process's chats wait this long, or until it is back.
LEASE_SECONDS = 30.0
POLL_SECONDS = 0.25
#: Seconds for one chat before others get their turn; well within the lease.
TURN = 10.0
#: What every message has had since the first Bot API; the rest changes with Telegram's releases.
READABLE = ("message_id", "date", "chat", "from", "text")


def owner_prefix() -> str:
    """The same after a restart, so that a process finds the leases it left behind."""
    return f"bot@{socket.gethostname()}:"


class Dispatch:
    """Handles the arrivals of every chat it can lease, until told to stop; then finishes what it began.

    `owner` is the prefix of its leases.
    """

    def __init__(self, database: Database, dispatcher: Dispatcher, bot: Bot, owner: str) -> None:
        self._database = database
        self._dispatcher = dispatcher
        self._bot = bot
        self._owner = f"{owner}{os.getpid()}:{secrets.token_hex(3)}"
        self._bell = database.resources.of(Bell)
        self._slots = asyncio.Semaphore(CHATS_AT_ONCE)
        self._running: set[asyncio.Task[None]] = set()

    async def run(self, stop: asyncio.Event) -> None:
        try:
            while not stop.is_set():
                rung = asyncio.ensure_future(self._bell.wait("arrivals", POLL_SECONDS))
                await self._hand_out()
                await rung
        finally:
            await asyncio.gather(*self._running, return_exceptions=True)

    async def _hand_out(self) -> None:
        """A task for each chat that has something due."""
        while True:
            await self._slots.acquire()
            chat_key = None
            try:
                async with self._database.unit_of_work() as uow:
                    chat_key = await arrivals.claim_chat(uow, owner=self._owner, seconds=LEASE_SECONDS)
            except Exception as error:
                log.error("chats_not_claimed", kind=type(error).__name__)
                await asyncio.sleep(POLL_SECONDS)
            if chat_key is None:
                self._slots.release()
                return
            self._start(self._serve(chat_key))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _serve(self, chat_key: str) -> None:
        try:
            until = time.monotonic() + TURN
            while await self._handle_next(chat_key) and time.monotonic() < until:
                pass
        except Exception as error:
            log.error("chat_interrupted", kind=type(error).__name__)
        finally:
            self._slots.release()
            with contextlib.suppress(Exception):
                # A lease that cannot be given back now runs out by itself.
                async with self._database.unit_of_work() as uow:
                    await arrivals.release_chat(uow, chat_key, self._owner)
                    uow.after_commit(self._bell.ringer("arrivals"))

    async def _handle_next(self, chat_key: str) -> bool:
        """False when the chat has nothing due, or what it has must wait for its next attempt."""
        arrival: ArrivalView | None = None
        afterwards: list[AfterCommit] = []
        try:
            async with self._database.unit_of_work() as uow:
                arrival = await arrivals.next_arrival(uow, chat_key)
                if arrival is None:
                    return False
                await self._feed(uow, chat_key, arrival, afterwards)
                await arrivals.done(uow, arrival.id)
            reach("K5")
        except HubError as refusal:
            assert arrival is not None
            await self._refuse(chat_key, arrival, refusal)
        except AlreadyHandledError:
            return True
        except Exception as error:
            if arrival is None:
                raise
            return await self._fail(chat_key, arrival, error)
        for call in afterwards:
            self._start(_best_effort(call))
        return True

    async def _feed(
        self, uow: UnitOfWork, chat_key: str, arrival: ArrivalView, afterwards: list[AfterCommit]
    ) -> None:
        update = read_update(self._bot, arrival.payload)
        await self._dispatcher.feed_update(
            self._bot, update, uow=uow, chat_key=chat_key, afterwards=afterwards
        )

    async def _refuse(self, chat_key: str, arrival: ArrivalView, refusal: HubError) -> None:
        """A use-case said no: nothing of the update holds but the sentence that says why."""
        async with self._database.unit_of_work() as uow:
            await self._tell(uow, chat_key, arrival, refusal)
            await arrivals.done(uow, arrival.id)
        query = arrival.payload.get("callback_query")
        if isinstance(query, dict):
            self._start(_best_effort(lambda: self._bot.answer_callback_query(str(query.get("id")))))

    async def _fail(self, chat_key: str, arrival: ArrivalView, error: Exception) -> bool:
        # The type and the place only: a message of an exception may quote what the citizen wrote.
        log.error("update_failed", arrival=arrival.id, tries=arrival.tries + 1, kind=_place(error))
        async with self._database.unit_of_work() as uow:
            parked = await arrivals.failed(uow, arrival.id, _place(error))
        if parked:
            log.critical("update_parked", arrival=arrival.id)
            with contextlib.suppress(Exception):
                # Best effort: what made the handler fail may make this fail too; the parked row stays.
                async with self._database.unit_of_work() as uow:
                    await self._tell(uow, chat_key, arrival, None)
        return parked

    async def _tell(
        self, uow: UnitOfWork, chat_key: str, arrival: ArrivalView, refusal: HubError | None
    ) -> None:
        """The sentence of a refusal, or the apology, to the person of a private chat."""
        who = _private_chat(arrival.payload)
        if who is None:
            return
        chat_id, hint = who
        talk = await open_talk(uow, self._bot, chat_id, chat_key, hint)
        with speaking(talk.actor.language):
            await talk.say(errors.words(refusal) if refusal else errors.apology())


def read_update(bot: Bot, payload: dict[str, Any]) -> Update:
    """A message whose contents this release cannot read keeps its text and is else of an unknown kind."""
    try:
        return Update.model_validate(payload, context={"bot": bot})
    except ValidationError:
        message = payload.get("message")
        if not isinstance(message, dict):
            raise
        bare = {name: message[name] for name in READABLE if name in message}
        return Update.model_validate(
            {"update_id": payload["update_id"], "message": bare}, context={"bot": bot}
        )


def _private_chat(payload: dict[str, Any]) -> tuple[int, str | None] | None:
    """Chat id and language hint of an update from a private chat, read without trusting its shape."""
    event: dict[str, Any] = next((value for value in payload.values() if isinstance(value, dict)), {})
    message = event.get("message")
    try:
        chat = Chat.model_validate((message if isinstance(message, dict) else event)["chat"])
        user = User.model_validate(event["from"])
    except (KeyError, TypeError, ValueError):
        return None
    return (chat.id, user.language_code) if is_private(chat, user) else None


async def _best_effort(call: AfterCommit) -> None:
    try:
        await call()
    except AiogramError as error:
        # A button pressed long ago cannot be acknowledged any more; nothing depends on it.
        log.debug("call_skipped", kind=type(error).__name__)


def _place(error: BaseException) -> str:
    trace, place = error.__traceback__, ""
    while trace is not None:
        code = trace.tb_frame.f_code
        place = f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno} {code.co_name}"
        trace = trace.tb_next
    return f"{type(error).__name__} at {place}"
