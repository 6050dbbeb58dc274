"""How a stored file looks inside a Bot API message."""

from bot.playground.records import StoredFile
from bot.playground.refusal import Json

SIDES = {"photo": (800, 600), "video": (640, 360), "animation": (320, 240), "sticker": (512, 512)}
SECONDS = 3


def describe(kind: str, stored: StoredFile) -> Json:
    """`{"photo": [...]}`, `{"document": {...}}` and so on. Sizes and durations are made up, bytes are not
    read."""
    base: Json = {"file_id": stored.id, "file_unique_id": stored.unique, "file_size": stored.size}
    if kind == "photo":
        width, height = SIDES["photo"]
        return {"photo": [{**base, "width": width, "height": height}]}
    if kind in ("document", "audio", "video", "animation", "voice"):
        base["mime_type"] = stored.mime
    if kind in ("document", "audio", "video", "animation"):
        base["file_name"] = stored.name
    if kind in ("voice", "audio", "video", "animation", "video_note"):
        base["duration"] = SECONDS
    if kind in SIDES:
        base["width"], base["height"] = SIDES[kind]
    if kind == "video_note":
        base["length"] = 240
    if kind == "sticker":
        base |= {"type": "regular", "is_animated": False, "is_video": False, "emoji": "🙂"}
    view: Json = {kind: base}
    if kind == "animation":
        view["document"] = {key: base[key] for key in ("file_id", "file_unique_id", "file_size", "file_name")}
    return view
