"""Everything nobody asked for: any text is a question, a number is looked up, the rest gets a plain word."""

from aiogram import F, Router
from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message

from bot import filing, keyboards
from bot.drafts import PIECE, Unsent
from bot.handlers.ask import ask_forwarded, take_question
from bot.handlers.language import ask_language
from bot.handlers.track import follow_text
from bot.labels import said
from bot.talk import Talk
from hub.foundation.i18n import _
from hub.foundation.plain_text import clean_text
from hub.people import citizens

#: Kinds that a person sends on purpose and that hold nothing an appeal could use.
UNREADABLE = {
    ContentType.STICKER,
    ContentType.POLL,
    ContentType.DICE,
    ContentType.GAME,
    ContentType.STORY,
    ContentType.CHECKLIST,
    ContentType.PAID_MEDIA,
    ContentType.LIVE_PHOTO,
    ContentType.RICH_MESSAGE,
    ContentType.GIFT,
    ContentType.UNIQUE_GIFT,
    ContentType.GIVEAWAY,
    ContentType.GIVEAWAY_WINNERS,
    ContentType.INVOICE,
    ContentType.SUCCESSFUL_PAYMENT,
    ContentType.PASSPORT_DATA,
    ContentType.USERS_SHARED,
    ContentType.CHAT_SHARED,
    ContentType.WEB_APP_DATA,
    ContentType.UNKNOWN,
}


def create_router() -> Router:
    router = Router(name="fallback")
    router.message.register(unknown_command, F.text.startswith("/"))
    router.message.register(ask_forwarded, F.text, F.forward_origin)
    router.message.register(take_any_text, F.text)
    router.message.register(unreadable, F.content_type.in_(UNREADABLE))
    router.callback_query.register(unknown_button)
    return router


async def take_any_text(message: Message, talk: Talk) -> None:
    text = clean_text(message.text or "")
    if said(text) in ("back", "skip"):
        await talk.say(_("Write your question, or choose below."), choices=keyboards.menu())
    elif len(text) >= PIECE:
        # Nobody asks a question this long, and Telegram has probably cut it: the rest follows.
        await filing.begin(talk, Unsent(parts={str(message.message_id): text}))
    elif not await follow_text(talk, text):
        await take_question(talk, text)
    await _offer_language(talk)


async def _offer_language(talk: Talk) -> None:
    """Somebody who wrote before choosing a language is answered first and asked then, once."""
    if not await citizens.language_chosen(talk.uow, talk.actor) and not await talk.value("language_asked"):
        await talk.keep(language_asked=True)
        await ask_language(talk)


async def unknown_command(message: Message, talk: Talk) -> None:
    await talk.say(_("I do not know this command. /help tells what I can do."), choices=keyboards.menu())


async def unreadable(message: Message, talk: Talk) -> None:
    await talk.say(
        _(
            "I cannot read this kind of message. Please write in words, or send a photo, a document or a "
            "voice message."
        )
    )


async def unknown_button(query: CallbackQuery, talk: Talk) -> None:
    await talk.say(_("This button does not work any more. Nothing was changed."), choices=keyboards.menu())
