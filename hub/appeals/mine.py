"""The citizen's side of the register: my appeals, one appeal, tracking by number and code."""

from sqlalchemy import or_, select

from hub.appeals import notices
from hub.appeals.access import by_number, own_appeal
from hub.appeals.citizen_view import citizen_view, line_of
from hub.appeals.history import record
from hub.appeals.models import Appeal, Tie
from hub.appeals.names import agency_views
from hub.appeals.numbers import read_code
from hub.appeals.views import AppealLine, CitizenAppeal
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.paging import Page, read_cursor, write_cursor
from hub.foundation.security import Vault, same
from hub.foundation.vocabulary import ChannelName
from hub.people import addresses, citizens
from hub.people.actors import CitizenActor, Citizenlike, HolderActor
from hub.people.emails import checked_email
from hub.people.models import Address

PAGE = 10


async def my_appeals(uow: UnitOfWork, actor: CitizenActor, cursor: str | None = None) -> Page[AppealLine]:
    """Own and tied appeals, newest first."""
    tied = (
        select(Tie.appeal_id)
        .join(Address, Address.id == Tie.address_id)
        .where(Address.citizen_id == actor.id)
    )
    query = select(Appeal).where(or_(Appeal.citizen_id == actor.id, Appeal.id.in_(tied)))
    after = read_cursor(cursor, int)
    if after is not None:
        query = query.where(Appeal.id < after[0])
    rows = (await uow.session.scalars(query.order_by(Appeal.id.desc()).limit(PAGE + 1))).all()
    shown = rows[:PAGE]
    bodies = await agency_views(uow, {row.agency_id for row in shown}, actor.language)
    items = tuple(line_of(uow, row, bodies[row.agency_id]) for row in shown)
    return Page(items, write_cursor(shown[-1].id) if len(rows) > PAGE else None)


async def my_appeal(uow: UnitOfWork, actor: Citizenlike, number: str) -> CitizenAppeal:
    """Errors: not_found."""
    return await citizen_view(uow, actor, await own_appeal(uow, actor, number))


async def holder(uow: UnitOfWork, *, number: str, code: str, language: str) -> HolderActor:
    """Whoever knows the number and the tracking code. Errors: not_found for either being wrong."""
    appeal = await by_number(uow, number)
    if not same(read_code(code), uow.of(Vault).open(appeal.code_sealed)):
        raise HubError("not_found")
    return HolderActor(appeal_id=appeal.id, language=language)


async def adopt(uow: UnitOfWork, actor: CitizenActor, *, number: str, code: str) -> CitizenAppeal:
    """Ties an appeal filed elsewhere to this chat: it is listed here and its notices come here.

    Errors: not_found, also when the code is wrong.
    """
    await holder(uow, number=number, code=code, language=actor.language)
    appeal = await by_number(uow, number, lock=True)
    await notices.tie(uow, appeal, await citizens.address_of(uow, actor))
    record(uow, appeal, "adopted", actor)
    return await citizen_view(uow, actor, appeal)


async def tie_email(uow: UnitOfWork, actor: Citizenlike, number: str, email: str) -> None:
    """The answer will also go to this mailbox. Errors: not_found, bad_email."""
    appeal = await own_appeal(uow, actor, number, lock=True)
    # The mailbox belongs to this appeal alone: typing somebody's address gives no hold on their appeals.
    address = await addresses.tie(
        uow,
        appeal.citizen_id,
        channel=ChannelName.EMAIL,
        account=f"appeal:{appeal.id}",
        external_id=checked_email(email),
    )
    await notices.tie(uow, appeal, address.id)
    record(uow, appeal, "tied", actor)
