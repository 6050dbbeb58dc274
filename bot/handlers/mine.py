"""/my: the list, one appeal, adding to it, withdrawing it."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot import keyboards
from bot.callbacks import ADD, LIST, MY, WITHDRAW, Pressed
from bot.drafts import PIECE
from bot.labels import Said
from bot.states import Adding, Tracking
from bot.talk import Talk
from bot.wording import appeals
from hub.appeals import citizen_acts, mine
from hub.appeals.views import CitizenAppeal
from hub.foundation.errors import HubError
from hub.foundation.i18n import _
from hub.library.library import Library


def create_router() -> Router:
    router = Router(name="mine")
    router.message.register(show_list, Command("my"))
    router.message.register(show_list, Said("my"))
    router.callback_query.register(use_list, LIST)
    router.callback_query.register(show, MY)
    router.callback_query.register(begin_adding, ADD)
    router.callback_query.register(withdraw, WITHDRAW)
    router.message.register(add_text, Adding.message, F.text, ~F.text.startswith("/"), ~F.forward_origin)
    return router


async def show_list(message: Message, talk: Talk) -> None:
    await _page(talk, None)


async def _page(talk: Talk, cursor: str | None) -> None:
    page = await mine.my_appeals(talk.uow, talk.actor, cursor)
    await talk.keep(more=page.next)
    text = "\n\n".join(appeals.line(line) for line in page.items)
    await talk.say(
        text or _("You have no appeals here yet. /appeal files one."),
        title=_("My appeals"),
        buttons=keyboards.appeal_list(page.items, page.next is not None),
    )


async def use_list(query: CallbackQuery, pressed: Pressed, talk: Talk) -> None:
    """`list:more|adopt|cancel`."""
    match pressed.arg(0):
        case "more":
            await _page(talk, await talk.value("more"))
        case "adopt":
            await talk.set_aside()
            await talk.wait_for(Tracking.number)
            await talk.say(
                _("What is the number of the appeal? It looks like this: UZ26-7K3M-Q9XA"),
                buttons=keyboards.leave_step(),
            )
        case _other:
            await talk.wait_for(None)
            await talk.say(_("Cancelled."), choices=keyboards.menu())


async def show(query: CallbackQuery, pressed: Pressed, talk: Talk) -> None:
    await show_appeal(talk, await mine.my_appeal(talk.uow, talk.actor, pressed.arg(0)))


async def show_appeal(talk: Talk, appeal: CitizenAppeal) -> None:
    await talk.say(
        appeals.details(appeal, talk.uow.of(Library).zone),
        title=_("Appeal %(number)s", number=appeal.number),
        buttons=keyboards.appeal_acts(
            appeal.number,
            can_add=appeal.can_add,
            can_withdraw=appeal.can_withdraw,
            can_judge=appeal.can_judge,
        ),
    )


async def begin_adding(query: CallbackQuery, pressed: Pressed, talk: Talk) -> None:
    appeal = await mine.my_appeal(talk.uow, talk.actor, pressed.arg(0))
    if not appeal.can_add:
        raise HubError("not_open")
    await talk.set_aside()
    await talk.wait_for(Adding.message)
    await talk.keep(adding=appeal.number)
    await talk.say(
        _("Write what to add to appeal %(number)s, or send photos or documents.", number=appeal.number),
        buttons=keyboards.leave_step(),
    )


async def add_text(message: Message, talk: Talk) -> None:
    await add(talk, message.text or "", ())
    if len(message.text or "") < PIECE:
        await talk.wait_for(None)


async def add(talk: Talk, text: str, attachments: tuple[str, ...], *, quietly: bool = False) -> None:
    """Errors: not_found, not_open, text_missing, text_too_long."""
    number = str(await talk.value("adding"))
    await citizen_acts.add_message(talk.uow, talk.actor, number, text=text, attachments=attachments)
    if not quietly:
        await talk.say(
            _("Added to appeal %(number)s. The agency sees it.", number=number), choices=keyboards.menu()
        )


async def withdraw(query: CallbackQuery, pressed: Pressed, talk: Talk) -> None:
    number = pressed.arg(0)
    if pressed.arg(1) == "yes":
        await citizen_acts.withdraw(talk.uow, talk.actor, number)
        await talk.say(
            _("Appeal %(number)s is withdrawn; it will not be considered further.", number=number),
            choices=keyboards.menu(),
        )
        return
    appeal = await mine.my_appeal(talk.uow, talk.actor, number)
    await talk.say(
        _("Withdraw appeal %(number)s? The agency will stop considering it.", number=appeal.number),
        buttons=keyboards.withdrawal(appeal.number),
    )
