"""A message changed after it was sent: it changes a draft, never what is registered."""

from aiogram import F, Router
from aiogram.types import Message

from bot import drafting
from bot.talk import Talk
from hub.foundation.i18n import _


def create_router() -> Router:
    router = Router(name="edited")
    router.edited_message.register(edited, F.text | F.caption)
    return router


async def edited(message: Message, talk: Talk) -> None:
    words = message.text or message.caption or ""
    if await drafting.change_text(talk, str(message.message_id), words):
        return
    await talk.say(
        _(
            "I saw that you edited a message. What is registered does not change by that: to correct it, "
            "open the appeal "
            "in /my and press “Add to this appeal”. A question can simply be asked again."
        )
    )
