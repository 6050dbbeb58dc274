"""The editors' entries as the database keeps them: found, added to, and read for a new library."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile

from sqlalchemy import Text, and_, cast, or_, select, update

from hub.foundation.db import UnitOfWork, changed_rows
from hub.foundation.inserts import insert_new
from hub.foundation.live import Bell
from hub.library import content as contents
from hub.library.entry_views import EntryContent, EntryKind, EntryState, VersionAct
from hub.library.library import Library
from hub.library.models import AgencyRecord, LibraryEdition, LibraryEntry, LibraryVersion
from hub.people.actors import Actor, OfficialActor
from routing.normalize import fold

#: Rung when an edition is raised: this process looks at once, the others at their next look.
BELL = "library"
EDITION = 1
#: Entries read at once, and how far back a publication for a later day looks for what stands until then.
PART = 500
MOST_EARLIER = 50
#: Acts after which the public sees the version's content.
PUBLIC_ACTS: tuple[VersionAct, ...] = ("published", "restored", "imported")
DRAFT_ACTS: tuple[VersionAct, ...] = ("drafted", "proposed")


@dataclass(frozen=True, slots=True)
class Kept:
    """One entry for the library: what was published, newest first, each as the JSON that is stored.

    Reading it is left to the thread that builds. Only the newest, unless that one is for a later day;
    nothing when the entry was retired.
    """

    code: str
    kind: EntryKind
    published: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything the editors have published or retired, and the edition it is."""

    edition: int = 0
    kept: tuple[Kept, ...] = ()


async def find_row(uow: UnitOfWork, code: str, *, lock: bool = False) -> LibraryEntry | None:
    if "\0" in code:
        return None
    query = select(LibraryEntry).where(LibraryEntry.code == code[:200])
    query = query.execution_options(populate_existing=True)
    return (await uow.session.scalars(query.with_for_update() if lock else query)).one_or_none()


async def version_of(uow: UnitOfWork, row: LibraryEntry, number: int) -> LibraryVersion | None:
    query = select(LibraryVersion).where(LibraryVersion.entry_id == row.id)
    if not 0 < number < 2**31:
        return None
    return (await uow.session.scalars(query.where(LibraryVersion.number == number))).one_or_none()


async def content_of(uow: UnitOfWork, row: LibraryEntry, number: int) -> EntryContent:
    version = await version_of(uow, row, number)
    if version is None:
        raise contents.StoredEntryError(f"the stored entry {row.code} has no version {number}")
    return contents.read(row.code, version.content)


async def new_row(
    uow: UnitOfWork, code: str, kind: EntryKind, *, state: EntryState = "draft", key: str | None = None
) -> LibraryEntry | None:
    """A row without a version yet; None when another process has just made one."""
    values = {
        "code": code, "kind": kind, "state": state, "version": 0, "draft_waits": False, "titles": {},
        "search": "", "proposed_key": key, "updated_at": uow.now,
    }  # fmt: skip
    ids = await insert_new(uow, LibraryEntry, [values], unique=["code"])
    return await uow.session.get_one(LibraryEntry, ids[0]) if ids else None


async def add_version(
    uow: UnitOfWork,
    row: LibraryEntry,
    act: VersionAct,
    content: EntryContent,
    *,
    actor: Actor | None = None,
    note: str = "",
    raising: bool = True,
) -> None:
    """The next version; public acts and retirement also raise the edition, if `raising`."""
    row.version += 1
    row.updated_at = uow.now
    row.titles = contents.titles(content)
    row.search = _searched(uow, row.code, row.titles)
    row.review_on = content.review_on
    row.agency_id = await _agency_id(uow, content.agency)
    row.draft_waits = act in DRAFT_ACTS
    if act in PUBLIC_ACTS:
        row.live_version, row.state = row.version, "published"
    elif act == "retired":
        row.live_version, row.state = None, "retired"
    uow.session.add(
        LibraryVersion(
            entry_id=row.id,
            number=row.version,
            act=act,
            content=contents.write(content),
            note=note,
            official_id=actor.id if isinstance(actor, OfficialActor) else None,
            at=uow.now,
        )
    )
    await uow.session.flush()
    if raising and (act in PUBLIC_ACTS or act == "retired"):
        await raise_edition(uow)


def _searched(uow: UnitOfWork, code: str, titles: Mapping[str, str]) -> str:
    """Folded, as the search folds what it looks for; a body is also found by its names."""
    agency = uow.of(Library).pack.agency_by_code.get(code)
    return fold(" ".join((code, *titles.values(), *(agency.name.values() if agency else ()))))


async def _agency_id(uow: UnitOfWork, code: str | None) -> int | None:
    if code is None:
        return None
    found: int | None = await uow.session.scalar(select(AgencyRecord.id).where(AgencyRecord.code == code))
    return found


async def raise_edition(uow: UnitOfWork) -> None:
    """Every process builds its library anew once this unit of work has committed."""
    uow.after_commit(uow.of(Bell).ringer(BELL))
    raised = (
        update(LibraryEdition)
        .where(LibraryEdition.id == EDITION)
        .values(number=LibraryEdition.number + 1, changed_at=uow.now)
    )
    if not await changed_rows(uow, raised):
        first = {"id": EDITION, "number": 0, "changed_at": uow.now}
        await insert_new(uow, LibraryEdition, [first], unique=["id"])
        await uow.session.execute(raised)


async def edition(uow: UnitOfWork) -> LibraryEdition | None:
    """None when nothing was ever published here."""
    return (
        await uow.session.scalars(
            select(LibraryEdition)
            .where(LibraryEdition.id == EDITION)
            .execution_options(populate_existing=True)
        )
    ).one_or_none()


_JSON = cast(LibraryVersion.content, Text)
_VALID_FROM = LibraryVersion.content["valid_from"].as_string()


async def snapshot(uow: UnitOfWork) -> Snapshot:
    """Read in one transaction, so that edition and entries belong together; in parts, so that the loop
    goes on between them."""
    now = await edition(uow)
    if now is None:
        return Snapshot()
    query = (
        select(LibraryEntry.id, LibraryEntry.code, LibraryEntry.kind, LibraryEntry.live_version)
        .add_columns(_JSON.label("stored"), _VALID_FROM.label("valid_from"))
        .outerjoin(
            LibraryVersion,
            and_(
                LibraryVersion.entry_id == LibraryEntry.id, LibraryVersion.number == LibraryEntry.live_version
            ),
        )
        .where(or_(LibraryEntry.state == "retired", LibraryEntry.live_version.is_not(None)))
        .order_by(LibraryEntry.id)
        .limit(PART)
    )
    # Whatever the country's zone: yesterday here is no later than today there.
    earliest = (uow.now.date() - timedelta(days=1)).isoformat()
    kept: list[Kept] = []
    last = 0
    while rows := (await uow.session.execute(query.where(LibraryEntry.id > last))).all():
        last = rows[-1].id
        for row in rows:
            published = () if row.stored is None else (row.stored,)
            if (row.valid_from or "") > earliest:
                published = (row.stored, *await _earlier(uow, row.id, row.live_version))
            kept.append(Kept(row.code, "agency" if row.kind == "agency" else "faq", published))
    return Snapshot(now.number, tuple(kept))


async def _earlier(uow: UnitOfWork, entry_id: int, number: int) -> list[str]:
    """What was public before, newest first, while the newest publication is for a later day."""
    versions = await uow.session.execute(
        select(LibraryVersion.act, _JSON)
        .where(LibraryVersion.entry_id == entry_id, LibraryVersion.number < number)
        .order_by(LibraryVersion.number.desc())
        .limit(MOST_EARLIER)
    )
    since_retired = takewhile(lambda version: version.act != "retired", versions)
    return [stored for act, stored in since_retired if act in PUBLIC_ACTS]
