"""Pictures for the README: written once, small, in as few colours as the eye needs."""

import os
import struct
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).parents[2]
#: A folder that is not kept; with QABUL_PICTURES=1 the documents.
CHAT = ROOT / ("docs/pictures" if os.environ.get("QABUL_PICTURES") == "1" else "var/pictures") / "chat.png"
COLOURS = 256
Pixels = npt.NDArray[np.uint8]


def write_png(path: Path, screenshot: bytes) -> None:
    """The screenshot with a palette: the commonest colours, every other pixel the nearest of them."""
    pixels = read_png(screenshot)
    height, width, _ = pixels.shape
    colours, which, counts = np.unique(pixels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    chosen = np.argsort(-counts)[:COLOURS]
    palette = colours[chosen].astype(np.int32)
    nearest = np.array([((palette - one) ** 2).sum(axis=1).argmin() for one in colours.astype(np.int32)])
    indexed = nearest[which.reshape(-1)].astype(np.uint8).reshape(height, width)
    rows = b"".join(b"\x00" + row.tobytes() for row in indexed)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = [
        (b"IHDR", header),
        (b"PLTE", colours[chosen].astype(np.uint8).tobytes()),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, data) for name, data in parts))


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def read_png(data: bytes) -> Pixels:
    """Red, green, blue of an 8-bit truecolour PNG, as browsers write screenshots."""
    at, packed, header = 8, b"", b""
    while at < len(data):
        length, name = struct.unpack(">I4s", data[at : at + 8])
        content = data[at + 8 : at + 8 + length]
        header = content if name == b"IHDR" else header
        packed += content if name == b"IDAT" else b""
        at += 12 + length
    width, height, depth, kind = struct.unpack(">IIBB", header[:10])
    channels = {2: 3, 6: 4}[kind]
    assert depth == 8
    rows = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, 1 + width * channels)
    pixels = np.zeros((height, width * channels), np.uint8)
    before = np.zeros(width * channels, np.uint8)
    for number, row in enumerate(rows):
        before = pixels[number] = unfiltered(int(row[0]), row[1:], before, channels)
    return pixels.reshape(height, width, channels)[:, :, :3]


def unfiltered(kind: int, row: Pixels, above: Pixels, step: int) -> Pixels:
    """One row without PNG's filter (none, left, up, average, Paeth)."""
    if kind == 0:
        return row.copy()
    if kind == 2:
        return row + above
    done = [0] * len(row)
    line, upper = row.tolist(), above.tolist()
    for place, value in enumerate(line):
        left = done[place - step] if place >= step else 0
        corner = upper[place - step] if place >= step else 0
        done[place] = (value + predicted(kind, left, upper[place], corner)) & 255
    return np.array(done, np.uint8)


def predicted(kind: int, left: int, up: int, corner: int) -> int:
    if kind == 1:
        return left
    if kind == 3:
        return (left + up) // 2
    distances = [abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)]
    return (left, up, corner)[distances.index(min(distances))]
