"""Chats, members, actions, reactions and pins."""

from bot.playground.methods.registry import Call, method
from bot.playground.records import Chat
from bot.playground.refusal import Json, bad

ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
    "can_pin_messages",
    "can_manage_topics",
)


def member(user: Json, status: str) -> Json:
    """A Bot API `ChatMember` of this status."""
    view: Json = {"status": status, "user": user}
    if status == "kicked":
        view["until_date"] = 0
    if status == "creator":
        view["is_anonymous"] = False
    if status == "administrator":
        view |= {"can_be_edited": False, "is_anonymous": False, **dict.fromkeys(RIGHTS, True)}
    return view


@method("sendChatAction")
def send_chat_action(call: Call) -> bool:
    chat = call.chat()
    action = call.params.text("action")
    if action not in ACTIONS:
        raise bad("wrong parameter action in request")
    call.tell(chat, "action", {"action": action})
    return True


@method("getChat")
def get_chat(call: Call) -> Json:
    chat = call.playground.chat(call.account.id, call.params.need("chat_id"))
    if chat is None:
        raise bad("chat not found")
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    view = chat.view() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }
    if chat.pinned and (last := chat.messages.get(chat.pinned[-1])):
        view["pinned_message"] = last
    return view


def _user(call: Call, number: int) -> Json:
    if number == call.account.id:
        return call.account.view()
    person = call.playground.people.get(number)
    if person is None:
        raise bad("user not found")
    return person.view()


def _status(call: Call, chat: Chat, number: int) -> str:
    if chat.person:
        return "member" if number in (chat.id, call.account.id) else "left"
    default = "administrator" if number == call.account.id else "left"
    return chat.members.get(number, default)


@method("getChatMember")
def get_chat_member(call: Call) -> Json:
    chat, number = call.chat(), call.params.need("user_id")
    return member(_user(call, number), _status(call, chat, number))


@method("getChatAdministrators")
def get_chat_administrators(call: Call) -> list[Json]:
    chat = call.chat()
    if chat.person:
        raise bad("there are no administrators in the private chat")
    heads = [number for number, status in chat.members.items() if status in ("creator", "administrator")]
    known = dict.fromkeys([call.account.id, *heads])
    return [member(_user(call, number), _status(call, chat, number)) for number in known]


@method("getChatMemberCount")
def get_chat_member_count(call: Call) -> int:
    chat = call.chat()
    return 2 if chat.person else len(chat.members) + 1


@method("setMessageReaction")
def set_message_reaction(call: Call) -> bool:
    chat = call.chat()
    number = call.params.need("message_id")
    call.message(chat, number, "message to react not found")
    reaction = call.params.data("reaction") or []
    if not isinstance(reaction, list) or len(reaction) > 1:
        raise bad("REACTIONS_TOO_MANY")
    for one in reaction:
        if not isinstance(one, dict) or one.get("type") not in ("emoji", "custom_emoji"):
            raise bad("REACTION_INVALID")
    chat.reactions[number, call.account.id] = reaction
    call.tell(chat, "reaction", {"message_id": number, "by": call.account.id, "reaction": reaction})
    return True


@method("pinChatMessage")
def pin_chat_message(call: Call) -> bool:
    chat, number = call.chat(), call.params.need("message_id")
    call.message(chat, number, "message to pin not found")
    chat.pinned.append(number)
    return True


@method("unpinChatMessage", "unpinAllChatMessages")
def unpin_chat_message(call: Call) -> bool:
    chat = call.chat()
    number = call.params.integer("message_id")
    chat.pinned = [one for one in chat.pinned if number is not None and one != number]
    return True


@method("leaveChat")
def leave_chat(call: Call) -> bool:
    chat = call.chat()
    if chat.person:
        raise bad("chat member status can't be changed in private chats")
    chat.blocked = True
    return True
