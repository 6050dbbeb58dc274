"""The bot's commands by scope and language, and the menu button."""

import json
import re

from bot.playground.methods.registry import Call, method
from bot.playground.records import BotAccount, Chat
from bot.playground.refusal import Json, bad

NAME = re.compile(r"^[a-z0-9_]{1,32}$")
SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


def scope_key(scope: Json | None) -> str:
    """One text for one scope, with nulls left out."""
    given = {key: value for key, value in (scope or {"type": "default"}).items() if value is not None}
    needed = SCOPES.get(str(given.get("type")))
    if needed is None:
        raise bad("can't parse BotCommandScope: unsupported type specified")
    if any(name not in given for name in needed):
        raise bad("can't parse BotCommandScope: chat_id is required")
    return json.dumps({name: given[name] for name in ("type", *needed)}, sort_keys=True)


def _place(call: Call) -> tuple[str, str]:
    scope = call.params.data("scope")
    if scope is not None and not isinstance(scope, dict):
        raise bad("can't parse BotCommandScope JSON object")
    language = call.params.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad("invalid language code specified")
    return scope_key(scope), language


@method("setMyCommands")
def set_my_commands(call: Call) -> bool:
    commands = call.params.data("commands")
    if commands is None:
        commands = []  # clients leave an empty list out; Telegram then removes the commands
    if not isinstance(commands, list) or len(commands) > 100:
        raise bad("can't use more than 100 commands")
    for command in commands:
        if not isinstance(command, dict) or not NAME.match(str(command.get("command", "")).lstrip("/")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description") or "")) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    call.account.commands[_place(call)] = [
        {"command": str(command["command"]).lstrip("/"), "description": command["description"]}
        for command in commands
    ]
    call.tell(None, "commands", {})
    return True


@method("getMyCommands")
def get_my_commands(call: Call) -> list[Json]:
    return call.account.commands.get(_place(call), [])


@method("deleteMyCommands")
def delete_my_commands(call: Call) -> bool:
    call.account.commands.pop(_place(call), None)
    call.tell(None, "commands", {})
    return True


def commands_shown(account: BotAccount, chat: Chat, language: str | None) -> list[Json]:
    """What a person sees in this chat: the narrowest scope that has commands, own language first."""
    scopes: list[Json] = [{"type": "chat", "chat_id": chat.id}]
    scopes.append({"type": "all_private_chats" if chat.person else "all_group_chats"})
    scopes.append({"type": "default"})
    for scope in scopes:
        for code in dict.fromkeys((language or "", "")):
            if found := account.commands.get((scope_key(scope), code)):
                return found
    return []


@method("setChatMenuButton")
def set_chat_menu_button(call: Call) -> bool:
    button = call.params.data("menu_button") or {"type": "default"}
    if button.get("type") not in ("default", "commands", "web_app"):
        raise bad("can't parse menu button: unsupported type specified")
    if button["type"] == "web_app":
        url = str((button.get("web_app") or {}).get("url", ""))
        if not url.startswith("https://"):
            raise bad("menu button Web App URL is invalid: Only HTTPS links are allowed")
    chat = call.chat().id if call.params.has("chat_id") else None
    call.account.menus[chat] = {key: value for key, value in button.items() if value is not None}
    return True


@method("getChatMenuButton")
def get_chat_menu_button(call: Call) -> Json:
    chat = call.params.integer("chat_id")
    menus = call.account.menus
    return menus.get(chat) or menus.get(None) or {"type": "commands"}
