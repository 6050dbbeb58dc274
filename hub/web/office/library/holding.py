"""A file that was looked through and waits for the word to bring it in: kept for an hour, for one editor."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from fastapi import Request
from starlette.datastructures import UploadFile

from hub.foundation.errors import HubError
from hub.foundation.security import random_token
from hub.foundation.settings import Settings
from hub.people.actors import OfficialActor
from hub.web.browsers import seal, unseal
from hub.web.forms import chunks_of

LARGEST = 20_000_000
KINDS = (".csv", ".zip", ".yaml", ".yml")
WAIT = timedelta(hours=1)
PURPOSE = "library_import"


@dataclass(frozen=True, slots=True)
class Held:
    """`name` is the editor's own name of the file; `note` stands for it in the form."""

    path: Path
    name: str
    note: str


async def hold(request: Request, actor: OfficialActor, file: UploadFile) -> Held:
    """Errors: file_empty, file_too_large, library_file_refused."""
    name = (file.filename or "")[-120:]
    suffix = Path(name).suffix.lower()
    if suffix not in KINDS:
        raise HubError("library_file_refused")
    folder = _folder(request)
    folder.mkdir(parents=True, exist_ok=True)
    for old in _over(folder):
        old.unlink(missing_ok=True)
    token = f"{random_token()[:24]}{suffix}"
    path, size = folder / token, 0
    try:
        with path.open("xb") as target:
            async for chunk in chunks_of(file):
                size += len(chunk)
                if size > LARGEST:
                    raise HubError("file_too_large")
                target.write(chunk)
        if not size:
            raise HubError("file_empty")
    except HubError:
        path.unlink(missing_ok=True)
        raise
    return Held(path, name, seal(request, PURPOSE, WAIT, file=token, name=name, official=actor.id))


def held(request: Request, actor: OfficialActor, note: str) -> Held | None:
    """The file that this editor sent; None when the hour is over or it was used."""
    kept = unseal(request, PURPOSE, note)
    if kept is None or kept["official"] != actor.id:
        return None
    path = _folder(request) / str(kept["file"])
    return Held(path, str(kept["name"]), note) if path.is_file() else None


def drop(kept: Held) -> None:
    kept.path.unlink(missing_ok=True)


def _folder(request: Request) -> Path:
    settings: Settings = request.app.state.settings
    return settings.data_dir / "imports"


def _over(folder: Path) -> Iterator[Path]:
    last = time.time() - WAIT.total_seconds()
    for path in folder.iterdir():
        if path.is_file() and path.stat().st_mtime < last:
            yield path
