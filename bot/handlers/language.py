"""The language: asked once, changeable at any moment, in force for every later word."""

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot import filing, keyboards
from bot.callbacks import LANGUAGE, Pressed
from bot.commands import publish_for_chat
from bot.labels import Said
from bot.talk import Talk
from hub.foundation.i18n import LANGUAGE_NAMES, LANGUAGES, _, speaking
from hub.people import citizens

BY_NAME = {name.casefold(): code for code, name in LANGUAGE_NAMES.items()}


def create_router() -> Router:
    router = Router(name="language")
    router.message.register(change, Command("language"))
    router.message.register(change, Said("language"))
    router.message.register(named, _is_name)
    router.callback_query.register(chosen, LANGUAGE)
    return router


def _is_name(message: Message) -> bool:
    return (message.text or "").strip().casefold() in BY_NAME


async def ask_language(talk: Talk) -> None:
    """The question in all five languages at once: nobody is expected to read another's."""
    questions = []
    for language in LANGUAGES:
        with speaking(language):
            questions.append(_("Please choose a language"))
    await talk.say("\n".join(dict.fromkeys(questions)), buttons=keyboards.languages())


async def change(message: Message, talk: Talk) -> None:
    await ask_language(talk)


async def named(message: Message, talk: Talk, bot: Bot) -> None:
    await _choose(talk, bot, BY_NAME[(message.text or "").strip().casefold()])


async def chosen(query: CallbackQuery, pressed: Pressed, talk: Talk, bot: Bot) -> None:
    await _choose(talk, bot, pressed.arg(0))


async def _choose(talk: Talk, bot: Bot, language: str) -> None:
    # Here to avoid a cycle: a start asks for the language, and the choice ends a start.
    from bot.handlers.start import follow_payload, welcome

    first = not await citizens.language_chosen(talk.uow, talk.actor)
    talk.actor = await citizens.choose_language(talk.uow, talk.actor, language)
    chat_id = talk.state.key.chat_id
    talk.afterwards.append(lambda: publish_for_chat(bot, chat_id, language))
    payload, draft = await talk.value("payload"), await talk.draft()
    await talk.keep(payload=None)
    with speaking(language):
        if draft is not None:
            await talk.say(_("From now on I speak this language."), choices=keyboards.menu())
            await filing.advance(talk, draft)
        elif payload:
            await follow_payload(talk, payload)
        elif first:
            await welcome(talk)
        else:
            await talk.say(_("From now on I speak this language."), choices=keyboards.menu())
