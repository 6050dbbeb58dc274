"""/start: the language once, then the menu; a link's payload is remembered over the choice."""

from aiogram import Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import Message

from bot import keyboards
from bot.handlers.language import ask_language
from bot.handlers.track import follow
from bot.talk import Talk
from hub.delivery import outbox
from hub.foundation.i18n import _
from hub.people import citizens


def create_router() -> Router:
    router = Router(name="start")
    router.message.register(start, CommandStart())
    return router


async def start(message: Message, command: CommandObject, talk: Talk) -> None:
    await outbox.unblock(talk.uow, talk.address_id)
    payload = (command.args or "")[:64] or None
    if not await citizens.language_chosen(talk.uow, talk.actor):
        await talk.keep(payload=payload)
        await ask_language(talk)
    elif payload:
        await follow_payload(talk, payload)
    else:
        await welcome(talk)


async def follow_payload(talk: Talk, payload: str) -> None:
    """`t_NUMBER` or `t_NUMBER_CODE`, as the website's links have it; anything else is a plain start."""
    kind, _separator, rest = payload.partition("_")
    number, _separator, code = rest.partition("_")
    if kind != "t" or not await follow(talk, number, code):
        await welcome(talk)


async def welcome(talk: Talk) -> None:
    await talk.say(
        _(
            "I answer questions to state bodies and take appeals to them.\n"
            "Write your question in your own words, or choose below."
        ),
        title=_("Hello!"),
        choices=keyboards.menu(),
    )
