"""An appeal filed elsewhere comes into this chat by its number and tracking code."""

from aiogram import F, Router
from aiogram.types import Message

from bot import keyboards
from bot.handlers.mine import show_appeal
from bot.states import Tracking
from bot.talk import Talk
from hub.appeals import mine
from hub.appeals.numbers import find_number_and_code, read_number
from hub.foundation.errors import HubError
from hub.foundation.i18n import _


def create_router() -> Router:
    router = Router(name="track")
    words = F.text & ~F.text.startswith("/")
    router.message.register(take_number, Tracking.number, words)
    router.message.register(take_code, Tracking.code, words)
    return router


async def take_number(message: Message, talk: Talk) -> None:
    if not await follow_text(talk, message.text or ""):
        await talk.say(
            _(
                "This is not a number of an appeal; a character may be wrong. It looks like this: "
                "UZ26-7K3M-Q9XA"
            ),
            buttons=keyboards.leave_step(),
        )


async def take_code(message: Message, talk: Talk) -> None:
    text = message.text or ""
    number, code = find_number_and_code(text) or (str(await talk.value("tracking")), "")
    await _adopt(talk, number, code or text)


async def follow_text(talk: Talk, text: str) -> bool:
    """A number, alone or followed by its code. False when the text is something else."""
    if len(text) > 80:
        return False
    if read_number(text):
        return await follow(talk, text, "")
    found = find_number_and_code(text)
    return found is not None and await follow(talk, *found)


async def follow(talk: Talk, text: str, code: str) -> bool:
    """Shows an own appeal, adopts one with its code, asks for the code otherwise. False: not a number."""
    number = read_number(text)
    if number is None:
        return False
    try:
        appeal = await mine.my_appeal(talk.uow, talk.actor, number)
    except HubError:
        if code:
            await _adopt(talk, number, code)
            return True
        await talk.set_aside()
        await talk.wait_for(Tracking.code)
        await talk.keep(tracking=number)
        await talk.say(
            _("And its tracking code? It stands on the receipt beside the number."),
            buttons=keyboards.leave_step(),
        )
        return True
    await talk.wait_for(None)
    await show_appeal(talk, appeal)
    return True


async def _adopt(talk: Talk, number: str, code: str) -> None:
    try:
        appeal = await mine.adopt(talk.uow, talk.actor, number=number, code=code)
    except HubError as error:
        raise HubError("bad_code") from error
    await talk.wait_for(None)
    await talk.say(_("This appeal is now among yours: its answer comes here too."), choices=keyboards.menu())
    await show_appeal(talk, appeal)
