"""Topics of a forum."""

from bot.playground.methods.registry import Call, method
from bot.playground.records import Chat, Topic
from bot.playground.refusal import Json, bad

BLUE = 0x6FB9F0


def _forum(call: Call) -> Chat:
    chat = call.chat()
    if not chat.is_forum:
        raise bad("the chat is not a forum")
    return chat


def _topic(call: Call) -> tuple[Chat, Topic]:
    chat = _forum(call)
    topic = chat.topics.get(call.params.need("message_thread_id"))
    if topic is None:
        raise bad("message thread not found")
    return chat, topic


@method("createForumTopic")
def create_topic(call: Call) -> Json:
    chat = _forum(call)
    name = call.params.text("name").strip()
    if not 1 <= len(name) <= 128:
        raise bad("TOPIC_TITLE_EMPTY" if not name else "topic name is too long")
    color = call.params.integer("icon_color", BLUE) or BLUE
    message = call.playground.new_message(chat, call.account.view())
    topic = Topic(message["message_id"], name, color)
    chat.topics[topic.id] = topic
    chat.messages[topic.id] = message | {
        "message_thread_id": topic.id,
        "is_topic_message": True,
        "forum_topic_created": {"name": name, "icon_color": color},
    }
    call.tell(chat, "topic", {"message_thread_id": topic.id, "name": name, "closed": False})
    return {"message_thread_id": topic.id, "name": name, "icon_color": color}


@method("editForumTopic")
def edit_topic(call: Call) -> bool:
    _, topic = _topic(call)
    name = call.params.text("name").strip()
    if not name or name == topic.name:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.name = name[:128]
    return True


def _set_closed(call: Call, closed: bool) -> bool:
    chat, topic = _topic(call)
    if topic.closed is closed:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    call.tell(chat, "topic", {"message_thread_id": topic.id, "name": topic.name, "closed": closed})
    return True


@method("closeForumTopic")
def close_topic(call: Call) -> bool:
    return _set_closed(call, True)


@method("reopenForumTopic")
def reopen_topic(call: Call) -> bool:
    return _set_closed(call, False)


@method("deleteForumTopic")
def delete_topic(call: Call) -> bool:
    chat, topic = _topic(call)
    del chat.topics[topic.id]
    chat.messages = {
        number: message
        for number, message in chat.messages.items()
        if message.get("message_thread_id") != topic.id
    }
    return True


@method("unpinAllForumTopicMessages")
def unpin_topic(call: Call) -> bool:
    _topic(call)
    return True
