"""Around an official's list: how many each view holds, whose bodies it spans, what changed in it."""

from dataclasses import dataclass

from sqlalchemy import and_, case, false, func, or_, select

from hub.appeals.access import About, visible
from hub.appeals.inbox import view_condition
from hub.appeals.models import Appeal, AppealEvent
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.library import agencies
from hub.library.agencies import AgencyView
from hub.library.library import Library
from hub.library.models import AgencyRecord
from hub.people.actors import OfficialActor
from hub.people.permissions import may_list

#: Views of open appeals: counted in one pass over the open ones.
COUNTED = ("open", "mine", "unassigned", "due_soon", "overdue", "urgent")
#: Ids are given before they are committed: an event with a smaller one may appear later than a larger.
LOOK_BACK = 200


@dataclass(frozen=True, slots=True)
class Change:
    event_id: int
    number: str


async def tallies(uow: UnitOfWork, actor: OfficialActor) -> dict[str, int]:
    """How many appeals each of COUNTED holds, exactly as the lists do. Errors: not_allowed."""
    if not may_list(actor):
        raise HubError("not_allowed")
    today = uow.of(Library).local_date(uow.now)
    sums = [
        func.coalesce(func.sum(case((view_condition(name, actor, today), 1), else_=0)), 0) for name in COUNTED
    ]
    row = (
        await uow.session.execute(
            select(*sums)
            .select_from(Appeal)
            .join(AgencyRecord, AgencyRecord.id == Appeal.agency_id)
            .outerjoin(About, About.id == Appeal.about_agency_id)
            .where(Appeal.open, visible(actor, held=False))
        )
    ).one()
    return {name: int(number) for name, number in zip(COUNTED, row, strict=True)}


async def bodies(uow: UnitOfWork, actor: OfficialActor) -> tuple[AgencyView, ...]:
    """The bodies whose appeals the actor's list may hold, by name."""
    spans = [
        AgencyRecord.path.startswith(post.agency_path or "", autoescape=True)
        if post.agency_id is None or post.role in ("supervisor", "auditor")
        else AgencyRecord.id == post.agency_id
        for post in actor.posts
    ]
    rows = await uow.session.scalars(select(AgencyRecord).where(or_(false(), *spans)))
    return tuple(sorted((agencies.view(row, actor.language) for row in rows), key=lambda one: one.name))


async def last_event(uow: UnitOfWork) -> int:
    """The newest event of all: where a page that is drawn now begins to listen."""
    return await uow.session.scalar(select(func.max(AppealEvent.id))) or 0


async def changes(uow: UnitOfWork, actor: OfficialActor, after: int) -> list[Change]:
    """Events in the actor's sight, also some before `after`: the caller knows which ones it has seen."""
    rows = await uow.session.execute(
        select(AppealEvent.id, Appeal.number)
        .join(Appeal, Appeal.id == AppealEvent.appeal_id)
        .join(AgencyRecord, AgencyRecord.id == Appeal.agency_id)
        .outerjoin(About, About.id == Appeal.about_agency_id)
        .where(and_(AppealEvent.id > after - LOOK_BACK, visible(actor, held=False)))
        .order_by(AppealEvent.id.desc())
        .limit(2 * LOOK_BACK)
    )
    return [Change(event_id, number) for event_id, number in rows]
