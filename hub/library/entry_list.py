"""The list of the library: the pack's entries and the stored ones as one, by code, page by page."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sqlalchemy import ColumnElement, Select, and_, or_, select, true

from hub.foundation.db import UnitOfWork
from hub.foundation.paging import Page, read_cursor, write_cursor
from hub.foundation.vocabulary import Role
from hub.library import agencies
from hub.library import content as contents
from hub.library.entry_views import EntryContent, EntryKind, EntryLine, EntryState, Origin
from hub.library.library import Library
from hub.library.models import AgencyRecord, LibraryEntry
from hub.library.rights import check_reads, edits, edits_all, own_codes
from hub.library.shipped import entry_title, owner_view, shipped_codes, shipped_content
from hub.people.actors import Actor, OfficialActor
from routing.normalize import fold

MOST = 200


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """`q` is looked for in titles and codes. `mine`: only what the actor may edit. `agency` is a code.

    `missing`: only what has no title in this language.
    """

    q: str = ""
    kind: EntryKind | None = None
    state: EntryState | None = None
    agency: str | None = None
    mine: bool = False
    draft_waits: bool = False
    review_due: bool = False
    missing: str | None = None


async def list_entries(
    uow: UnitOfWork, actor: Actor, wanted: EntryFilter, cursor: str | None = None, limit: int = 50
) -> Page[EntryLine]:
    """By code: the pack's entries and the stored ones as one list. Drafts only to those who may edit them.

    Errors: not_allowed, bad_cursor.
    """
    check_reads(actor)
    after = read_cursor(cursor, str)
    begin = str(after[0]).replace("\0", "") if after else ""
    limit = max(1, min(limit, MOST))
    stored = await _stored_lines(uow, actor, wanted, begin, limit + 1)
    shipped = await _shipped_lines(uow, actor, wanted, begin, limit + 1)
    lines = sorted((*stored, *shipped), key=lambda line: line.code)[: limit + 1]
    return Page(tuple(lines[:limit]), write_cursor(lines[limit - 1].code) if len(lines) > limit else None)


async def _stored_lines(
    uow: UnitOfWork, actor: Actor, wanted: EntryFilter, begin: str, count: int
) -> list[EntryLine]:
    library = uow.of(Library)
    today = library.local_date(uow.now)
    rows = await uow.session.execute(_query(uow, actor, wanted, today, begin).limit(count))
    return [_stored_line(uow, actor, row, owner, today) for row, owner in rows]


def _query(
    uow: UnitOfWork, actor: Actor, wanted: EntryFilter, today: date, begin: str
) -> Select[LibraryEntry, AgencyRecord]:
    query = (
        select(LibraryEntry, AgencyRecord)
        .outerjoin(AgencyRecord, AgencyRecord.id == LibraryEntry.agency_id)
        .where(LibraryEntry.code > begin, _visible(uow, actor))
        .order_by(LibraryEntry.code)
    )
    if wanted.q:
        query = query.where(LibraryEntry.search.contains(_sought(wanted.q), autoescape=True))
    if wanted.kind:
        query = query.where(LibraryEntry.kind == wanted.kind)
    if wanted.state:
        query = query.where(LibraryEntry.state == wanted.state)
    if wanted.agency:
        query = query.where(AgencyRecord.code == wanted.agency.replace("\0", ""))
    if wanted.mine:
        query = query.where(_own(uow, actor))
    if wanted.draft_waits:
        query = query.where(LibraryEntry.draft_waits, _own(uow, actor))
    if wanted.missing:
        query = query.where(LibraryEntry.titles[wanted.missing].as_string().is_(None))
    if wanted.review_due:
        query = query.where(LibraryEntry.review_on <= today, LibraryEntry.state == "published")
    return query


def _visible(uow: UnitOfWork, actor: Actor) -> ColumnElement[bool]:
    if isinstance(actor, OfficialActor) and actor.has(Role.ADMIN):
        return true()
    return or_(LibraryEntry.state == "published", _own(uow, actor))


def _own(uow: UnitOfWork, actor: Actor) -> ColumnElement[bool]:
    """SQL twin of `rights.edits`, for LibraryEntry joined with AgencyRecord."""
    return true() if edits_all(uow, actor) else AgencyRecord.code.in_(own_codes(actor))


def _sought(q: str) -> str:
    return fold(q[:200]).strip()


def _stored_line(
    uow: UnitOfWork, actor: Actor, row: LibraryEntry, owner: AgencyRecord | None, today: date
) -> EntryLine:
    library = uow.of(Library)
    mine = edits(uow, actor, owner.code if owner else None)
    origin: Origin = "both" if shipped_content(library.shipped, row.code) else "stored"
    return EntryLine(
        code=row.code,
        kind="agency" if row.kind == "agency" else "faq",
        title=entry_title(library, row.code, row.titles, actor.language),
        agency=agencies.view(owner, actor.language) if owner else None,
        state=row.state,  # type: ignore[arg-type]  # only `add_version` writes it
        origin=origin,
        draft_waits=row.draft_waits and mine,
        languages=tuple(contents.in_order(row.titles)),
        review_on=row.review_on,
        review_due=row.state == "published" and row.review_on is not None and row.review_on <= today,
        editable=mine,
    )


async def _shipped_lines(
    uow: UnitOfWork, actor: Actor, wanted: EntryFilter, begin: str, count: int
) -> list[EntryLine]:
    """Those of the pack that nobody has touched yet."""
    if wanted.state not in (None, "published") or wanted.draft_waits:
        return []
    library = uow.of(Library)
    codes = sorted(set(shipped_codes(library.shipped)))
    left = iter(codes[bisect_right(codes, begin) :])
    found: list[EntryLine] = []
    while len(found) < count and (part := list(islice(left, MOST))):
        touched = set(
            await uow.session.scalars(
                select(LibraryEntry.code).where(
                    and_(LibraryEntry.code >= part[0], LibraryEntry.code <= part[-1])
                )
            )
        )
        found += _matching(uow, actor, wanted, (code for code in part if code not in touched))
    return found[:count]


def _matching(
    uow: UnitOfWork, actor: Actor, wanted: EntryFilter, codes: Iterator[str]
) -> Iterator[EntryLine]:
    library = uow.of(Library)
    today = library.local_date(uow.now)
    sought = _sought(wanted.q)
    for code in codes:
        content = shipped_content(library.shipped, code)
        if content is None or not _wanted(uow, actor, wanted, content):
            continue
        line = _shipped_line(uow, actor, code, content, today)
        if wanted.review_due and not line.review_due:
            continue
        names = library.pack.agency_by_code[code].name if code in library.pack.agency_by_code else {}
        words = (code, line.title, *contents.titles(content).values(), *names.values())
        if sought in fold(" ".join(words)):
            yield line


def _wanted(uow: UnitOfWork, actor: Actor, wanted: EntryFilter, content: EntryContent) -> bool:
    return (
        (not wanted.kind or wanted.kind == content.kind)
        and (not wanted.agency or wanted.agency == content.agency)
        and (not wanted.missing or wanted.missing not in contents.titles(content))
        and (not wanted.mine or edits(uow, actor, content.agency))
    )


def _shipped_line(uow: UnitOfWork, actor: Actor, code: str, content: EntryContent, today: date) -> EntryLine:
    library = uow.of(Library)
    owner = content.agency
    return EntryLine(
        code=code,
        kind=content.kind,
        title=entry_title(library, code, contents.titles(content), actor.language),
        agency=owner_view(library, owner, actor.language),
        state="published",
        origin="pack",
        draft_waits=False,
        languages=tuple(contents.in_order(contents.titles(content))),
        review_on=content.review_on,
        review_due=content.review_on is not None and content.review_on <= today,
        editable=edits(uow, actor, owner),
    )
