"""A copy of a person's open appeal is joined to the first one (law art. 3, 25), and taken apart again.

Only appeals of one person with one agency, and never a confidential one. The person is told with both
numbers, and the answer to the first reaches every address that waited for the second.
"""

from sqlalchemy import select

from hub.appeals import notices
from hub.appeals.access import for_official
from hub.appeals.history import record
from hub.appeals.models import Appeal, Link, Tie
from hub.clocks import ledger
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.vocabulary import Outcome, Status
from hub.people import permissions
from hub.people.actors import OfficialActor
from hub.people.models import Citizen


async def join(uow: UnitOfWork, actor: OfficialActor, number: str, *, to: str) -> None:
    """Closes the later appeal `number` as joined to the earlier one `to`; `separate` undoes it.

    Errors: not_found, not_allowed, not_open, may_not_sign, claim_held, cannot_join.
    """
    # Whoever joins two at once in the other direction waits here, and finds one of them closed.
    appeals = {}
    for one in sorted({number, to}):
        appeals[one], _facts = await for_official(uow, actor, one, permissions.may_close)
    appeal, earlier = appeals[number], appeals[to]
    if not await _may_be_joined(uow, appeal, earlier):
        raise HubError("cannot_join")
    held = appeal.claimed_until is not None and appeal.claimed_until > uow.now
    if held and appeal.assignee_id != actor.id:
        raise HubError("claim_held")
    uow.session.add(
        Link(
            appeal_id=appeal.id,
            earlier_id=earlier.id,
            kind="joined",
            official_id=actor.id,
            before={"status": appeal.status, "assignee": appeal.assignee_id},
            created_at=uow.now,
        )
    )
    appeal.status, appeal.open, appeal.outcome = Status.JOINED, False, Outcome.JOINED
    appeal.assignee_id = appeal.claimed_until = None
    await ledger.cancelled(uow, appeal.id, uow.now)
    record(uow, appeal, "joined", actor, to=earlier.number)
    record(uow, earlier, "took_in", actor, number=appeal.number)
    for address_id in await uow.session.scalars(select(Tie.address_id).where(Tie.appeal_id == appeal.id)):
        await notices.tie(uow, earlier, address_id)
    await notices.joined(uow, appeal, earlier)


async def separate(uow: UnitOfWork, actor: OfficialActor, number: str) -> None:
    """Takes a joined appeal out again while the first is open: status, term and clocks as they were.

    Errors: not_found, not_allowed, cannot_separate, not_open once the first one has ended.
    """
    appeal, _facts = await for_official(uow, actor, number, permissions.may_note)
    link = await uow.session.scalar(
        select(Link).where(Link.appeal_id == appeal.id, Link.kind == "joined", Link.ended_at.is_(None))
    )
    if link is None or appeal.status != Status.JOINED:
        raise HubError("cannot_separate")
    first = await uow.session.get_one(Appeal, link.earlier_id)
    # It went on with the first: after that one's end there is nothing to go back to but a new appeal.
    earlier, _facts = await for_official(uow, actor, first.number, permissions.may_close)
    before = link.before or {}
    link.ended_at = uow.now
    appeal.status, appeal.open, appeal.outcome = before.get("status", Status.REGISTERED), True, None
    appeal.assignee_id = before.get("assignee")
    term = await ledger.separated(uow, appeal.id, uow.now)
    appeal.due_on, appeal.target_on = term.due_on, term.target_on
    record(uow, appeal, "separated", actor, from_=earlier.number)
    record(uow, earlier, "let_go", actor, number=appeal.number)
    await notices.separated(uow, appeal, earlier)


async def _may_be_joined(uow: UnitOfWork, appeal: Appeal, earlier: Appeal) -> bool:
    if appeal.id <= earlier.id or appeal.agency_id != earlier.agency_id:
        return False
    if appeal.confidential or earlier.confidential:
        return False
    if appeal.citizen_id == earlier.citizen_id:
        return True
    phones = (
        await uow.session.scalars(
            select(Citizen.phone_token).where(Citizen.id.in_((appeal.citizen_id, earlier.citizen_id)))
        )
    ).all()
    return None not in phones and len(set(phones)) == 1
