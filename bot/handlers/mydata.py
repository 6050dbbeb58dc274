"""/mydata: what is stored about the person who asks."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.talk import Talk
from hub.foundation.i18n import _
from hub.library.library import Library
from hub.people import citizens


def create_router() -> Router:
    router = Router(name="mydata")
    router.message.register(show, Command("mydata"))
    return router


async def show(message: Message, talk: Talk) -> None:
    library = talk.uow.of(Library)
    lines = []
    for label, value in await citizens.stored_data(talk.uow, talk.actor):
        shown = library.place_name(value, talk.actor.language) if value in library.place_codes else value
        lines.append(f"{label}: {shown}")
    lines.append("")
    lines.append(_("Your appeals and their texts: /my"))
    await talk.say("\n".join(lines), title=_("What is stored about you"))
