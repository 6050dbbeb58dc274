"""Photos, documents, voice, video, audio, stickers, albums, places and contacts, from the bot's side."""

import secrets
from typing import Any

from bot.playground.methods.messages import opening, place, read_caption
from bot.playground.methods.registry import Call, method
from bot.playground.params import Upload
from bot.playground.records import StoredFile
from bot.playground.refusal import Json, Refusal, bad
from bot.playground.shapes import describe

UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
PARAMETER = {
    "sendPhoto": "photo",
    "sendDocument": "document",
    "sendVoice": "voice",
    "sendVideo": "video",
    "sendAudio": "audio",
    "sendAnimation": "animation",
    "sendVideoNote": "video_note",
    "sendSticker": "sticker",
}


def _stored(call: Call, kind: str, source: Any, field: str) -> StoredFile:
    """The file that a parameter means: attach://part, a part of the same name, or a known file_id."""
    upload: Upload | None = call.params.files.get(field) if source is None else None
    if isinstance(source, str) and source.startswith("attach://"):
        upload = call.params.files.get(source.removeprefix("attach://"))
        if upload is None:
            raise bad(f"there is no {field.replace('_', ' ')} in the request")
    if upload is not None:
        if not upload.content:
            raise bad("file must be non-empty")
        if len(upload.content) > (PHOTO_LIMIT if kind == "photo" else UPLOAD_LIMIT):
            raise Refusal(413)
        return call.playground.keep(call.account, kind, upload.content, upload.name, upload.mime)
    if not source:
        raise bad(f"there is no {field.replace('_', ' ')} in the request")
    known = call.account.files.get(str(source))
    if known is None:
        words = str(source)
        if words.startswith(("http://", "https://")):
            raise bad("failed to get HTTP URL content")  # the stand-in never fetches anything
        raise bad("wrong file identifier/HTTP URL specified")
    if known.kind != kind and "document" not in (known.kind, kind):
        raise bad(f"type of file mismatch: can't use file of type {known.kind} as {kind}")
    return known


@method(*PARAMETER)
def send_medium(call: Call) -> Json:
    name = next(known for known in PARAMETER if known.lower() == call.method.lower())
    kind = PARAMETER[name]
    chat = call.chat()
    caption = read_caption(None, call)
    head = opening(call, chat)
    stored = _stored(call, kind, call.params.values.get(kind), kind)
    return place(call, chat, head | describe(kind, stored) | caption)


def read_input_media(call: Call, part: Any) -> Json:
    """The content of an InputMedia object."""
    if not isinstance(part, dict) or part.get("type") not in (
        "photo",
        "video",
        "document",
        "audio",
        "animation",
    ):
        raise bad("can't parse InputMedia: type must be photo, video, document, audio or animation")
    kind = str(part["type"])
    stored = _stored(call, kind, part.get("media"), "media")
    return describe(kind, stored) | read_caption(part, call)


@method("sendMediaGroup")
def send_media_group(call: Call) -> list[Json]:
    chat = call.chat()
    parts = call.params.data("media")
    if not isinstance(parts, list) or not 2 <= len(parts) <= 10:
        raise bad("wrong number of media in the album: 2-10 are expected")
    kinds = {part.get("type") for part in parts if isinstance(part, dict)}
    if len(kinds) > 1 and not kinds <= {"photo", "video"}:
        raise bad("documents and audio can't be mixed with other media types in an album")
    contents = [read_input_media(call, part) for part in parts]
    album = secrets.token_hex(8)
    return [
        place(call, chat, opening(call, chat) | content | {"media_group_id": album}) for content in contents
    ]


def read_place(call: Call) -> Json:
    latitude, longitude = call.params.number("latitude"), call.params.number("longitude")
    if not -90 <= latitude <= 90 or not -180 <= longitude <= 180:
        raise bad("wrong coordinates specified")
    return {"latitude": latitude, "longitude": longitude}


@method("sendLocation")
def send_location(call: Call) -> Json:
    chat = call.chat()
    return place(call, chat, opening(call, chat) | {"location": read_place(call)})


@method("sendVenue")
def send_venue(call: Call) -> Json:
    chat = call.chat()
    where = read_place(call)
    venue = {
        "location": where,
        "title": call.params.text("title"),
        "address": call.params.text("address"),
    }
    return place(call, chat, opening(call, chat) | {"location": where, "venue": venue})


@method("sendContact")
def send_contact(call: Call) -> Json:
    chat = call.chat()
    contact = {
        "phone_number": call.params.text("phone_number"),
        "first_name": call.params.text("first_name"),
    }
    if not all(contact.values()):
        raise bad("contact phone number and first name must be non-empty")
    for name in ("last_name", "vcard"):
        if call.params.has(name):
            contact[name] = call.params.text(name)
    return place(call, chat, opening(call, chat) | {"contact": contact})
