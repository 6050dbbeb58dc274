"""Copying and forwarding messages."""

from typing import Any

from bot.playground.methods.messages import opening, place, read_caption
from bot.playground.methods.registry import Call, method
from bot.playground.records import Chat
from bot.playground.refusal import Json, Refusal, bad

CONTENT = (
    "text",
    "entities",
    "caption",
    "caption_entities",
    "photo",
    "document",
    "voice",
    "video",
    "audio",
    "animation",
    "video_note",
    "sticker",
    "location",
    "venue",
    "contact",
)


def _source(call: Call, number: int, refusal: str) -> Json:
    chat = call.playground.chat(call.account.id, call.params.need("from_chat_id"))
    if chat is None:
        raise bad("chat not found")
    message = call.message(chat, number, refusal)
    if not any(key in message for key in CONTENT):
        raise bad("message can't be copied" if "cop" in refusal else "message can't be forwarded")
    return message


def _content(message: Json) -> Json:
    return {key: message[key] for key in CONTENT if key in message}


def origin_of(message: Json) -> Json:
    """`forward_origin` of a message by its first author."""
    if "forward_origin" in message:
        origin: Json = message["forward_origin"]
        return origin
    return {"type": "user", "sender_user": message["from"], "date": message["date"]}


def _copy(call: Call, chat: Chat, number: int) -> Json:
    source = _source(call, number, "message to copy not found")
    content = _content(source)
    if call.params.values.get("caption") is not None and "text" not in content:
        content = {key: value for key, value in content.items() if not key.startswith("caption")}
        content |= read_caption(None, call)
    placed = place(call, chat, opening(call, chat) | content)
    return {"message_id": placed["message_id"]}


def _forward(call: Call, chat: Chat, number: int) -> Json:
    source = _source(call, number, "message to forward not found")
    head = opening(call, chat) | {"forward_origin": origin_of(source)}
    return place(call, chat, head | _content(source))


@method("copyMessage")
def copy_message(call: Call) -> Json:
    return _copy(call, call.chat(), call.params.need("message_id"))


@method("forwardMessage")
def forward_message(call: Call) -> Json:
    return _forward(call, call.chat(), call.params.need("message_id"))


def _each(call: Call, act: Any) -> list[Json]:
    chat = call.chat()
    numbers = call.params.data("message_ids")
    if not isinstance(numbers, list) or not 1 <= len(numbers) <= 100:
        raise bad("message identifiers are not specified")
    done: list[Json] = []
    for number in numbers:
        try:
            done.append({"message_id": act(call, chat, int(number))["message_id"]})
        except Refusal:
            continue  # Telegram skips what it cannot find here
    return done


@method("copyMessages")
def copy_messages(call: Call) -> list[Json]:
    return _each(call, _copy)


@method("forwardMessages")
def forward_messages(call: Call) -> list[Json]:
    return _each(call, _forward)
