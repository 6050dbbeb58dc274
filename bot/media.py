"""Files in a Telegram message, whatever its kind, as one shape."""

from dataclasses import dataclass
from typing import Any

from aiogram.types import Message


@dataclass(frozen=True, slots=True)
class SentFile:
    """`size` in bytes, None when Telegram does not say."""

    kind: str
    name: str
    media_type: str
    size: int | None
    file_id: str

    @property
    def source(self) -> dict[str, Any]:
        """What `Channel.fetch` needs; a file id holds for this bot only."""
        return {"channel": "telegram", "file_id": self.file_id}


#: Kind of message, the name and type used when the sender's application gives none.
KINDS = {
    "document": ("document", "application/octet-stream"),
    "voice": ("voice.ogg", "audio/ogg"),
    "audio": ("audio.mp3", "audio/mpeg"),
    "video": ("video.mp4", "video/mp4"),
    "video_note": ("video.mp4", "video/mp4"),
    "animation": ("animation.mp4", "video/mp4"),
}


def file_of(message: Message) -> SentFile | None:
    """The message's file; of a photo its largest size."""
    if message.photo:
        best = max(message.photo, key=lambda size: (size.width * size.height, size.file_size or 0))
        return SentFile("photo", "photo.jpg", "image/jpeg", best.file_size, best.file_id)
    # An animation also fills `document`: the more exact kind is looked for first.
    for kind in ("animation", *(kind for kind in KINDS if kind != "animation")):
        found: Any = getattr(message, kind)
        if found is not None:
            name, media_type = KINDS[kind]
            return SentFile(
                kind,
                getattr(found, "file_name", None) or name,
                getattr(found, "mime_type", None) or media_type,
                found.file_size,
                found.file_id,
            )
    return None


def place_of(message: Message) -> str | None:
    """A location or venue as a line of text."""
    if message.venue is not None:
        spot = message.venue.location
        return (
            f"📍 {message.venue.title}, {message.venue.address} ({spot.latitude:.6f}, {spot.longitude:.6f})"
        )
    if message.location is not None:
        return f"📍 {message.location.latitude:.6f}, {message.location.longitude:.6f}"
    return None
