"""The library as editors read it: one entry, its versions and their differences, and how it serves."""

from datetime import date

from sqlalchemy import select

from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.i18n import _
from hub.library import agencies
from hub.library import content as contents
from hub.library.entry_list import EntryFilter, list_entries
from hub.library.entry_views import (
    Change,
    EntryContent,
    EntryView,
    LibraryState,
    Origin,
    VersionLine,
    VersionView,
)
from hub.library.library import Library, in_language
from hub.library.models import AgencyRecord, LibraryEntry, LibraryVersion
from hub.library.rights import check_reads, edits, edits_all, own_codes, sees_drafts
from hub.library.shipped import entry_title, owner_view, shipped_content
from hub.library.stored import content_of, edition, find_row, version_of
from hub.people.actors import Actor
from hub.people.models import Official

__all__ = [
    "EntryFilter",
    "compare",
    "library_state",
    "list_entries",
    "open_entry",
    "open_version",
    "own_agencies",
    "topics",
]


async def open_entry(uow: UnitOfWork, actor: Actor, code: str) -> EntryView:
    """Errors: not_allowed; not_found, also for another agency's draft."""
    check_reads(actor)
    library = uow.of(Library)
    row = await find_row(uow, code)
    shipped = shipped_content(library.shipped, code)
    newest = await content_of(uow, row, row.version) if row else shipped
    if newest is None:
        raise HubError("not_found")
    live = await _live(uow, row, shipped)
    full = sees_drafts(uow, actor, newest.agency)
    if live is None and not full:
        raise HubError("not_found")
    shown = newest if full or live is None else live
    return EntryView(
        code=code,
        kind=newest.kind,
        title=entry_title(library, code, contents.titles(shown), actor.language),
        state="retired" if row and row.state == "retired" else "published" if live else "draft",
        origin=_origin(row, shipped),
        version=row.version if row else 0,
        agency=owner_view(library, shown.agency, actor.language),
        content=shown,
        live=live,
        draft_waits=bool(row and row.draft_waits and full),
        editable=edits(uow, actor, newest.agency),
        history=await _history(uow, row) if row and full else (),
    )


def _origin(row: LibraryEntry | None, shipped: EntryContent | None) -> Origin:
    if row is None:
        return "pack"
    return "both" if shipped else "stored"


async def _live(
    uow: UnitOfWork, row: LibraryEntry | None, shipped: EntryContent | None
) -> EntryContent | None:
    """What was published last, whatever its dates say."""
    if row is None:
        return shipped
    if row.live_version is not None:
        return await content_of(uow, row, row.live_version)
    return shipped if row.state == "published" else None


async def _history(uow: UnitOfWork, row: LibraryEntry) -> tuple[VersionLine, ...]:
    rows = await uow.session.execute(
        select(LibraryVersion, Official.name)
        .outerjoin(Official, Official.id == LibraryVersion.official_id)
        .where(LibraryVersion.entry_id == row.id)
        .order_by(LibraryVersion.number.desc())
        .limit(MOST_VERSIONS)
    )
    return tuple(_line(row, version, by) for version, by in rows)


#: The newest so many versions are listed; none is ever deleted.
MOST_VERSIONS = 500


def _line(row: LibraryEntry, version: LibraryVersion, by: str | None) -> VersionLine:
    as_shipped = version.act == "shipped" and row.state == "published" and row.live_version is None
    return VersionLine(
        number=version.number,
        act=version.act,  # type: ignore[arg-type]  # only `add_version` writes it
        by=by or "",
        at=version.at,
        note=version.note,
        live=version.number == row.live_version or as_shipped,
    )


async def open_version(uow: UnitOfWork, actor: Actor, code: str, number: int) -> VersionView:
    """One version, whole. Errors: not_allowed, not_found."""
    check_reads(actor)
    row = await find_row(uow, code)
    version = await version_of(uow, row, number) if row else None
    if row is None or version is None:
        raise HubError("not_found")
    newest = await content_of(uow, row, row.version)
    if not sees_drafts(uow, actor, newest.agency):
        raise HubError("not_found")
    by = await uow.session.scalar(select(Official.name).where(Official.id == version.official_id))
    return VersionView(_line(row, version, by), contents.read(code, version.content))


async def compare(uow: UnitOfWork, actor: Actor, code: str, *, older: int, newer: int) -> tuple[Change, ...]:
    """What changed from version `older` to `newer`. Errors: not_allowed, not_found."""
    before = await open_version(uow, actor, code, older)
    after = await open_version(uow, actor, code, newer)
    return differences(before.content, after.content)


PLAIN_FIELDS = ("topic", "agency", "source", "checked_on", "review_on", "valid_from", "valid_to")


def differences(before: EntryContent, after: EntryContent) -> tuple[Change, ...]:
    """Field by field, then language by language; phrasings one a line."""
    found = [
        Change(name, "", _written(getattr(before, name)), _written(getattr(after, name)))
        for name in PLAIN_FIELDS
    ]
    languages = {text.language for text in (*before.texts, *after.texts)}
    for language in contents.in_order(languages):
        one, other = before.in_language(language), after.in_language(language)
        found.append(Change("title", language, one.title, other.title))
        found.append(Change("answer", language, one.answer, other.answer))
        found.append(Change("phrasings", language, "\n".join(one.phrasings), "\n".join(other.phrasings)))
    return tuple(change for change in found if change.before != change.after)


def _written(value: str | date | None) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""


async def library_state(uow: UnitOfWork, actor: Actor) -> LibraryState:
    """Which edition serves here, and why a newer one does not. Errors: not_allowed."""
    check_reads(actor)
    now = await edition(uow)
    serving = uow.of(Library).edition
    if now is None:
        return LibraryState(0, serving)
    return LibraryState(now.number, serving, now.failure or "", now.failed_at)


def topics(uow: UnitOfWork, language: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of the pack's topics, for a select."""
    found = uow.of(Library).pack.topics
    return tuple((topic.code, topic.name[in_language(topic.name, language)]) for topic in found)


async def own_agencies(uow: UnitOfWork, actor: Actor, language: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of the owners the actor may give an entry; the first is the one to propose.

    An editor of the whole hub may give any body, and the code "" for the hub itself.
    """
    if edits_all(uow, actor):
        records = await uow.session.scalars(select(AgencyRecord).where(AgencyRecord.kind != "local"))
        named = ((record.code, agencies.view(record, language).name) for record in records)
        return (("", _("The hub itself")), *sorted(named, key=lambda one: one[1].casefold()))
    library = uow.of(Library)
    codes = (code for code in own_codes(actor) if code in library.pack.agency_by_code)
    return tuple((code, library.agency_name(code, language)) for code in codes)
