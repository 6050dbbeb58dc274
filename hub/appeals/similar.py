"""Who else wrote about the same, as an official may know it: beside one appeal, and as a filter of the list.

Only appeals whose texts the official may read are ever compared, counted or listed; that two of them are of
one person is said only where neither is confidential.
"""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from hub.appeals.access import About, seen_by_official, visible
from hub.appeals.inbox import InboxFilter
from hub.appeals.models import Appeal, Link
from hub.appeals.names import agency_views
from hub.appeals.numbers import read_number
from hub.appeals.similar_index import COMPARED, Found, find_similar, own_words
from hub.appeals.views import AgencyView
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.vocabulary import Status
from hub.library.models import AgencyRecord
from hub.people.actors import OfficialActor
from hub.people.models import Citizen

#: So many stand beside the appeal; the list has the rest.
SHOWN = 6


@dataclass(frozen=True, slots=True)
class SimilarAppeal:
    """`similarity` 0..1; `same_person` is never true of a confidential appeal.

    `joinable`: the appeal it stands beside may be joined to it (`hub.appeals.joining`).
    """

    number: str
    similarity: float
    same_person: bool
    agency: AgencyView
    district: str | None
    registered_on: date
    status: Status
    open: bool
    joinable: bool


@dataclass(frozen=True, slots=True)
class LinkView:
    """`kind`: duplicate, repeat or joined; `number` is the other appeal, `earlier` whether it came first."""

    kind: str
    number: str
    earlier: bool


@dataclass(frozen=True, slots=True)
class Around:
    """What is like one appeal. `others` are open ones of other people, those of the same place first; `count`
    is how many there are, `counted` False when there may be more."""

    links: tuple[LinkView, ...] = ()
    own: tuple[SimilarAppeal, ...] = ()
    others: tuple[SimilarAppeal, ...] = ()
    count: int = 0
    counted: bool = True


async def around(uow: UnitOfWork, actor: OfficialActor, number: str) -> Around:
    """Empty for whoever may not read the appeal's text."""
    appeal = await _readable(uow, actor, number)
    if appeal is None:
        return Around()
    found = {one.appeal_id: one for one in await _found(uow, actor, appeal)}
    rows = (
        await uow.session.execute(
            select(Appeal, Citizen.phone_token)
            .join(Citizen, Citizen.id == Appeal.citizen_id)
            .where(Appeal.id.in_(found))
        )
    ).all()
    phone = await uow.session.scalar(select(Citizen.phone_token).where(Citizen.id == appeal.citizen_id))
    bodies = await agency_views(uow, {row.agency_id for row, _phone in rows}, actor.language)
    lines = [
        _line(appeal, row, found[row.id], bodies[row.agency_id], _same_person(appeal, phone, row, its_phone))
        for row, its_phone in rows
    ]
    lines.sort(key=lambda one: (one.district != appeal.district, -one.similarity, one.number))
    others = [one for one in lines if one.open and not one.same_person]
    return Around(
        links=await _links(uow, actor, appeal),
        own=tuple(one for one in lines if one.same_person)[:SHOWN],
        others=tuple(others[:SHOWN]),
        count=len(others),
        counted=len(found) < COMPARED,
    )


async def narrowed(uow: UnitOfWork, actor: OfficialActor, chosen: InboxFilter) -> InboxFilter:
    """The filter with the appeals that its `similar` names, that one among them, looked up once.

    Errors: bad_filter, also for a number whose text the official may not read.
    """
    if not chosen.similar or chosen.alike is not None:
        return chosen
    appeal = await _readable(uow, actor, chosen.similar)
    if appeal is None:
        raise HubError("bad_filter")
    found = await _found(uow, actor, appeal)
    return replace(chosen, alike=(appeal.id, *(one.appeal_id for one in found)))


async def _readable(uow: UnitOfWork, actor: OfficialActor, number: str) -> Appeal | None:
    written = read_number(number[:60])
    appeal = await uow.session.scalar(select(Appeal).where(Appeal.number == written))
    return appeal if appeal is not None and await seen_by_official(uow, actor, appeal) else None


async def _found(uow: UnitOfWork, actor: OfficialActor, appeal: Appeal) -> list[Found]:
    return await find_similar(uow, own_words(appeal.search), visible(actor, texts=True), besides=appeal.id)


def _same_person(appeal: Appeal, phone: str | None, other: Appeal, its_phone: str | None) -> bool:
    if appeal.confidential or other.confidential:
        return False
    return other.citizen_id == appeal.citizen_id or (phone is not None and phone == its_phone)


def _line(appeal: Appeal, row: Appeal, found: Found, agency: AgencyView, same_person: bool) -> SimilarAppeal:
    earlier_of_ours = row.id < appeal.id and row.agency_id == appeal.agency_id
    return SimilarAppeal(
        number=row.number,
        similarity=found.similarity,
        same_person=same_person,
        agency=agency,
        district=row.district,
        registered_on=row.registered_on,
        status=Status(row.status),
        open=row.open,
        joinable=same_person and earlier_of_ours and row.open and appeal.open,
    )


async def _links(uow: UnitOfWork, actor: OfficialActor, appeal: Appeal) -> tuple[LinkView, ...]:
    """Ties in force to earlier and later appeals that the official may read too."""
    links = (
        await uow.session.scalars(
            select(Link)
            .where((Link.appeal_id == appeal.id) | (Link.earlier_id == appeal.id), Link.ended_at.is_(None))
            .order_by(Link.id)
        )
    ).all()
    ends = {link.earlier_id if link.appeal_id == appeal.id else link.appeal_id for link in links}
    if not ends:
        return ()
    seen = await uow.session.execute(
        select(Appeal.id, Appeal.number)
        .join(AgencyRecord, AgencyRecord.id == Appeal.agency_id)
        .outerjoin(About, About.id == Appeal.about_agency_id)
        .where(Appeal.id.in_(ends), visible(actor, texts=True), Appeal.confidential.is_(False))
    )
    numbers = {row.id: row.number for row in seen}
    views = []
    for link in links:
        earlier = link.appeal_id == appeal.id
        other = link.earlier_id if earlier else link.appeal_id
        if other in numbers and not appeal.confidential:
            views.append(LinkView(link.kind, numbers[other], earlier))
    return tuple(views)
