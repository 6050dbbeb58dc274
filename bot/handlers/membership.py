"""The person blocked the bot, or opened it again."""

from aiogram import Router
from aiogram.types import ChatMemberUpdated

from bot.talk import Talk
from hub.delivery import outbox
from hub.people import citizens


def create_router() -> Router:
    router = Router(name="membership")
    router.my_chat_member.register(changed)
    return router


async def changed(event: ChatMemberUpdated, talk: Talk) -> None:
    if event.new_chat_member.status == "kicked":
        await citizens.block(talk.uow, talk.address_id)
    else:
        await outbox.unblock(talk.uow, talk.address_id)
