"""Pressing buttons: inline ones, those of the reply keyboard, and by label."""

import secrets
import time

from bot.playground.acts import Act, ActRefusedError
from bot.playground.records import Query
from bot.playground.refusal import Json


def press_data(act: Act, message_id: int, data: str) -> Json:
    """A callback query as a client would send it; `data` need not be on any button (a forged press).

    A message that is gone is sent as an inaccessible one. Returns `{"kind": "callback", "query_id": ...}`.
    """
    chat = act.chat
    message = chat.messages.get(message_id)
    if message is None:
        message = {"chat": chat.view(), "message_id": message_id, "date": 0}
    query = Query(str(secrets.randbelow(10**18)), chat.id, act.person.id, time.monotonic())
    act.playground.queries[query.id] = query
    content: Json = {
        "id": query.id,
        "from": act.person.view(),
        "message": message,
        "chat_instance": str(chat.id),
        "data": data,
    }
    act.playground.push(act.account, "callback_query", content)
    return {"kind": "callback", "query_id": query.id}


def press_label(act: Act, label: str) -> Json:
    """Presses the newest button whose text contains `label`; an exact text wins within one message."""
    found = _find(act, label)
    if found is None:
        raise LookupError(f"no button contains {label!r}; there are: {', '.join(labels(act)) or 'none'}")
    message_id, button = found
    if "callback_data" in button:
        return press_data(act, message_id, str(button["callback_data"]))
    for action in ("url", "web_app"):
        if action in button:
            target = button[action]
            return {"kind": "url", "url": target["url"] if isinstance(target, dict) else target}
    if button.get("request_contact"):
        return {"kind": "message", "message": act.send_contact()}
    if button.get("request_location"):
        return {"kind": "message", "message": act.send({"location": TASHKENT})}
    if message_id not in act.chat.messages or "inline_keyboard" not in _markup(act, message_id):
        return {"kind": "message", "message": act.say(str(button["text"]))}
    raise ActRefusedError("this kind of button does nothing in the playground")


TASHKENT = {"latitude": 41.311081, "longitude": 69.240562}


def labels(act: Act) -> list[str]:
    """Texts of all buttons that can be pressed now, newest message first."""
    return [str(button["text"]) for _, buttons in _shown(act) for button in buttons]


def _markup(act: Act, message_id: int) -> Json:
    markup: Json = act.chat.messages[message_id].get("reply_markup", {})
    return markup


def _shown(act: Act) -> list[tuple[int, list[Json]]]:
    """(message id, buttons), newest first; the reply keyboard counts as of the message that brought it."""
    chat = act.chat
    shown = [
        (number, [button for row in message["reply_markup"]["inline_keyboard"] for button in row])
        for number, message in chat.messages.items()
        if "inline_keyboard" in message.get("reply_markup", {})
    ]
    if chat.keyboard:
        shown.append((chat.keyboard_from, [button for row in chat.keyboard["keyboard"] for button in row]))
    return sorted(shown, key=lambda pair: pair[0], reverse=True)


def _find(act: Act, label: str) -> tuple[int, Json] | None:
    wanted = label.casefold().strip()
    for number, buttons in _shown(act):
        for exact in (True, False):
            for button in buttons:
                text = str(button["text"]).casefold()
                if text == wanted or (not exact and wanted in text):
                    return number, button
    return None
