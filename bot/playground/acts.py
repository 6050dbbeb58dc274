"""What people do in a chat: write, send, edit, block. Each act becomes an update for the bot."""

import secrets
from dataclasses import dataclass
from typing import Any

from bot.playground.entities import TEXT_LIMIT, detect
from bot.playground.html import units
from bot.playground.methods.chats import member
from bot.playground.methods.transfer import CONTENT, origin_of
from bot.playground.params import Upload
from bot.playground.records import BotAccount, Chat, Person, seconds_now
from bot.playground.refusal import Json
from bot.playground.samples import SAMPLES
from bot.playground.shapes import describe
from bot.playground.state import Playground


class ActRefusedError(ValueError):
    """A person cannot do this (Telegram's own app would not let them)."""


@dataclass
class Act:
    """A person in a chat with a bot. `chat_id` None is the private chat.

    `reply_to`, `thread`, `business` and `extra` shape the next message: `extra` is merged into it as it is,
    for
    forms that a test wants to forge (sender_chat, is_automatic_forward, via_bot).
    """

    playground: Playground
    account: BotAccount
    person: Person
    chat_id: int | None = None
    reply_to: int | None = None
    thread: int | None = None
    business: str | None = None
    extra: Json | None = None

    @property
    def chat(self) -> Chat:
        chat = self.playground.chat(self.account.id, self.chat_id or self.person.id)
        if chat is None:
            raise LookupError("no such chat")
        return chat

    def send(self, content: Json) -> Json:
        """Places a message of this person and queues its update. Returns the message."""
        chat = self.chat
        if chat.blocked and chat.person:
            raise ActRefusedError("the bot is blocked; unblock it first")
        chat.started = True
        message = self.playground.new_message(chat, self.person.view()) | content
        if self.thread:
            message |= {"message_thread_id": self.thread, "is_topic_message": True}
        if self.reply_to:
            original = chat.messages.get(self.reply_to)
            if original is None:
                raise LookupError("no such message to reply to")
            message["reply_to_message"] = {k: v for k, v in original.items() if k != "reply_to_message"}
        kind = "channel_post" if chat.kind == "channel" else "message"
        if self.business:
            kind = "business_message"
            message["business_connection_id"] = self.business
        message |= self.extra or {}
        chat.messages[message["message_id"]] = message
        self.playground.event(self.account.id, chat.id, "message", {**message, "keyboard": chat.keyboard})
        self.playground.push(self.account, kind, message)
        return message

    def say(self, text: str) -> Json:
        """A text message; white space at the ends goes, as in Telegram."""
        return self.send(_text(text))

    def attach(
        self, kind: str, upload: Upload | None = None, caption: str = "", size: int = 0, album: str = ""
    ) -> Json:
        """A photo, document, voice, video, audio, video_note, animation or sticker; a tiny made-up one by
        default."""
        if kind not in SAMPLES:
            raise ActRefusedError(f"unknown kind of attachment: {kind}")
        upload = upload or SAMPLES[kind]
        stored = self.playground.keep(self.account, kind, upload.content, upload.name, upload.mime, size)
        content = describe(kind, stored)
        if caption:
            content["caption"] = caption
            if found := detect(caption):
                content["caption_entities"] = found
        if album:
            content["media_group_id"] = album
        return self.send(content)

    def send_album(self, parts: list[tuple[str, Upload | None]], caption: str = "") -> list[Json]:
        """Several photos or files at once: as many messages with one media_group_id, the caption on the
        first."""
        album = secrets.token_hex(8)
        return [
            self.attach(kind, upload, caption if number == 0 else "", album=album)
            for number, (kind, upload) in enumerate(parts)
        ]

    def send_contact(
        self, phone: str | None = None, owner: int | None = None, *, anonymous: bool = False
    ) -> Json:
        """A phone book card: the person's own by default, another's with `owner`, of nobody with
        `anonymous`."""
        contact: Json = {
            "phone_number": phone or self.person.phone or "+998900000000",
            "first_name": self.person.first_name,
        }
        if not anonymous:
            contact["user_id"] = owner or self.person.id
        return self.send({"contact": contact})

    def forward(self, text: str = "", *, message_id: int | None = None, name: str = "Somebody") -> Json:
        """A forwarded message: one of this chat, or a text of a hidden author called `name`."""
        if message_id is not None:
            source = self.chat.messages.get(message_id)
            if source is None:
                raise LookupError("no such message")
            content = {key: source[key] for key in CONTENT if key in source}
            return self.send(content | {"forward_origin": origin_of(source)})
        origin = {"type": "hidden_user", "sender_user_name": name, "date": seconds_now()}
        return self.send(_text(text) | {"forward_origin": origin})

    def edit(self, message_id: int, text: str) -> Json:
        """Changes the words of an own message."""
        message = self.chat.messages.get(message_id)
        if message is None or message["from"]["id"] != self.person.id:
            raise LookupError("no such message of this person")
        fresh = _text(text)
        if "text" not in message:
            fresh = {"caption": fresh["text"]}
        kept = {key: value for key, value in message.items() if key not in ("entities", "caption_entities")}
        message = kept | fresh | {"edit_date": seconds_now()}
        self.chat.messages[message_id] = message
        self.playground.event(self.account.id, self.chat.id, "edit", message)
        kind = "edited_business_message" if "business_connection_id" in message else "edited_message"
        self.playground.push(self.account, kind, message)
        return message

    def set_blocked(self, blocked: bool) -> None:
        """Blocks or unblocks the bot in the private chat."""
        chat = self.chat
        if chat.blocked is blocked:
            return
        chat.blocked = blocked
        old, new = ("member", "kicked") if blocked else ("kicked", "member")
        change: dict[str, Any] = {
            "chat": chat.view(),
            "from": self.person.view(),
            "date": seconds_now(),
            "old_chat_member": member(self.account.view(), old),
            "new_chat_member": member(self.account.view(), new),
        }
        self.playground.event(self.account.id, chat.id, "blocked", {"blocked": blocked})
        self.playground.push(self.account, "my_chat_member", change)

    def react(self, message_id: int, emoji: str | None) -> None:
        """Sets or takes back a reaction; the bot hears of it only if it asked for `message_reaction`."""
        chat = self.chat
        key = (message_id, self.person.id)
        old = chat.reactions.get(key, [])
        new = [{"type": "emoji", "emoji": emoji}] if emoji else []
        chat.reactions[key] = new
        change: Json = {
            "chat": chat.view(),
            "message_id": message_id,
            "user": self.person.view(),
            "date": seconds_now(),
            "old_reaction": old,
            "new_reaction": new,
        }
        seen = {"message_id": message_id, "by": self.person.id, "reaction": new}
        self.playground.event(self.account.id, chat.id, "reaction", seen)
        self.playground.push(self.account, "message_reaction", change)


def _text(text: str) -> Json:
    text = text.replace("\x00", "").strip()
    if not text:
        raise ActRefusedError("an empty message cannot be sent")
    if units(text) > TEXT_LIMIT:
        raise ActRefusedError(f"a message holds at most {TEXT_LIMIT} characters")
    found = detect(text)
    return {"text": text, "entities": found} if found else {"text": text}
