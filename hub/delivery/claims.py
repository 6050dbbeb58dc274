"""Taking one outbox row for sending, and writing down what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, or_, select, update

from hub.delivery.channel import Blocked, Failed, Moved, RetryLater, SendResult, Sent, Uncertain
from hub.delivery.content import Outgoing
from hub.delivery.models import OutboxItem
from hub.delivery.outbox import OPEN
from hub.foundation.db import UnitOfWork, changed_rows
from hub.foundation.faults import reach
from hub.foundation.security import Vault
from hub.foundation.vocabulary import DeliveryState
from hub.people import addresses
from hub.people.models import Address

#: Longer than the hard timeout of a send, so that a living sender never loses its row.
LEASE = timedelta(seconds=45)
#: Seconds to the next attempt after the first, second, ... one that did not succeed.
BACKOFF = (1, 2, 5, 15, 30, 60, 120, 300, 600)
#: Each unanswered attempt may have delivered a copy; past this a person decides (`qabul outbox retry`).
MAX_AMBIGUOUS = 8


@dataclass(frozen=True, slots=True)
class Claim:
    """One row leased to one sender; `attempt` tells this lease from a later one of the same row."""

    id: int
    attempt: int
    owner: str
    address_id: int
    channel: str
    target: str
    content: Outgoing
    ambiguous: int


async def claim(uow: UnitOfWork, owner: str, channels: Iterable[str]) -> Claim | None:
    """Leases the next due row of these channels whose address has nothing older waiting; None without one."""
    row = await uow.session.scalar(_next_row(uow.now, channels))
    if row is None:
        return None
    if row.state == DeliveryState.SENDING:  # its sender died in the act: the message may be there already
        row.ambiguous += 1
    row.state = DeliveryState.SENDING
    row.tries += 1
    row.lease_owner, row.lease_until = owner, uow.now + LEASE
    address = await uow.session.get_one(Address, row.address_id)
    await uow.session.flush()
    vault = uow.of(Vault)
    reach("K6")
    return Claim(
        id=row.id,
        attempt=row.tries,
        owner=owner,
        address_id=row.address_id,
        channel=row.channel,
        target=vault.open(address.sealed),
        content=Outgoing.model_validate_json(vault.open(row.payload_sealed)),
        ambiguous=row.ambiguous,
    )


def _next_row(now: datetime, channels: Iterable[str]) -> Select[OutboxItem]:
    earlier = OutboxItem.__table__.alias()
    return (
        select(OutboxItem)
        .where(
            OutboxItem.state.in_(OPEN),
            OutboxItem.channel.in_(list(channels)),
            OutboxItem.due_at <= now,
            or_(OutboxItem.lease_until.is_(None), OutboxItem.lease_until <= now),
            ~select(earlier.c.id)
            .where(
                and_(
                    earlier.c.address_id == OutboxItem.address_id,
                    earlier.c.id < OutboxItem.id,
                    earlier.c.state.in_(OPEN),
                )
            )
            .exists(),
        )
        .order_by(OutboxItem.due_at, OutboxItem.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=OutboxItem)
    )


async def settle(uow: UnitOfWork, claim: Claim, result: SendResult) -> bool:
    """Records what the channel said. False when the row was taken over meanwhile (the lease ran out)."""
    row = await uow.session.scalar(
        select(OutboxItem)
        .where(
            OutboxItem.id == claim.id,
            OutboxItem.lease_owner == claim.owner,
            OutboxItem.tries == claim.attempt,
        )
        .with_for_update()
    )
    if row is None:
        return False
    row.lease_owner = row.lease_until = None
    row.error = None if isinstance(result, Sent | Moved) else result.reason[:300]
    match result:
        case Sent(provider_id):
            row.state, row.provider_id, row.sent_at = DeliveryState.SENT, provider_id, uow.now
        case RetryLater(seconds):
            row.state = DeliveryState.UNCERTAIN if row.ambiguous else DeliveryState.WAITING
            row.due_at = uow.now + timedelta(seconds=max(seconds, _pause(row.tries)))
        case Uncertain():
            row.ambiguous += 1
            row.state = DeliveryState.UNCERTAIN if row.ambiguous < MAX_AMBIGUOUS else DeliveryState.FAILED
            row.due_at = uow.now + timedelta(seconds=_pause(row.tries))
        case Failed():
            row.state = DeliveryState.FAILED
        case Blocked():
            row.state = DeliveryState.BLOCKED
            await addresses.block(uow, claim.address_id)
        case Moved(target):
            await addresses.move(uow, claim.address_id, target)
            row.state, row.due_at = DeliveryState.WAITING, uow.now
    await uow.session.flush()
    return True


def _pause(tries: int) -> float:
    return BACKOFF[min(tries, len(BACKOFF)) - 1]


async def free_leases(uow: UnitOfWork, owner_prefix: str) -> int:
    """At start: rows that an earlier life of this process was sending. They may have arrived."""
    statement = (
        update(OutboxItem)
        .where(
            OutboxItem.state == DeliveryState.SENDING,
            OutboxItem.lease_owner.startswith(owner_prefix, autoescape=True),
        )
        .values(
            state=DeliveryState.UNCERTAIN,
            ambiguous=OutboxItem.ambiguous + 1,
            due_at=uow.now,
            lease_owner=None,
            lease_until=None,
        )
    )
    return await changed_rows(uow, statement)
