"""Turning what a bot sends (text, parse_mode, entities) into what a chat holds."""

import re
from typing import Any

from bot.playground.html import parse_html, trim, units
from bot.playground.refusal import Json, bad

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
KNOWN = {
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "blockquote",
    "expandable_blockquote",
    "code",
    "pre",
    "text_link",
    "text_mention",
    "custom_emoji",
    "date_time",
}
FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,32}(?:@\w{3,32})?(?![\w/<>]))"
    r"|(?P<url>\bhttps?://[^\s<>\"']+[^\s<>\"'.,;:!?)])"
    r"|(?P<email>\b[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?P<mention>(?<!\w)@[A-Za-z]\w{3,31})"
)


def detect(text: str) -> list[Json]:
    """Entities that Telegram finds by itself: commands, links, e-mail addresses, mentions."""
    return [
        {
            "type": match.lastgroup,
            "offset": units(text[: match.start()]),
            "length": units(match[0]),
        }
        for match in FOUND.finditer(text)
    ]


def check_entities(text: str, entities: Any) -> list[Json]:
    """Explicit entities, or a refusal; those that reach outside the text are cut off as Telegram does."""
    if not isinstance(entities, list):
        raise bad("can't parse entities: expected an Array of MessageEntity")
    size = units(text)
    checked: list[Json] = []
    for entity in entities:
        if not isinstance(entity, dict):
            raise bad("can't parse entities: expected an Object")
        if entity.get("type") not in KNOWN:
            raise bad("can't parse entities: unsupported MessageEntity type specified")
        offset, length = entity.get("offset"), entity.get("length")
        if not isinstance(offset, int) or not isinstance(length, int):
            raise bad('can\'t parse entities: Field "offset" must be of type Number')
        if offset < 0 or length <= 0 or offset >= size:
            continue
        checked.append({**entity, "length": min(length, size - offset)})
    return checked


def formatted(text: str, mode: str | None, entities: Any, *, limit: int, long: str) -> tuple[str, list[Json]]:
    """Text and entities as the chat will hold them. `long` is the refusal for more than `limit` UTF-16
    units."""
    text = text.replace("\x00", "").replace("\r", "")
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise bad("strings must be encoded in UTF-8")
    if mode and mode.lower() == "html":
        text, marks = parse_html(text)
    elif mode:
        raise bad("unsupported parse_mode")
    else:
        marks = check_entities(text, entities) if entities else []
    text, marks = trim(text, marks)
    if units(text) > limit:
        raise bad(long)
    taken = [(mark["offset"], mark["offset"] + mark["length"]) for mark in marks]
    for mark in detect(text):
        start, end = mark["offset"], mark["offset"] + mark["length"]
        if all(end <= first or start >= last for first, last in taken):
            marks.append(mark)
    return text, sorted(marks, key=lambda mark: (mark["offset"], -mark["length"]))
