"""Editing and deleting the bot's own messages."""

from bot.playground.markup import check_markup
from bot.playground.methods.media import read_input_media
from bot.playground.methods.messages import read_caption, read_text
from bot.playground.methods.registry import Call, method
from bot.playground.records import Chat, seconds_now
from bot.playground.refusal import Json, Refusal, bad

MEDIA = ("photo", "document", "voice", "video", "audio", "animation", "video_note", "sticker")


def _target(call: Call) -> tuple[Chat, Json]:
    if call.params.has("inline_message_id"):
        raise bad("message to edit not found")
    chat = call.chat()
    message = call.message(chat, call.params.need("message_id"), "message to edit not found")
    if message["from"]["id"] != call.account.id:
        raise bad("message can't be edited")
    return chat, message


def _replace(call: Call, chat: Chat, old: Json, fresh: Json, dropped: tuple[str, ...]) -> Json:
    """Writes the changed message, or refuses an unchanged one."""
    markup = check_markup(call.params.data("reply_markup"), inline_only=True)
    kept = {key: value for key, value in old.items() if key not in (*dropped, "reply_markup")}
    new = kept | fresh | ({"reply_markup": markup} if markup else {})
    if new == old:
        raise bad(
            "message is not modified: specified new message content and reply markup are exactly the same as "
            "a current content and reply markup of the message"
        )
    new["edit_date"] = seconds_now()
    chat.messages[new["message_id"]] = new
    call.playground.journal.deliver(call.account.id, call.method, call.number, new)
    call.tell(chat, "edit", new)
    return new


@method("editMessageText")
def edit_text(call: Call) -> Json:
    chat, message = _target(call)
    if "text" not in message:
        raise bad("there is no text in the message to edit")
    return _replace(call, chat, message, read_text(call), ("text", "entities"))


@method("editMessageCaption")
def edit_caption(call: Call) -> Json:
    chat, message = _target(call)
    if not any(kind in message for kind in MEDIA):
        raise bad("there is no caption in the message to edit")
    return _replace(call, chat, message, read_caption(None, call), ("caption", "caption_entities"))


@method("editMessageReplyMarkup")
def edit_markup(call: Call) -> Json:
    chat, message = _target(call)
    return _replace(call, chat, message, {}, ())


@method("editMessageMedia")
def edit_media(call: Call) -> Json:
    chat, message = _target(call)
    fresh = read_input_media(call, call.params.data("media"))
    return _replace(call, chat, message, fresh, (*MEDIA, "text", "entities", "caption", "caption_entities"))


def _delete(call: Call, chat: Chat, number: int) -> None:
    call.message(chat, number, "message to delete not found")
    del chat.messages[number]
    call.tell(chat, "delete", {"message_id": number})


@method("deleteMessage")
def delete_message(call: Call) -> bool:
    _delete(call, call.chat(), call.params.need("message_id"))
    return True


@method("deleteMessages")
def delete_messages(call: Call) -> bool:
    chat = call.chat()
    numbers = call.params.data("message_ids")
    if not isinstance(numbers, list) or not 1 <= len(numbers) <= 100:
        raise bad("message identifiers are not specified")
    for number in numbers:
        try:
            _delete(call, chat, int(number))
        except Refusal:
            continue  # Telegram skips what it cannot find here
    return True
