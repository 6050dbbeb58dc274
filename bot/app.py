"""The wiring of the bot: one dispatcher for production and tests, and the coroutine that runs everything."""

import asyncio
import contextlib
import fcntl
from collections.abc import Mapping
from typing import IO, Any

import structlog
from aiogram import Bot, Dispatcher

from bot import handlers
from bot.account import CallFailedError, call_raw, open_bot
from bot.channel import open_channel
from bot.commands import publish_commands
from bot.dispatch import Dispatch, owner_prefix
from bot.intake import Intake
from bot.middlewares import PrivateTalk
from hub.appeals.attachments import fetch_again, fetch_pending, file_to_send
from hub.delivery import arrivals
from hub.delivery.channel import Channel, File
from hub.delivery.relay import Relay
from hub.foundation.db import Database, UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.live import Bell
from hub.foundation.settings import Settings

log = structlog.get_logger(__name__)

#: Sends that may be under way at once: one slow chat must not hold up the others.
RELAYS = 3
RELAY_POLL = 0.5
FETCH_POLL = 1.0
WEBHOOK_CHECK = 60.0
#: For what is under way when we are told to stop.
GRACE = 10.0
#: What is received besides what handlers ask for: a blocked bot must be known.
ALWAYS = ("my_chat_member",)


def build_dispatcher() -> Dispatcher:
    """Routers and middlewares; state lives in the unit of work that `bot.dispatch` hands to each update."""
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.update.outer_middleware(PrivateTalk())
    dispatcher.include_routers(*handlers.create_routers())
    return dispatcher


async def run_bot(database: Database, settings: Settings, *, stop: asyncio.Event) -> None:
    """Receives, handles and answers until `stop` is set, then finishes what was begun and returns.

    In webhook mode the web process stores the updates; here they are only handled.
    """
    bot = open_bot(settings)
    channel = open_channel(settings)
    dispatcher = build_dispatcher()
    kinds = sorted({*dispatcher.resolve_used_update_types(), *ALWAYS})
    prefix = f"{owner_prefix()}{bot.id}:"
    relay = Relay(database, {"telegram": channel}, prefix, _open_file)
    lock = sole_process(settings, bot.id)
    if lock is not None:
        async with database.unit_of_work() as uow:
            await arrivals.free_leases(uow, prefix)
            await fetch_again(uow)
        await relay.recover(prefix)
    receiving = _watch_webhook if settings.telegram_mode == "webhook" else _poll
    tasks = [
        asyncio.create_task(Dispatch(database, dispatcher, bot, prefix).run(stop)),
        asyncio.create_task(_keep_fetching(database, {"telegram": channel}, stop)),
        *(asyncio.create_task(_keep_sending(database, relay, stop)) for _ in range(RELAYS)),
        asyncio.create_task(receiving(database, bot, settings, kinds, stop)),
    ]
    stopping = asyncio.create_task(stop.wait())
    everything = asyncio.gather(*tasks)
    try:
        waited: list[asyncio.Future[Any]] = [everything, stopping]
        await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(everything, GRACE)
        # What the last handled updates said is still to be sent.
        await relay.drain(3)
    finally:
        stopping.cancel()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, everything, return_exceptions=True)
        await channel.close()
        await bot.session.close()
        if lock is not None:
            lock.close()


async def _open_file(uow: UnitOfWork, attachment_id: str) -> File:
    file = await file_to_send(uow, attachment_id)
    if file is None:
        raise HubError("not_found")
    return file


def sole_process(settings: Settings, bot_id: int) -> IO[bytes] | None:
    """A lock that lives as long as this process; None when another bot process holds it.

    Only the sole one may take back the leases of an earlier life: another's are being worked on.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    lock = (settings.data_dir / f"bot-{bot_id}.lock").open("ab")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        log.warning("another_bot_process_runs", bot=bot_id)
        return None
    return lock


async def _poll(
    database: Database, bot: Bot, settings: Settings, kinds: list[str], stop: asyncio.Event
) -> None:
    await _prepare(bot, "deleteWebhook", {}, stop)
    await _announce(bot, stop)
    await Intake(database, bot, kinds).run(stop)


async def _watch_webhook(
    database: Database, bot: Bot, settings: Settings, kinds: list[str], stop: asyncio.Event
) -> None:
    """Sets the webhook, and sets it again (with an alarm) whenever somebody else has changed it."""
    wanted = f"{settings.base_url}/telegram/{bot.id}"
    params = {"url": wanted, "secret_token": settings.telegram_webhook_secret, "allowed_updates": kinds}
    await _prepare(bot, "setWebhook", {name: value for name, value in params.items() if value}, stop)
    await _announce(bot, stop)
    while not await _stopped(stop, WEBHOOK_CHECK):
        try:
            info = await call_raw(bot, "getWebhookInfo", {})
        except CallFailedError as error:
            log.warning("webhook_not_checked", code=error.code)
            continue
        if info.get("url") != wanted:
            log.critical("webhook_changed_by_somebody")
            await _prepare(bot, "setWebhook", params, stop)


async def _announce(bot: Bot, stop: asyncio.Event) -> None:
    if not stop.is_set():
        await publish_commands(bot)


async def _prepare(bot: Bot, method: str, params: Mapping[str, object], stop: asyncio.Event) -> None:
    """Calls until it works: without this call nothing would arrive."""
    pause = 0.5
    while not stop.is_set():
        try:
            await call_raw(bot, method, dict(params))
            return
        except CallFailedError as error:
            log.warning("telegram_not_ready", method=method, code=error.code, reason=str(error))
            if await _stopped(stop, error.retry_after or pause):
                return
            pause = min(pause * 2, 15.0)


async def _keep_sending(database: Database, relay: Relay, stop: asyncio.Event) -> None:
    bell = database.resources.of(Bell)
    while not stop.is_set():
        # Listening begins before looking, so that a row written in between is not slept over.
        rung = asyncio.ensure_future(bell.wait("outbox", RELAY_POLL))
        try:
            await relay.drain()
        except Exception as error:
            log.error("relay_interrupted", kind=type(error).__name__)
        await rung


async def _keep_fetching(database: Database, channels: dict[str, Channel], stop: asyncio.Event) -> None:
    """Files that citizens sent are soon brought into our own storage: Telegram keeps them only a while."""
    while not await _stopped(stop, FETCH_POLL):
        try:
            await fetch_pending(database, channels)
        except Exception as error:
            log.error("fetching_interrupted", kind=type(error).__name__)


async def _stopped(stop: asyncio.Event, seconds: float) -> bool:
    """Waits; True when it is time to stop."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return False
    return True
