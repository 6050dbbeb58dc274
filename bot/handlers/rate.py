"""What the citizen makes of an answer: read, solved or not, one to five stars."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot import keyboards
from bot.callbacks import RATE, READ, VERDICT, Pressed
from bot.talk import Talk
from hub.appeals import citizen_acts, mine
from hub.foundation.dates import write_date
from hub.foundation.i18n import _
from hub.foundation.vocabulary import Verdict


def create_router() -> Router:
    router = Router(name="rate")
    router.callback_query.register(read, READ)
    router.callback_query.register(judge, VERDICT)
    router.callback_query.register(rate, RATE)
    return router


async def read(query: CallbackQuery, pressed: Pressed, talk: Talk) -> None:
    await citizen_acts.acknowledge(talk.uow, talk.actor, pressed.arg(0))
    appeal = await mine.my_appeal(talk.uow, talk.actor, pressed.arg(0))
    text = _("Thank you: the agency sees that you have read it.")
    if not appeal.can_judge:
        await talk.say(text, choices=keyboards.menu())
        return
    buttons = keyboards.appeal_acts(appeal.number, can_add=False, can_withdraw=False, can_judge=True)
    await talk.say(f"{text} {_('Is the matter solved?')}", buttons=buttons)


async def judge(query: CallbackQuery, pressed: Pressed, talk: Talk) -> None:
    number, said = pressed.arg(0), pressed.arg(1)
    verdict = Verdict(said) if said in set(Verdict) else Verdict.NONE
    await citizen_acts.judge(talk.uow, talk.actor, number, verdict)
    if verdict is Verdict.NOT_SOLVED:
        appeal = await mine.my_appeal(talk.uow, talk.actor, number)
        await talk.say(
            _(
                "Appeal %(number)s is open again at: %(agency)s. A new answer is due by %(date)s. "
                "Write what is still not solved: press “Add to this appeal”.",
                number=appeal.number,
                agency=appeal.agency.name,
                date=write_date(appeal.due_on),
            ),
            buttons=keyboards.appeal_acts(appeal.number, can_add=True, can_withdraw=False, can_judge=False),
        )
        return
    await talk.say(_("Thank you. How good was the answer, from 1 to 5?"), buttons=keyboards.stars(number))


async def rate(query: CallbackQuery, pressed: Pressed, talk: Talk) -> None:
    await citizen_acts.rate(talk.uow, talk.actor, pressed.arg(0), pressed.whole(1))
    await talk.say(
        _("Thank you: your rating is %(stars)s of 5.", stars=pressed.whole(1)), choices=keyboards.menu()
    )
