"""Where attachments lie and which kinds are taken. An allow-list: a deny-list always misses one."""

import asyncio
import hashlib
import os
import re
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiofiles
import puremagic

from hub.foundation.errors import HubError

MAX_BYTES = 20 * 1024 * 1024
_HEAD = 8192
_OFFICE = "application/vnd.openxmlformats-officedocument"
#: What the bytes may be, and the media type served for it, whatever the sender called it.
_ALLOWED = {
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".jfif": "image/jpeg", ".png": "image/png",
    ".webp": "image/webp", ".gif": "image/gif", ".heic": "image/heic", ".heif": "image/heic",
    ".pdf": "application/pdf", ".ogg": "audio/ogg", ".oga": "audio/ogg", ".opus": "audio/ogg",
    ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".wav": "audio/wav", ".mp4": "video/mp4",
    ".mov": "video/quicktime", ".3gp": "video/3gpp", ".webm": "video/webm",
    ".doc": "application/msword", ".rtf": "application/rtf", ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet", ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}  # fmt: skip
_ACTIVE = re.compile(rb"<\s*(script|html|svg|!doctype|iframe|\?xml)", re.I)


@dataclass(frozen=True, slots=True)
class StoredFile:
    size: int
    sha256: str
    media_type: str


def path_of(folder: Path, attachment_id: str) -> Path:
    """Generated names only: nothing the sender typed reaches the file system."""
    return folder / attachment_id[:2] / attachment_id


async def write_file(path: Path, chunks: AsyncIterator[bytes], name: str) -> StoredFile:
    """Streams to disk with the cap, then looks at the bytes.

    Errors: file_empty, file_too_large, file_type_refused; nothing is left behind then.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # A name of its own: two that fetch the same file at once must not write into one another.
    partial = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    size, hasher, head = 0, hashlib.sha256(), b""
    try:
        async with aiofiles.open(partial, "wb") as target:
            async for chunk in chunks:
                size += len(chunk)
                if size > MAX_BYTES:
                    raise HubError("file_too_large", most=MAX_BYTES // 1024 // 1024)
                if len(head) < _HEAD:
                    head += chunk[: _HEAD - len(head)]
                hasher.update(chunk)
                await target.write(chunk)
            await target.flush()
            # The row that calls it stored is durable, so the bytes must be.
            await asyncio.to_thread(os.fsync, target.fileno())
        if size == 0:
            raise HubError("file_empty")
        media_type = media_type_of(head, name)
        partial.rename(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return StoredFile(size, hasher.hexdigest(), media_type)


def media_type_of(head: bytes, name: str) -> str:
    """Errors: file_type_refused for anything not on the list, or a text that a browser could run."""
    suffix = Path(name.lower()).suffix
    if suffix in {".txt", ".csv"} and not _ACTIVE.search(head) and b"\0" not in head:
        return "text/plain"
    try:
        guesses = [match.extension for match in puremagic.magic_string(head, filename=f"file{suffix}")]
    except (puremagic.PureError, ValueError):
        guesses = []
    for extension in ([suffix] if suffix in guesses else []) + guesses[:3]:
        if extension in _ALLOWED:
            return _ALLOWED[extension]
    raise HubError("file_type_refused")


def clean_name(name: str, fallback: str = "file") -> str:
    """A name safe to show and to send in a header; the sender's letters are kept."""
    name = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]', "_", name or "")
    name = name.encode("utf-8", "replace").decode().strip(" .") or fallback
    stem, dot, suffix = name.rpartition(".")
    return name if len(name) <= 120 else f"{stem[: 110 - len(suffix)]}{dot}{suffix[:10]}"
