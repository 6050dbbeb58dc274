"""Who the bot is, and what it says about itself."""

from bot.playground.methods.registry import Call, method
from bot.playground.refusal import Json, bad

TEXTS = {
    "setMyName": ("name", 64),
    "setMyDescription": ("description", 512),
    "setMyShortDescription": ("short_description", 120),
}
GETTERS = {"get" + name[3:]: field for name, (field, _) in TEXTS.items()}


@method("getMe")
def get_me(call: Call) -> Json:
    return call.account.view() | {
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": True,
        "can_connect_to_business": True,
        "has_main_web_app": False,
        "has_topics_enabled": False,
    }


@method(*TEXTS)
def set_text(call: Call) -> bool:
    field, limit = next(rule for name, rule in TEXTS.items() if name.lower() == call.method.lower())
    text = call.params.text(field)
    if len(text) > limit:
        raise bad(f"{field.replace('_', ' ')} is too long")
    call.account.texts[field, call.params.text("language_code")] = text
    return True


@method(*GETTERS)
def get_text(call: Call) -> Json:
    field = next(field for name, field in GETTERS.items() if name.lower() == call.method.lower())
    texts = call.account.texts
    language = call.params.text("language_code")
    default = call.account.first_name if field == "name" else ""
    return {field: texts.get((field, language)) or texts.get((field, "")) or default}


@method("setMyDefaultAdministratorRights", "logOut", "close")
def agree(call: Call) -> bool:
    return True
