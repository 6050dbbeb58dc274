"""Telegram's HTML: the tags it knows, the refusals it gives, offsets in UTF-16 units.

Written after the text of https://core.telegram.org/bots/api#html-style and the messages of its server.
"""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from bot.playground.refusal import Json, bad

PLAIN = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
SPECIAL = {"span", "a", "tg-emoji"}
NAMED = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"'}
REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
ATTRIBUTE = re.compile(r"\s*([A-Za-z_-][A-Za-z0-9_-]*)\s*(?:=\s*(\"[^\"]*\"|'[^']*'|[^\s>\"']+))?")


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def at_byte(source: str, position: int) -> int:
    return len(source[:position].encode("utf-8", "surrogatepass"))


@dataclass
class OpenTag:
    name: str
    attributes: dict[str, str]
    offset: int


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.position = 0
        self.out: list[str] = []
        self.length = 0
        self.open: list[OpenTag] = []
        self.entities: list[Json] = []

    def refuse(self, words: str, position: int) -> Exception:
        return bad(f"can't parse entities: {words} at byte offset {at_byte(self.source, position)}")

    def write(self, text: str) -> None:
        self.out.append(text)
        self.length += units(text)

    def read(self) -> None:
        while self.position < len(self.source):
            char = self.source[self.position]
            if char == "<":
                self.tag()
            elif char == "&" and (match := REFERENCE.match(self.source, self.position)):
                self.write(NAMED.get(match[0]) or unescape(match[0]))
                self.position = match.end()
            else:
                self.write(char)
                self.position += 1
        if self.open:
            name = self.open[-1].name
            raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{name}\"")

    def tag(self) -> None:
        start = self.position
        closing = self.source.startswith("</", start)
        match = NAME.match(self.source, start + (2 if closing else 1))
        name = match[0].lower() if match else ""
        after = match.end() if match else start + (2 if closing else 1)
        if closing:
            self.close(name, start, after)
        else:
            self.start(name, start, after)

    def start(self, name: str, start: int, after: int) -> None:
        if name not in PLAIN and name not in SPECIAL:
            raise self.refuse(f'Unsupported start tag "{name}"', start)
        attributes: dict[str, str] = {}
        while True:
            if after >= len(self.source):
                raise self.refuse("Unclosed start tag", start)
            rest = self.source[after:]
            if rest.lstrip().startswith(">"):
                after += rest.index(">") + 1
                break
            match = ATTRIBUTE.match(self.source, after)
            if match is None:
                raise self.refuse(f'Empty attribute name in the tag "{name}"', start)
            attributes[match[1].lower()] = unescape((match[2] or "").strip("\"'"))
            after = match.end()
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise self.refuse('Tag "span" must have class "tg-spoiler"', start)
        self.open.append(OpenTag(name, attributes, self.length))
        self.position = after

    def close(self, name: str, start: int, after: int) -> None:
        if not self.open:
            raise self.refuse("Unexpected end tag", start)
        end = re.compile(r"\s*>").match(self.source, after)
        if end is None:
            raise self.refuse("Unclosed end tag", start)
        tag = self.open.pop()
        if name and name != tag.name:
            words = f'Unmatched end tag, expected "</{tag.name}>", found "</{name}>"'
            raise self.refuse(words, start)
        self.position = end.end()
        if self.length > tag.offset:
            self.mark(tag)

    def mark(self, tag: OpenTag) -> None:
        entity: Json = {"offset": tag.offset, "length": self.length - tag.offset}
        if tag.name == "a":
            url = tag.attributes.get("href") or "".join(self.out)
            if urlsplit(url).scheme not in ("http", "https", "tg", "mailto", "tel"):
                return
            entity |= {"type": "text_link", "url": url}
        elif tag.name == "span":
            entity["type"] = "spoiler"
        elif tag.name == "tg-emoji":
            entity |= {"type": "custom_emoji", "custom_emoji_id": tag.attributes.get("emoji-id", "0")}
        elif tag.name == "blockquote" and "expandable" in tag.attributes:
            entity["type"] = "expandable_blockquote"
        else:
            entity["type"] = PLAIN[tag.name]
        language = tag.attributes.get("class", "")
        if (
            tag.name == "code"
            and language.startswith("language-")
            and self.open
            and self.open[-1].name == "pre"
        ):
            self.open[-1].attributes["language"] = language.removeprefix("language-")
            return
        if tag.name == "pre" and "language" in tag.attributes:
            entity["language"] = tag.attributes["language"]
        self.entities.append(entity)


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Text and entities of an HTML message; Refusal "can't parse entities: ..." where Telegram refuses."""
    reader = _Reader(source)
    reader.read()
    entities = sorted(reader.entities, key=lambda entity: (entity["offset"], -entity["length"]))
    return "".join(reader.out), entities


def trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without white space at both ends, as Telegram stores a message; entities follow."""
    lead = units(text[: len(text) - len(text.lstrip())])
    stripped = text.strip()
    size = units(stripped)
    kept: list[Json] = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, size)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return stripped, kept
