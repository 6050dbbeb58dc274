"""sendMessage, and what every sending method shares."""

from typing import Any

from bot.playground.entities import CAPTION_LIMIT, TEXT_LIMIT, formatted
from bot.playground.markup import check_markup
from bot.playground.methods.registry import Call, method
from bot.playground.records import Chat
from bot.playground.refusal import Json, bad


def opening(call: Call, chat: Chat) -> Json:
    """The head of an outgoing message: thread, reply, markup and business connection checked."""
    message = call.playground.new_message(chat, call.account.view())
    if thread := call.params.integer("message_thread_id"):
        if thread not in chat.topics:
            raise bad("message thread not found")
        message |= {"message_thread_id": thread, "is_topic_message": True}
    if connection := call.params.text("business_connection_id"):
        known = call.account.business.get(connection)
        if known is None or not known["is_enabled"]:
            raise bad("business connection not found")
        message["business_connection_id"] = connection
    if replied := _replied(call, chat):
        message["reply_to_message"] = replied
    if markup := check_markup(call.params.data("reply_markup")):
        message["reply_markup"] = markup
    return message


def _replied(call: Call, chat: Chat) -> Json | None:
    reply = call.params.data("reply_parameters")
    if reply is None and (number := call.params.integer("reply_to_message_id")):
        reply = {"message_id": number}
        reply["allow_sending_without_reply"] = call.params.flag("allow_sending_without_reply")
    if reply is None:
        return None
    if not isinstance(reply, dict) or not isinstance(reply.get("message_id"), int):
        raise bad("can't parse reply parameters JSON object")
    original = chat.messages.get(reply["message_id"])
    if original is None:
        if reply.get("allow_sending_without_reply"):
            return None
        raise bad("message to be replied not found")
    return {key: value for key, value in original.items() if key != "reply_to_message"}


def place(call: Call, chat: Chat, message: Json) -> Json:
    """Puts a finished message into the chat, tells the page, and returns what the bot is answered.

    As Telegram does, the bot sees an inline keyboard again, but not a reply keyboard.
    """
    chat.messages[message["message_id"]] = message
    markup = message.get("reply_markup", {})
    if "keyboard" in markup:
        chat.keyboard, chat.keyboard_from = markup, message["message_id"]
    elif markup.get("remove_keyboard"):
        chat.keyboard = None
    shown = dict(message)
    if markup and "inline_keyboard" not in markup:
        chat.messages[message["message_id"]] = {
            key: value for key, value in message.items() if key != "reply_markup"
        }
        shown = dict(chat.messages[message["message_id"]])
    call.playground.journal.deliver(call.account.id, call.method, call.number, message)
    call.tell(chat, "message", {**shown, "keyboard": chat.keyboard})
    return shown


def read_text(call: Call) -> Json:
    """The `text` and `entities` of a message, or Telegram's refusal."""
    params = call.params
    text, entities = formatted(
        params.text("text"),
        params.text("parse_mode") or None,
        params.data("entities"),
        limit=TEXT_LIMIT,
        long="message is too long",
    )
    if not text:
        raise bad("message text is empty")
    return {"text": text, "entities": entities} if entities else {"text": text}


def read_caption(source: Json | None, call: Call) -> Json:
    """`caption` and `caption_entities` of a medium; `source` is an album's part, else the call itself."""
    if source is None:
        caption, mode = call.params.text("caption"), call.params.text("parse_mode")
        marks: Any = call.params.data("caption_entities")
    else:
        caption, mode = str(source.get("caption") or ""), str(source.get("parse_mode") or "")
        marks = source.get("caption_entities")
    text, entities = formatted(
        caption, mode or None, marks, limit=CAPTION_LIMIT, long="message caption is too long"
    )
    if not text:
        return {}
    return {"caption": text, "caption_entities": entities} if entities else {"caption": text}


@method("sendMessage")
def send_message(call: Call) -> Json:
    chat = call.chat()
    content = read_text(call)
    return place(call, chat, opening(call, chat) | content)
