"""/cancel: leaves any step; nothing is sent, and an appeal begun is kept."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot import filing
from bot.callbacks import RESUME
from bot.labels import Said
from bot.talk import Talk


def create_router() -> Router:
    router = Router(name="cancel")
    router.message.register(cancel, Command("cancel"))
    router.message.register(cancel, Said("cancel"))
    router.callback_query.register(resume, RESUME)
    return router


async def cancel(message: Message, talk: Talk) -> None:
    await filing.leave(talk)


async def resume(query: CallbackQuery, talk: Talk) -> None:
    await filing.resume(talk)
