"""Import and export of the library: all or nothing, and only what really differs becomes a new version."""

from dataclasses import dataclass
from pathlib import Path

from hub.foundation.db import UnitOfWork
from hub.people.actors import Actor


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Codes by what happens to them. With `problems` (sentences with file and line) nothing is done."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    retired: tuple[str, ...]
    same: int
    problems: tuple[str, ...]


async def import_entries(
    uow: UnitOfWork, actor: Actor, path: Path, *, dry_run: bool = False, note: str = ""
) -> ImportReport:
    """Reads a pack folder, or a CSV file with one row per entry and language, and publishes what it holds.

    An editor may import what they may edit. Errors: not_allowed.
    """
    raise NotImplementedError


async def export_sheet(uow: UnitOfWork, actor: Actor) -> bytes:
    """The whole library as CSV (UTF-8 with mark, so that spreadsheets read it). Errors: not_allowed."""
    raise NotImplementedError


async def export_pack(uow: UnitOfWork, actor: Actor, folder: Path) -> int:
    """The country pack with the stored entries in it, as a folder that is a pack again; how many entries."""
    raise NotImplementedError
