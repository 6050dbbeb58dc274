"""Who speaks: only a person in their own private chat gets as far as a handler."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.types import CallbackQuery, Chat, TelegramObject, Update, User

from bot.talk import open_talk
from hub.foundation.db import UnitOfWork
from hub.foundation.i18n import speaking


class PrivateTalk(BaseMiddleware):
    """Opens the `Talk` and speaks the citizen's language around the handler.

    Groups, channels, business and inline messages never reach one: no appeal may be shown there.
    """

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        assert isinstance(event, Update)
        chat: Chat | None = data.get("event_chat")
        user: User | None = data.get("event_from_user")
        if chat is None or user is None or not is_private(chat, user) or _through_others(event):
            return None
        uow: UnitOfWork = data["uow"]
        bot: Bot = data["bot"]
        talk = await open_talk(uow, bot, chat.id, data["chat_key"], user.language_code)
        if event.callback_query is not None:
            talk.afterwards.append(_stop_spinning(bot, event.callback_query))
        data.update(talk=talk, state=talk.state, raw_state=await talk.state.get_state())
        with speaking(talk.actor.language):
            result = await handler(event, data)
        await talk.storage.flush()
        data["afterwards"].extend(talk.afterwards)
        return result


def is_private(chat: Chat, user: User) -> bool:
    return chat.type == "private" and chat.id == user.id and not user.is_bot


def _through_others(update: Update) -> bool:
    """Messages that a business account or a guest mode relays are other people's conversations."""
    return bool(update.business_message or update.edited_business_message or update.guest_message)


def _stop_spinning(bot: Bot, query: CallbackQuery) -> Callable[[], Any]:
    return lambda: bot.answer_callback_query(query.id)
