"""reply_markup: what Telegram accepts, and the refusals for the rest."""

from typing import Any
from urllib.parse import urlsplit

from bot.playground.refusal import Json, bad

ACTIONS = {
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}
WORDS_LIMIT = 4096


def check_markup(markup: Any, *, inline_only: bool = False) -> Json | None:
    """The markup without nulls, or None when there is none; a Refusal where Telegram refuses."""
    if markup is None or markup == "":
        return None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    markup = _clean(markup)
    if "inline_keyboard" in markup:
        rows = _rows(markup["inline_keyboard"], "inline keyboard")
        kept = [[_inline(button) for button in row] for row in rows if row]
        return {"inline_keyboard": kept} if kept else None
    if inline_only:
        raise bad("inline keyboard expected")
    if "keyboard" in markup:
        rows = _rows(markup["keyboard"], "keyboard")
        return {**markup, "keyboard": [[_plain(button) for button in row] for row in rows if row]}
    if markup.get("remove_keyboard") is True or markup.get("force_reply") is True:
        return dict(markup)
    raise bad("object expected as reply markup")


def _clean(value: Any) -> Any:
    """Without nulls: aiogram's models leave unset fields as null inside nested objects."""
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return value


def _rows(rows: Any, what: str) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad(f"can't parse {what}: expected an Array of Arrays")
    return rows


def _inline(button: Any) -> Json:
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise bad('can\'t parse inline keyboard button: Field "text" must be of type String')
    actions = ACTIONS & button.keys()
    if not actions:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad("can't parse inline keyboard button: exactly one action is expected")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    if "url" in button:
        _check_url(str(button["url"]), ("http", "https", "tg"))
    if "web_app" in button:
        _check_url(str(button["web_app"].get("url", "")), ("https",))
    return button


def _plain(button: Any) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise bad('can\'t parse keyboard button: Field "text" must be of type String')
    if len(str(button["text"])) > WORDS_LIMIT:
        raise bad("BUTTON_TEXT_INVALID")
    if "web_app" in button:
        _check_url(str(button["web_app"].get("url", "")), ("https",))
    return button


def _check_url(url: str, schemes: tuple[str, ...]) -> None:
    parts = urlsplit(url)
    if parts.scheme not in schemes:
        if schemes == ("https",):
            raise bad(f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed")
        raise bad(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if parts.scheme != "tg" and not parts.netloc:
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
