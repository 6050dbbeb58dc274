"""Finding an appeal for somebody: what is absent and what is not theirs look the same."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.orm import aliased

from hub.appeals.models import Appeal, Holding, Tie
from hub.appeals.numbers import read_number
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.vocabulary import Role
from hub.library.models import AgencyRecord
from hub.people.actors import Actor, Citizenlike, HolderActor, OfficialActor, Post
from hub.people.models import Address
from hub.people.permissions import WORKING_ROLES, AppealFacts, Sight, is_author, sight, works

Right = Callable[[Actor, AppealFacts], bool]
About = aliased(AgencyRecord)


async def facts_of(uow: UnitOfWork, appeal: Appeal) -> AppealFacts:
    """What the permissions decide on."""
    agency = await uow.session.get_one(AgencyRecord, appeal.agency_id)
    about = await uow.session.get(AgencyRecord, appeal.about_agency_id) if appeal.about_agency_id else None
    held = await uow.session.scalars(
        select(Holding.agency_id).where(Holding.appeal_id == appeal.id, Holding.until.is_not(None))
    )
    return AppealFacts(
        appeal_id=appeal.id,
        agency_id=appeal.agency_id,
        agency_path=agency.path,
        citizen_id=appeal.citizen_id,
        open=appeal.open,
        confidential=appeal.confidential,
        held_before=frozenset(held) - {appeal.agency_id},
        entered_by_id=appeal.entered_by_id,
        assignee_id=appeal.assignee_id,
        about_agency_path=about.path if about else None,
    )


async def by_number(uow: UnitOfWork, number: str, lock: bool = False) -> Appeal:
    """Errors: not_found, also for what is not a number at all."""
    written = read_number(number[:60])
    query = select(Appeal).where(Appeal.number == written)
    appeal = (await uow.session.scalars(query.with_for_update() if lock else query)).one_or_none()
    if appeal is None:
        raise HubError("not_found")
    return appeal


async def own_appeal(uow: UnitOfWork, actor: Citizenlike, number: str, lock: bool = False) -> Appeal:
    """The actor's own appeal, or one tied to a chat of theirs. Errors: not_found."""
    appeal = await by_number(uow, number, lock)
    if isinstance(actor, HolderActor):
        if actor.appeal_id != appeal.id:
            raise HubError("not_found")
        return appeal
    if not is_author(actor, await facts_of(uow, appeal)) and not await _tied(uow, actor.id, appeal.id):
        raise HubError("not_found")
    return appeal


async def _tied(uow: UnitOfWork, citizen_id: int, appeal_id: int) -> bool:
    tie = select(Tie.id).join(Address, Address.id == Tie.address_id)
    found = await uow.session.scalar(tie.where(Tie.appeal_id == appeal_id, Address.citizen_id == citizen_id))
    return found is not None


async def for_official(
    uow: UnitOfWork, actor: Actor, number: str, right: Right, lock: bool = True
) -> tuple[Appeal, AppealFacts]:
    """An appeal the actor has `right` on. Errors: not_found when out of sight, not_allowed when only seen."""
    appeal = await by_number(uow, number, lock)
    facts = await facts_of(uow, appeal)
    if sight(actor, facts) is Sight.NOTHING:
        raise HubError("not_found")
    if not right(actor, facts):
        # An agency that passed it on must not learn from a refusal that it was answered since.
        raise HubError("not_open" if not facts.open and works(actor, facts) else "not_allowed")
    return appeal, facts


async def seen_by_official(uow: UnitOfWork, actor: OfficialActor, appeal: Appeal) -> bool:
    return sight(actor, await facts_of(uow, appeal)) is Sight.FULL


def visible(actor: OfficialActor, *, held: bool = True, texts: bool = False) -> ColumnElement[bool]:
    """SQL twin of `permissions.sight(...) > NOTHING`, for Appeal joined with AgencyRecord and About.

    Without `held`, appeals that the actor's agency passed on are left out; with `texts`, only those whose
    texts the actor may read. The twins are held together by a property test on random worlds.
    """
    return or_(false(), *(_visible_to(actor, post, held and not texts, texts) for post in actor.posts))


def _visible_to(actor: OfficialActor, post: Post, held: bool, texts: bool) -> ColumnElement[bool]:
    path = post.agency_path or ""
    not_about = or_(About.path.is_(None), About.path.not_in(_prefixes(path)))
    if post.role in WORKING_ROLES:
        theirs: ColumnElement[bool] = Appeal.agency_id == post.agency_id
        return and_(or_(theirs, _held_by(post)) if held else theirs, not_about)
    if post.role is Role.SUPERVISOR or (post.role is Role.AUDITOR and not texts):
        return and_(AgencyRecord.path.startswith(path, autoescape=True), not_about)
    if post.role is Role.REGISTRAR:
        return and_(Appeal.entered_by_id == actor.id, not_about)
    return false()


def _held_by(post: Post) -> ColumnElement[bool]:
    return exists().where(
        Holding.appeal_id == Appeal.id, Holding.agency_id == post.agency_id, Holding.until.is_not(None)
    )


def _prefixes(path: str) -> list[str]:
    """`/a/b/` and everything above it: the complained-about paths that shut this post out."""
    codes = [code for code in path.split("/") if code]
    return ["/" + "/".join(codes[: n + 1]) + "/" for n in range(len(codes))]
