"""A country pack as one file: zipped for the download, unpacked with care for the import."""

import asyncio
import io
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path, PurePosixPath

from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.library.exchange import export_pack
from hub.people.actors import OfficialActor

#: A pack has a few dozen files; more than this, or more bytes, is no pack.
MOST_FILES = 500
MOST_BYTES = 100_000_000
KINDS = frozenset({".yaml", ".yml", ".toml", ".csv", ".md", ".txt"})


async def zipped_pack(uow: UnitOfWork, actor: OfficialActor) -> bytes:
    """The pack with the editors' entries in it, under a folder of its own. Errors: not_allowed."""
    with tempfile.TemporaryDirectory() as folder:
        pack = Path(folder) / "library"
        await export_pack(uow, actor, pack)
        return await asyncio.to_thread(_zip, pack)


def _zip(folder: Path) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                target.write(path, f"{folder.name}/{path.relative_to(folder).as_posix()}")
    return packed.getvalue()


@asynccontextmanager
async def unpacked(path: Path, name: str) -> AsyncIterator[Path]:
    """What `import_entries` reads: the pack's folder for an archive, else a copy under the editor's own name.

    Gone at the end. Errors: library_file_refused.
    """
    folder = Path(await asyncio.to_thread(tempfile.mkdtemp))
    try:
        yield await asyncio.to_thread(_unpack, path, folder, name)
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


def _unpack(path: Path, folder: Path, name: str) -> Path:
    if path.suffix != ".zip":
        plain = PurePosixPath(name.replace("\\", "/")).name or path.name
        return Path(shutil.copy(path, folder / f"{Path(plain).stem[:80] or 'file'}{path.suffix}"))
    try:
        with zipfile.ZipFile(path) as archive:
            _extract(archive, folder)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        # Damaged, encrypted, or packed in a way that Python does not know.
        raise HubError("library_file_refused") from None
    roots = [found.parent for mark in ("pack.toml", "faq", "*.yaml") for found in sorted(folder.rglob(mark))]
    return roots[0] if roots else folder


def _extract(archive: zipfile.ZipFile, folder: Path) -> None:
    members = [one for one in archive.infolist() if not one.is_dir()]
    if len(members) > MOST_FILES or sum(one.file_size for one in members) > MOST_BYTES:
        raise HubError("library_file_refused")
    left = MOST_BYTES
    for one in members:
        steps = PurePosixPath(one.filename.replace("\\", "/"))
        if steps.is_absolute() or ".." in steps.parts or steps.suffix.lower() not in KINDS:
            continue
        target = folder.joinpath(*steps.parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(one) as source, target.open("wb") as written:
            # The announced size may be a lie.
            while chunk := source.read(256 * 1024):
                left -= len(chunk)
                if left < 0:
                    raise HubError("library_file_refused")
                written.write(chunk)
