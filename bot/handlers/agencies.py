"""/agencies: state bodies by name or by what they do, with their telephone numbers."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from bot import keyboards
from bot.labels import Said
from bot.states import Searching
from bot.talk import Talk
from hub.foundation.i18n import _
from hub.library import agencies
from hub.library.agencies import AgencyContact

SHOWN = 6


def create_router() -> Router:
    router = Router(name="agencies")
    router.message.register(begin, Command("agencies"))
    router.message.register(begin, Said("agencies"))
    router.message.register(search, Searching.agency, F.text, ~F.text.startswith("/"))
    return router


async def begin(message: Message, talk: Talk, command: CommandObject | None = None) -> None:
    if command is not None and command.args:
        await _show(talk, command.args)
        return
    kept = await talk.set_aside()
    await talk.wait_for(Searching.agency)
    await talk.say(
        _(
            "Which agency? Write its name, or what it should do, for example: electricity, passport, "
            "Samarkand."
        ),
        buttons=(*(keyboards.resume() if kept else ()), *keyboards.leave_step()),
    )


async def search(message: Message, talk: Talk) -> None:
    await _show(talk, message.text or "")


async def _show(talk: Talk, text: str) -> None:
    found = await agencies.search(talk.uow, text, talk.actor.language, SHOWN)
    if not found:
        await talk.say(_("I have found no such agency. Please write its name in other words."))
        return
    await talk.wait_for(None)
    await talk.say("\n\n".join(_card(agency) for agency in found), choices=keyboards.menu())


def _card(agency: AgencyContact) -> str:
    lines = [f"☎ {number} {name}".rstrip() for number, name, _status in agency.contacts]
    return "\n".join([agency.name, *(lines or [_("No telephone number is known to us yet.")])])
