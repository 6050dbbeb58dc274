"""The commands shown in Telegram's menu, in each language that Telegram can tell apart."""

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat, MenuButtonCommands

from hub.foundation.i18n import DEFAULT_LANGUAGE, N_, _, speaking

log = structlog.get_logger(__name__)

COMMANDS = {
    "start": N_("Begin"),
    "ask": N_("Ask a question"),
    "appeal": N_("File an appeal"),
    "my": N_("My appeals"),
    "agencies": N_("Agencies and contacts"),
    "language": N_("Language"),
    "mydata": N_("What is stored about me"),
    "help": N_("Help"),
    "cancel": N_("Cancel"),
}
#: Telegram's two-letter codes and our languages; everyone else sees the default.
CODES = {"": DEFAULT_LANGUAGE, "uz": "uz-Latn", "ru": "ru", "en": "en"}


def commands_in(language: str) -> list[BotCommand]:
    with speaking(language):
        return [BotCommand(command=name, description=_(words)) for name, words in COMMANDS.items()]


async def publish_commands(bot: Bot) -> None:
    """Best effort: the bot works without its menu."""
    try:
        for code, language in CODES.items():
            await bot.set_my_commands(
                commands_in(language),
                scope=BotCommandScopeAllPrivateChats(),
                language_code=code or None,
            )
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    except AiogramError as error:
        log.warning("commands_not_published", kind=type(error).__name__)


async def publish_for_chat(bot: Bot, chat_id: int, language: str) -> None:
    """In one chat, the language its citizen chose. Raises aiogram's errors."""
    await bot.set_my_commands(commands_in(language), scope=BotCommandScopeChat(chat_id=chat_id))
