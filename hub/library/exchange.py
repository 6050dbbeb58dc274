"""Import and export of the library: all or nothing, and only what really differs becomes a new version."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.i18n import speaking
from hub.foundation.sentences import sentence
from hub.library import content as contents
from hub.library import wording
from hub.library.brought import Brought, Problems
from hub.library.entry_views import EntryContent, EntryKind
from hub.library.library import Library
from hub.library.models import LibraryEntry
from hub.library.packfolder import read_folder, write_folder
from hub.library.rights import check_edits_some, check_reads, edits
from hub.library.sheet import read_sheet, write_sheet
from hub.library.shipped import shipped_codes, shipped_content
from hub.library.stored import (
    Snapshot,
    add_version,
    content_of,
    find_row,
    new_row,
    raise_edition,
    snapshot,
)
from hub.people.actors import Actor
from knowledge.schema import Pack

MAX_BYTES = 50_000_000
SHEET = ".csv"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Codes by what happens to them. With `problems` (sentences with file and line) nothing is done."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    retired: tuple[str, ...]
    same: int
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Public:
    """What the public sees by code, whatever its dates; and what editors took away."""

    entries: dict[str, EntryContent]
    retired: dict[str, EntryKind]


@dataclass(slots=True)
class _Plan:
    new: dict[str, EntryContent] = field(default_factory=dict)
    changed: dict[str, EntryContent] = field(default_factory=dict)
    retired: list[str] = field(default_factory=list)
    same: int = 0

    def report(self, problems: Problems) -> ImportReport:
        return ImportReport(
            tuple(self.new), tuple(self.changed), tuple(self.retired), self.same, tuple(problems.found)
        )


async def import_entries(
    uow: UnitOfWork, actor: Actor, path: Path, *, dry_run: bool = False, note: str = ""
) -> ImportReport:
    """Reads a pack folder, or a CSV file with one row per entry and language, and publishes what it holds.

    An editor may import what they may edit. What the file does not name stays as it is. Errors: not_allowed.
    """
    check_edits_some(actor)
    pack, problems = uow.of(Library).shipped, Problems()
    brought = await asyncio.to_thread(_read, path, pack, problems)
    return await _import(uow, actor, brought, problems, dry_run=dry_run, note=note or path.name)


async def import_sheet(
    uow: UnitOfWork, actor: Actor, name: str, data: bytes, *, dry_run: bool = False, note: str = ""
) -> ImportReport:
    """The same for a CSV file that was sent: its name, for the sentences, and its bytes.

    Errors: not_allowed.
    """
    check_edits_some(actor)
    problems = Problems()
    brought = await asyncio.to_thread(_read_table, name, data, problems)
    return await _import(uow, actor, brought, problems, dry_run=dry_run, note=note or name)


def _read(path: Path, pack: Pack, problems: Problems) -> list[Brought]:
    try:
        if path.suffix.lower() == SHEET and path.is_file():
            if path.stat().st_size > MAX_BYTES:
                problems.add(path.name, f"larger than {MAX_BYTES // 1_000_000} MB; please bring it in parts")
                return []
            return _read_table(path.name, path.read_bytes(), problems)
        if path.exists():
            return read_folder(path, pack, problems)
        problems.add(path.name, "there is no such file or folder")
    except OSError as error:
        problems.add(path.name, f"cannot be read ({error.strerror})")
    return []


def _read_table(name: str, data: bytes, problems: Problems) -> list[Brought]:
    try:
        return read_sheet(name, data.decode("utf-8-sig"), problems)
    except UnicodeDecodeError as error:
        problems.add(name, f"not UTF-8 at byte {error.start}; save it as “CSV UTF-8”")
        return []


async def _import(
    uow: UnitOfWork,
    actor: Actor,
    brought: Iterable[Brought],
    problems: Problems,
    *,
    dry_run: bool,
    note: str,
) -> ImportReport:
    plan = await _planned(uow, actor, brought, problems)
    if not problems.found and not dry_run:
        await _carry_out(uow, actor, plan, wording.note(note))
    return plan.report(problems)


async def _planned(uow: UnitOfWork, actor: Actor, brought: Iterable[Brought], problems: Problems) -> _Plan:
    public = await _public(uow)
    drafts = set(await uow.session.scalars(select(LibraryEntry.code)))
    plan, places = _Plan(), dict[str, str]()
    for one in brought:
        first = places.setdefault(one.code, one.where)
        if first != one.where:
            problems.add(one.where, f"{one.code} stands at {first} already")
        elif one.retired:
            _plan_retirement(uow, actor, one, public, plan, problems)
        elif public.entries.get(one.code) == one.content:
            plan.same += 1
        elif (content := _checked(uow, actor, one, public, problems)) is not None:
            if public.entries.get(one.code) == content:
                plan.same += 1
                continue
            known = one.code in public.entries or one.code in drafts
            (plan.changed if known else plan.new)[one.code] = content
    return plan


def _plan_retirement(
    uow: UnitOfWork, actor: Actor, one: Brought, public: _Public, plan: _Plan, problems: Problems
) -> None:
    current = public.entries.get(one.code)
    if current is None:
        plan.same += 1
    elif not edits(uow, actor, current.agency):
        problems.add(one.where, _not_yours(one.code))
    else:
        plan.retired.append(one.code)


def _checked(
    uow: UnitOfWork, actor: Actor, one: Brought, public: _Public, problems: Problems
) -> EntryContent | None:
    pack = uow.of(Library).shipped
    current = public.entries.get(one.code)
    kind = current.kind if current else public.retired.get(one.code)
    if kind is None and (one.code in pack.agency_by_code or contents.of_words(pack, one.code)):
        kind = "agency"
    if kind is not None and kind != one.content.kind:
        what = {"faq": "an answer", "agency": "the words of a body"}
        problems.add(one.where, f"{one.code} is {what[kind]} and cannot be {what[one.content.kind]} as well")
        return None
    try:
        content = wording.checked(pack, one.code, one.content)
        wording.finish(content)
        if one.content.kind == "faq":
            contents.as_answer(one.code, content)
    except HubError as error:
        with speaking("en"):
            problems.add(one.where, f"{one.code}: {sentence(error)}")
        return None
    except contents.StoredEntryError:
        problems.add(
            one.where, f"“{one.code[:80]}” cannot be a code: small Latin letters, digits and hyphens"
        )
        return None
    owners = {content.agency, current.agency if current else content.agency}
    if not all(edits(uow, actor, owner) for owner in owners):
        problems.add(one.where, _not_yours(one.code))
        return None
    return content


def _not_yours(code: str) -> str:
    return f"{code} belongs to a body that you do not edit for"


async def _public(uow: UnitOfWork) -> _Public:
    return await asyncio.to_thread(_seen, uow.of(Library).shipped, await snapshot(uow))


def _seen(pack: Pack, kept: Snapshot) -> _Public:
    shipped = {code: content for code in shipped_codes(pack) if (content := shipped_content(pack, code))}
    read = {one.code: contents.read_json(one.code, one.published[0]) for one in kept.kept if one.published}
    retired = {one.code: one.kind for one in kept.kept if not one.published}
    entries = {code: one for code, one in (shipped | read).items() if code not in retired}
    return _Public(entries, retired)


async def _carry_out(uow: UnitOfWork, actor: Actor, plan: _Plan, note: str) -> None:
    pack = uow.of(Library).shipped
    for code, content in (plan.new | plan.changed).items():
        row = await _row(uow, pack, code, content.kind)
        await add_version(uow, row, "imported", content, actor=actor, note=note, raising=False)
    for code in plan.retired:
        row = await _row(uow, pack, code, "faq")
        newest = await content_of(uow, row, row.version)
        await add_version(uow, row, "retired", newest, actor=actor, note=note, raising=False)
    if plan.new or plan.changed or plan.retired:
        await raise_edition(uow)


async def _row(uow: UnitOfWork, pack: Pack, code: str, kind: EntryKind) -> LibraryEntry:
    row = await find_row(uow, code, lock=True)
    if row is not None:
        return row
    shipped = shipped_content(pack, code)
    made = await new_row(uow, code, shipped.kind if shipped else kind, state="published")
    if made is None:
        raise HubError("version_conflict")
    if shipped is not None:
        await add_version(uow, made, "shipped", shipped)
    return made


async def export_sheet(uow: UnitOfWork, actor: Actor) -> bytes:
    """What is public, and what was taken away, as CSV (UTF-8 with mark, so that spreadsheets read it).

    Drafts and history stay here. Errors: not_allowed.
    """
    check_reads(actor)
    public = await _public(uow)
    entries = sorted(public.entries.items())
    written = await asyncio.to_thread(write_sheet, entries, sorted(public.retired.items()))
    return written.encode("utf-8-sig")


async def export_pack(uow: UnitOfWork, actor: Actor, folder: Path) -> int:
    """The country pack with the public entries in it, as a folder that is a pack again; how many entries.

    Errors: not_allowed, folder_not_empty.
    """
    check_reads(actor)
    if await asyncio.to_thread(_taken, folder):
        raise HubError("folder_not_empty")
    public = await _public(uow)
    pack = uow.of(Library).shipped
    await asyncio.to_thread(write_folder, folder, pack, public.entries, public.retired)
    return len(public.entries)


def _taken(folder: Path) -> bool:
    return folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
