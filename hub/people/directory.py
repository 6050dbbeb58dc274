"""The roll of officials, for the administrator."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.paging import Page, read_cursor, write_cursor
from hub.foundation.vocabulary import Role
from hub.people.actors import OfficialActor
from hub.people.models import Membership, Official
from hub.people.permissions import may_administer
from hub.people.roster import agencies

PAGE = 100


@dataclass(frozen=True, slots=True)
class OfficialLine:
    """`posts` are (role, code of the agency or None for all of them)."""

    login: str
    name: str
    posts: tuple[tuple[Role, str | None], ...]
    disabled: bool


async def list_officials(
    uow: UnitOfWork, actor: OfficialActor, cursor: str | None = None, limit: int = PAGE
) -> Page[OfficialLine]:
    """By login. Errors: not_allowed, bad_cursor."""
    if not may_administer(actor):
        raise HubError("not_allowed")
    after = read_cursor(cursor, str)
    query = select(Official).order_by(Official.login).limit(limit + 1)
    if after is not None:
        query = query.where(Official.login > str(after[0]).replace("\0", ""))
    rows = (await uow.session.scalars(query)).all()
    shown = rows[:limit]
    posts = await _posts(uow, [row.id for row in shown])
    lines = tuple(
        OfficialLine(row.login, row.name, tuple(posts[row.id]), row.disabled_at is not None) for row in shown
    )
    return Page(lines, write_cursor(shown[-1].login) if len(rows) > limit else None)


async def _posts(uow: UnitOfWork, ids: list[int]) -> dict[int, list[tuple[Role, str | None]]]:
    rows = await uow.session.execute(
        select(Membership.official_id, Membership.role, agencies.c.code)
        .outerjoin(agencies, agencies.c.id == Membership.agency_id)
        .where(Membership.official_id.in_(ids))
        .order_by(Membership.id)
    )
    found: dict[int, list[tuple[Role, str | None]]] = defaultdict(list)
    for official_id, role, code in rows:
        found[official_id].append((Role(role), code))
    return found
