"""Officials as actors: their posts, joined with the agencies' codes and paths."""

from sqlalchemy import BigInteger, String, column, select, table

from hub.foundation.db import UnitOfWork
from hub.foundation.i18n import DEFAULT_LANGUAGE
from hub.foundation.vocabulary import ChannelName, Role
from hub.people.actors import OfficialActor, Post
from hub.people.models import Membership, Official

#: The library's table, one floor up: only the columns that a post needs.
agencies = table("agencies", column("id", BigInteger), column("code", String), column("path", String))


async def official_actor(uow: UnitOfWork, official: Official, channel: ChannelName) -> OfficialActor:
    """The actor with the posts held at this moment, read anew at every request."""
    rows = await uow.session.execute(
        select(Membership.role, Membership.agency_id, agencies.c.code, agencies.c.path, Membership.may_sign)
        .outerjoin(agencies, agencies.c.id == Membership.agency_id)
        .where(Membership.official_id == official.id)
        .order_by(Membership.id)
    )
    return OfficialActor(
        id=official.id,
        login=official.login,
        name=official.name,
        language=official.language or DEFAULT_LANGUAGE,
        posts=tuple(
            Post(Role(role), agency_id, code, path, sign) for role, agency_id, code, path, sign in rows
        ),
        channel=channel,
    )


async def find_agency_id(uow: UnitOfWork, code: str) -> int | None:
    found: int | None = await uow.session.scalar(select(agencies.c.id).where(agencies.c.code == code))
    return found


async def find_official(uow: UnitOfWork, login: str, *, lock: bool = False) -> Official | None:
    query = select(Official).where(Official.login == login)
    return await uow.session.scalar(query.with_for_update() if lock else query)
