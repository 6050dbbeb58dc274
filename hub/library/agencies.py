"""Agencies: kept in the register's own table, so that appeals refer to rows and not to names."""

from dataclasses import dataclass

from sqlalchemy import select

from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.library.library import Library, in_language
from hub.library.models import AgencyRecord
from knowledge.schema import Agency, Pack
from routing.normalize import fold


@dataclass(frozen=True, slots=True)
class AgencyView:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class AgencyContact:
    """`contacts` are (number, owner, how well the number is known)."""

    code: str
    name: str
    contacts: tuple[tuple[str, str, str], ...]


def view(record: AgencyRecord, language: str) -> AgencyView:
    return AgencyView(record.code, record.names[in_language(record.names, language)])


async def sync(uow: UnitOfWork) -> int:
    """Brings the table up to the pack; parents first. Returns how many rows were new. Safe to repeat."""
    pack = uow.of(Library).pack
    records = {r.code: r for r in (await uow.session.scalars(select(AgencyRecord))).all()}
    new = 0
    for agency in _parents_first(pack):
        parent = records[agency.parent] if agency.parent else None
        record = records.get(agency.code)
        if record is None:
            record = records[agency.code] = AgencyRecord(code=agency.code, approval_required=False)
            uow.session.add(record)
            new += 1
        record.kind = agency.kind
        record.names = dict(agency.name)
        record.sphere = agency.sphere
        record.soato = agency.soato
        record.valid_from, record.valid_to = agency.valid_from, agency.valid_to
        record.parent_id = parent.id if parent else None
        record.path = f"{parent.path if parent else '/'}{agency.code}/"
        if record.id is None and _has_children(pack, agency.code):
            await uow.session.flush()
    await uow.session.flush()
    return new


def _has_children(pack: Pack, code: str) -> bool:
    return bool(pack.children(code))


def _parents_first(pack: Pack) -> list[Agency]:
    ordered: list[Agency] = []
    level = [*pack.children(None)]
    while level:
        ordered.extend(level)
        level = [child for agency in level for child in pack.children(agency.code)]
    return ordered


async def find(uow: UnitOfWork, code: str) -> AgencyRecord:
    """Errors: unknown_agency."""
    # PostgreSQL cannot even be asked for a text with NUL in it.
    asked = select(AgencyRecord).where(AgencyRecord.code == code[:100])
    record = None if "\0" in code else (await uow.session.scalars(asked)).one_or_none()
    if record is None:
        raise HubError("unknown_agency")
    return record


async def search(uow: UnitOfWork, text: str, language: str, limit: int = 20) -> list[AgencyContact]:
    """Bodies by name or by what they answer for; all of them, in the pack's order, for an empty text."""
    library = uow.of(Library)
    agencies = list(library.pack.agencies)
    wanted = fold(text[:300]).strip()
    if wanted:
        by_name = [a for a in agencies if any(wanted in fold(name) for name in a.name.values())]
        by_matter = [agency for agency, _match in library.rank_agencies(text[:300], None)]
        agencies = list({agency.code: agency for agency in (*by_name, *by_matter)}.values())
    return [_contact(library, agency, language) for agency in agencies[:limit]]


def _contact(library: Library, agency: Agency, language: str) -> AgencyContact:
    contacts = tuple((line.number, line.name, line.status) for line in agency.contact)
    return AgencyContact(agency.code, library.agency_name(agency.code, language), contacts)
