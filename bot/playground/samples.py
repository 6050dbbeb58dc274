"""Tiny made-up files, for when a test or a visitor sends "a photo" without choosing one."""

import struct
import zlib

from bot.playground.params import Upload


def _png() -> bytes:
    """An 8 x 8 picture of one colour."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    rows = b"".join(b"\x00" + b"\x2f\x80\x6e" * 8 for _ in range(8))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


SAMPLES = {
    "photo": Upload(_png(), "photo.png", "image/png"),
    "document": Upload(b"A note from the playground.\n", "note.txt", "text/plain"),
    "voice": Upload(b"OggS\x00\x02" + bytes(20) + b"OpusHead\x01\x01" + bytes(9), "voice.ogg", "audio/ogg"),
    "video": Upload(b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "video.mp4", "video/mp4"),
    "audio": Upload(b"ID3\x04\x00\x00\x00\x00\x00\x00", "song.mp3", "audio/mpeg"),
    "video_note": Upload(b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "note.mp4", "video/mp4"),
    "animation": Upload(b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "animation.gif", "image/gif"),
    "sticker": Upload(b"RIFF\x04\x00\x00\x00WEBP", "sticker.webp", "image/webp"),
}
