"""/help and /reception."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from bot import keyboards
from bot.talk import Talk
from hub.foundation.i18n import _


def create_router() -> Router:
    router = Router(name="help")
    router.message.register(show, Command("help"))
    router.message.register(reception, Command("reception"))
    return router


async def show(message: Message, talk: Talk) -> None:
    await talk.say(
        _(
            "Write a question in your own words, with mistakes and in any of the five languages: I answer "
            "it, or I "
            "offer to send it to the responsible agency.\n\n"
            "/appeal files an application, a complaint or a proposal; you get a number and the date an "
            "answer is due.\n"
            "/my shows your appeals, adds to them, withdraws them.\n"
            "/agencies finds a state body and its telephone numbers.\n"
            "/language changes the language.\n"
            "/mydata shows what is stored about you.\n"
            "/cancel leaves what you are doing; an appeal begun is kept.\n\n"
            "In danger to life call 112."
        ),
        choices=keyboards.menu(),
    )


async def reception(message: Message, talk: Talk) -> None:
    await talk.say(
        _(
            "Booking a reception is not open here yet. The agency itself tells its reception hours: "
            "/agencies finds its "
            "telephone number. You can also file your matter as an appeal: /appeal"
        )
    )
