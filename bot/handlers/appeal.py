"""/appeal: what each step makes of a button or a text; the steps themselves are in `bot.filing`."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.types import CallbackQuery, Message

from bot import drafting, filing
from bot.callbacks import DRAFT, Pressed
from bot.drafts import Unsent
from bot.handlers.ask import ask_forwarded
from bot.labels import Said, said
from bot.states import Filing
from bot.talk import Talk
from hub.people import citizens

#: Words that may be typed instead of pressing the button of a step, and what they press.
TYPED = {
    "application": ("kind", "application"),
    "complaint": ("kind", "complaint"),
    "proposal": ("kind", "proposal"),
    "agree": ("agree", ""),
    "skip": ("skip", ""),
    "back": ("back", ""),
    "send": ("send", ""),
    "change": ("change", ""),
    "unsure": ("unsure", ""),
}


def create_router() -> Router:
    router = Router(name="appeal")
    router.message.register(begin, Command("appeal"))
    router.message.register(begin, Said("appeal"))
    router.callback_query.register(press, DRAFT)
    words = F.text & ~F.text.startswith("/")
    router.message.register(ask_forwarded, StateFilter(Filing), F.text, F.forward_origin)
    router.message.register(typed_button, StateFilter(Filing), Said(*TYPED))
    router.message.register(take_name, Filing.name, words)
    router.message.register(take_residence, Filing.residence, words)
    router.message.register(search_agency, Filing.agency, words)
    router.message.register(take_text, StateFilter(Filing), words)
    return router


async def begin(message: Message, talk: Talk, command: CommandObject | None = None) -> None:
    text = command.args if command is not None else None
    await filing.begin(talk, Unsent(parts={str(message.message_id): text} if text else {}))


async def press(query: CallbackQuery, pressed: Pressed, talk: Talk) -> None:
    draft = await talk.draft()
    if draft is None or draft.id != pressed.arg(0):
        await drafting.stale(talk, pressed.arg(0))
        return
    await drafting.press(talk, draft, pressed.arg(1), pressed.arg(2))


async def typed_button(message: Message, talk: Talk) -> None:
    what, argument = TYPED[said(message.text) or ""]
    draft = await talk.draft() or Unsent()
    if what == "send":
        argument = str(draft.revision)
    await drafting.press(talk, draft, what, argument)


async def take_name(message: Message, talk: Talk) -> None:
    await citizens.remember(talk.uow, talk.actor, name=message.text)
    await filing.go_on(talk, await talk.draft() or Unsent())


async def take_residence(message: Message, talk: Talk) -> None:
    await citizens.remember(talk.uow, talk.actor, residence=message.text)
    await filing.go_on(talk, await talk.draft() or Unsent())


async def search_agency(message: Message, talk: Talk) -> None:
    await filing.offer_agencies(talk, await talk.draft() or Unsent(), search=message.text or "")


async def take_text(message: Message, talk: Talk) -> None:
    draft = await talk.draft() or Unsent()
    await drafting.add_text(talk, draft, str(message.message_id), message.text or "")
