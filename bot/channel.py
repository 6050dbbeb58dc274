"""Outbound Telegram: one `Outgoing` is one call, and what came of it is told honestly.

Text goes out with entities, never with a parse mode: nothing a citizen wrote can break or inject markup.
"""

import asyncio
import ipaddress
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import FSInputFile, Message
from aiogram.utils.formatting import Bold, Text
from aiohttp import ClientConnectorError, ClientError, ClientResponseError, ConnectionTimeoutError

from bot.account import open_bot
from bot.keyboards import inline_markup, markup
from bot.pace import Pace
from hub.delivery.channel import (
    Blocked,
    Channel,
    Failed,
    File,
    Moved,
    RetryLater,
    SendResult,
    Sent,
    Uncertain,
)
from hub.delivery.content import Outgoing
from hub.foundation.plain_text import clean_text
from hub.foundation.settings import Settings

#: A wait this short is slept here; a longer one goes back to the outbox.
PATIENCE = 1.5
LARGEST_FILE = 20 * 1024 * 1024
#: Telegram's own pictures; anything else travels as a document, byte for byte.
PHOTOS = frozenset({"image/jpeg", "image/png", "image/webp"})
LARGEST_PHOTO = 10 * 1024 * 1024

#: Parts of Telegram's descriptions of errors (lower case) and what each means for the message.
UNCHANGED = "message is not modified"
FLOOD = "too many requests"
EDIT_IMPOSSIBLE = ("message to edit not found", "message can't be edited", "message_id_invalid")
SHUT = ("user is deactivated", "bot was blocked", "bot was kicked", "user_is_blocked", "peer_id_invalid")


def open_channel(settings: Settings) -> Channel:
    return TelegramChannel(open_bot(settings), Pace(limited=not _ours(settings.telegram_api_url)))


def _ours(api_url: str) -> bool:
    host = urlsplit(api_url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class TelegramChannel:
    """`target` is a chat id."""

    def __init__(self, bot: Bot, pace: Pace) -> None:
        self._bot = bot
        self._pace = pace

    async def send(self, target: str, content: Outgoing, file: File | None) -> SendResult:
        wait = self._pace.wait(target)
        if wait > PATIENCE:
            return RetryLater(wait, "pace")
        if wait:
            await asyncio.sleep(wait)
        try:
            return await self._send(int(target), content, file)
        except TelegramRetryAfter as error:
            self._pace.shut(target, error.retry_after)
            return RetryLater(float(error.retry_after), "429")
        except AiogramError as error:
            return outcome(error)
        except (OSError, ValueError) as error:
            return Failed(f"file or address unusable: {type(error).__name__}")

    async def _send(self, chat: int, content: Outgoing, file: File | None) -> SendResult:
        if file is not None:
            return _sent(await self._send_file(chat, content, file))
        if content.replace is not None:
            edited = await self._edit(chat, content, int(content.replace))
            if edited is not None:
                return edited
        message = await self._bot.send_message(
            chat, **_rendered(content).as_kwargs(), reply_markup=markup(content)
        )
        return _sent(message)

    async def _edit(self, chat: int, content: Outgoing, message_id: int) -> SendResult | None:
        """None when the old message cannot be rewritten: then a new one says it."""
        try:
            await self._bot.edit_message_text(
                chat_id=chat,
                message_id=message_id,
                **_rendered(content).as_kwargs(),
                reply_markup=inline_markup(content),
            )
        except TelegramBadRequest as error:
            reason = error.message.lower()
            if UNCHANGED in reason:
                return Sent(str(message_id))
            if any(part in reason for part in EDIT_IMPOSSIBLE):
                return None
            raise
        return Sent(str(message_id))

    async def _send_file(self, chat: int, content: Outgoing, file: File) -> Message:
        upload = FSInputFile(file.path, filename=file.name)
        caption = _rendered(content).as_kwargs(text_key="caption", entities_key="caption_entities")
        size = file.path.stat().st_size
        if file.media_type in PHOTOS and size <= LARGEST_PHOTO and content.attachment_kind in (None, "photo"):
            try:
                return await self._bot.send_photo(chat, upload, **caption, reply_markup=markup(content))
            except TelegramBadRequest:
                # Odd proportions or a broken picture: the same bytes are welcome as a document.
                pass
        return await self._bot.send_document(chat, upload, **caption, reply_markup=markup(content))

    async def fetch(self, source: dict[str, Any]) -> AsyncIterator[bytes]:
        try:
            described = await self._bot.get_file(str(source["file_id"]))
        except TelegramBadRequest as error:
            raise ValueError(f"Telegram does not give this file: {error.message}") from None
        except AiogramError as error:
            raise OSError(type(error).__name__) from None
        if not described.file_path or (described.file_size or 0) > LARGEST_FILE:
            raise ValueError("larger than a bot may fetch")
        session = self._bot.session
        assert isinstance(session, AiohttpSession)
        url = session.api.file_url(self._bot.token, described.file_path)
        try:
            async for chunk in session.stream_content(url, timeout=120):
                yield chunk
        except ClientResponseError as error:
            if error.status == 404:
                raise ValueError("the file is no longer there") from None
            raise OSError(f"status {error.status}") from None
        except (ClientError, TimeoutError) as error:
            # The address of the file holds the token: neither the text nor the cause may travel on.
            raise OSError(type(error).__name__) from None

    async def close(self) -> None:
        await self._bot.session.close()


def outcome(error: AiogramError) -> SendResult:
    """Telegram's errors as a table. Connection refused and 429 are safe to repeat; a lost answer is not."""
    match error:
        case TelegramMigrateToChat():
            return Moved(str(error.migrate_to_chat_id))
        case TelegramForbiddenError():
            return Blocked(error.message)
        case TelegramEntityTooLarge():
            return Failed("too large")
        case TelegramBadRequest():
            shut = any(part in error.message.lower() for part in SHUT)
            return Blocked(error.message) if shut else Failed(error.message)
        case TelegramUnauthorizedError() | TelegramNotFound():
            return RetryLater(60.0, "the token is refused")
        case TelegramServerError() | ClientDecodeError():
            return Uncertain(type(error).__name__)
        case TelegramNetworkError():
            cause = error.__cause__
            if isinstance(cause, ClientConnectorError | ConnectionTimeoutError):
                return RetryLater(1.0, type(cause).__name__)
            return Uncertain(type(cause).__name__)
        case TelegramAPIError():
            # A 429 without a time to wait (or with 0 s) is no TelegramRetryAfter to aiogram.
            flood = FLOOD in error.message.lower()
            return RetryLater(1.0, "429") if flood else Failed(error.message)
    return Failed(type(error).__name__)


def _rendered(content: Outgoing) -> Text:
    text = clean_text(content.text)
    if not content.title:
        return Text(text)
    title = Bold(clean_text(content.title))
    return Text(title, "\n\n", text) if text else Text(title)


def _sent(message: Message) -> Sent:
    return Sent(str(message.message_id))
