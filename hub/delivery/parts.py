"""Cutting a long message into the calls a channel can take, at borders a reader would choose."""

import unicodedata
from dataclasses import dataclass

from hub.delivery.content import Outgoing
from hub.foundation.vocabulary import ChannelName


@dataclass(frozen=True, slots=True)
class Limits:
    """Longest text and caption of one message, in UTF-16 units (Telegram counts so, less a margin)."""

    text: int
    caption: int


LIMITS = {ChannelName.TELEGRAM.value: Limits(text=4096 - 96, caption=1024 - 64)}
#: Where to cut, best first: between paragraphs, lines, sentences, words.
BORDERS = ("\n\n", "\n", ". ", " ")
#: A border this early in a part would make it needlessly short.
EARLIEST = 0.5
JOINERS = {"\u200d", "\ufe0f", "\ufe0e"}


def split_text(text: str, limit: int, *, first: int | None = None) -> list[str]:
    """Parts of at most `limit` UTF-16 units (the first: `first`) that joined give `text` exactly."""
    parts = []
    room = limit if first is None else first
    while units(text) > room:
        end = _border(text, _fitting(text, room))
        parts.append(text[:end])
        text, room = text[end:], limit
    return [*parts, text] if text or not parts else parts


def split_content(content: Outgoing, channel: str) -> list[Outgoing]:
    """The messages that carry `content`, in order: a file first, the buttons under the last."""
    limits = LIMITS.get(channel)
    if limits is None:
        return [content]
    title = units(content.title) + 2 if content.title else 0
    if content.attachment_id is not None:
        if title + units(content.text) <= limits.caption:
            return [content]
        bare = {"attachment_id": None, "attachment_kind": None}
        file = Outgoing(text="", attachment_id=content.attachment_id, attachment_kind=content.attachment_kind)
        return [file, *split_content(content.model_copy(update=bare), channel)]
    if title + units(content.text) <= limits.text:
        return [content]
    texts = [
        part.strip() for part in split_text(content.text, limits.text, first=max(limits.text - title, 1))
    ]
    texts = [part for part in texts if part] or [""]
    silent = {"buttons": (), "choices": (), "remove_choices": False, "request_contact": ""}
    parts = [content.model_copy(update={"text": text, **silent}) for text in texts]
    parts = [parts[0], *(part.model_copy(update={"title": "", "replace": None}) for part in parts[1:])]
    spoken = {name: getattr(content, name) for name in silent}
    return [*parts[:-1], parts[-1].model_copy(update=spoken)]


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text) + sum(1 for character in text if character > "\uffff")


def _fitting(text: str, room: int) -> int:
    """How many characters of `text` fit into `room` units, at least one."""
    used = 0
    for place, character in enumerate(text):
        used += 2 if character > "\uffff" else 1
        if used > room:
            return max(place, 1)
    return len(text)


def _border(text: str, end: int) -> int:
    for border in BORDERS:
        found = text.rfind(border, 0, end)
        if found >= 0 and found + len(border) >= end * EARLIEST:
            return found + len(border)
    while end > 1 and _belongs_to_previous(text[end]):
        end -= 1
    return end


def _belongs_to_previous(character: str) -> bool:
    return bool(unicodedata.combining(character)) or character in JOINERS
