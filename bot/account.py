"""The bot's account on the configured server, and raw calls whose answers keep every field."""

from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import ClientError, ClientTimeout

from hub.foundation.settings import Settings


class CallFailedError(Exception):
    """A call that brought no result. `code` is Telegram's error code, 0 when nothing could be heard.

    The text never holds the token: only kinds of network errors and Telegram's own descriptions.
    """

    def __init__(self, code: int, description: str, retry_after: float = 0.0) -> None:
        super().__init__(f"{code}: {description}")
        self.code = code
        self.retry_after = retry_after


def open_bot(settings: Settings) -> Bot:
    """Raises ValueError (aiogram's TokenValidationError) when the token has not the shape of one."""
    server = TelegramAPIServer.from_base(settings.telegram_api_url)
    return Bot(settings.telegram_token, session=AiohttpSession(api=server, timeout=30))


async def call_raw(bot: Bot, method: str, params: dict[str, Any], *, timeout: float = 30) -> Any:
    """The `result` of a method as plain JSON, unknown fields and all. Raises CallFailedError."""
    session = bot.session
    assert isinstance(session, AiohttpSession)
    client = await session.create_session()
    url = session.api.api_url(token=bot.token, method=method)
    try:
        async with client.post(url, json=params, timeout=ClientTimeout(total=timeout)) as response:
            answer = await response.json(content_type=None)
    except (ClientError, OSError, ValueError) as error:
        raise CallFailedError(0, type(error).__name__) from None
    if not isinstance(answer, dict) or not answer.get("ok"):
        raise _refusal(answer, response.status)
    return answer["result"]


def _refusal(answer: Any, status: int) -> CallFailedError:
    if not isinstance(answer, dict):
        return CallFailedError(status, "not an answer of a Bot API server")
    parameters = answer.get("parameters") or {}
    return CallFailedError(
        int(answer.get("error_code") or status),
        str(answer.get("description", "")),
        float(parameters.get("retry_after") or 0),
    )
