"""Messages to be sent: rows written in the transaction that caused them, sent later by the relay."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from hub.delivery.content import Outgoing
from hub.delivery.models import OutboxItem
from hub.delivery.parts import split_content
from hub.foundation.db import UnitOfWork, changed_rows
from hub.foundation.inserts import insert_new
from hub.foundation.live import Bell
from hub.foundation.security import Vault
from hub.foundation.vocabulary import DeliveryState
from hub.people.models import Address

BELL = "outbox"
OPEN = (DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.UNCERTAIN)
UNDELIVERED = (DeliveryState.FAILED, DeliveryState.BLOCKED)
#: Over the parts sent by one channel: the state to show is the first of these that any part has.
WORST_FIRST = (
    DeliveryState.FAILED,
    DeliveryState.BLOCKED,
    DeliveryState.UNCERTAIN,
    DeliveryState.SENDING,
    DeliveryState.WAITING,
    DeliveryState.SENT,
    DeliveryState.READ,
)
#: Over several channels: one that arrived is enough.
BEST_FIRST = (
    DeliveryState.READ,
    DeliveryState.SENT,
    DeliveryState.SENDING,
    DeliveryState.UNCERTAIN,
    DeliveryState.WAITING,
    DeliveryState.BLOCKED,
    DeliveryState.FAILED,
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """How one message fared. `ambiguous` counts attempts that may have delivered a second copy."""

    state: DeliveryState
    channels: tuple[tuple[str, DeliveryState], ...]
    ambiguous: int


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """A row for the administrator: nothing of what it says or to whom."""

    id: int
    channel: str
    kind: str
    state: DeliveryState
    tries: int
    ambiguous: int
    due_at: datetime
    created_at: datetime
    error: str | None


async def enqueue(
    uow: UnitOfWork,
    *,
    address_id: int,
    content: Outgoing,
    kind: str,
    appeal_id: int | None = None,
    message_id: int | None = None,
    key: str | None = None,
) -> int:
    """Puts a message into the outbox, in as many rows as the channel needs; returns the first row's id.

    A second call with the same `key` adds nothing and returns the id of the first.
    """
    address = await uow.session.get_one(Address, address_id)
    vault = uow.of(Vault)
    first: int | None = None
    for number, part in enumerate(split_content(content, address.channel)):
        row = {
            "key": key if number == 0 else None,
            "address_id": address_id,
            "channel": address.channel,
            "kind": kind,
            "appeal_id": appeal_id,
            "message_id": message_id,
            "payload_sealed": vault.seal(part.model_dump_json(exclude_defaults=True)),
            "state": DeliveryState.WAITING,
            "tries": 0,
            "ambiguous": 0,
            "due_at": uow.now,
            "created_at": uow.now,
        }
        ids = await insert_new(uow, OutboxItem, [row], unique=("key",))
        if not ids:
            return await uow.session.scalar(select(OutboxItem.id).where(OutboxItem.key == key)) or 0
        first = ids[0] if first is None else first
    uow.after_commit(uow.of(Bell).ringer(BELL))
    assert first is not None
    return first


async def enqueue_to_citizen(
    uow: UnitOfWork,
    citizen_id: int,
    content: Outgoing,
    kind: str,
    *,
    appeal_id: int | None = None,
    message_id: int | None = None,
    key: str | None = None,
) -> int:
    """To every address of the citizen, each once per `key`; returns how many addresses there are."""
    addresses = list(
        await uow.session.scalars(
            select(Address.id).where(Address.citizen_id == citizen_id).order_by(Address.id)
        )
    )
    for address_id in addresses:
        await enqueue(
            uow,
            address_id=address_id,
            content=content,
            kind=kind,
            appeal_id=appeal_id,
            message_id=message_id,
            key=f"{key}@{address_id}" if key else None,
        )
    return len(addresses)


async def states_of(uow: UnitOfWork, message_ids: Iterable[int]) -> dict[int, Delivery]:
    """How each message fared; a message that was never sent anywhere is absent."""
    wanted = list(message_ids)
    if not wanted:
        return {}
    rows = await uow.session.execute(
        select(OutboxItem.message_id, OutboxItem.channel, OutboxItem.state, OutboxItem.ambiguous)
        .where(OutboxItem.message_id.in_(wanted))
        .order_by(OutboxItem.id)
    )
    found: dict[int, list[tuple[str, DeliveryState, int]]] = defaultdict(list)
    for message_id, channel, state, ambiguous in rows:
        found[message_id or 0].append((channel, DeliveryState(state), ambiguous))
    return {message_id: _summary(parts) for message_id, parts in found.items()}


def _summary(parts: list[tuple[str, DeliveryState, int]]) -> Delivery:
    by_channel: dict[str, set[DeliveryState]] = defaultdict(set)
    for channel, state, _ambiguous in parts:
        by_channel[channel].add(state)
    channels = tuple((name, _first(WORST_FIRST, states)) for name, states in by_channel.items())
    overall = _first(BEST_FIRST, {state for _name, state in channels})
    return Delivery(overall, channels, sum(ambiguous for *_rest, ambiguous in parts))


def _first(order: tuple[DeliveryState, ...], present: set[DeliveryState]) -> DeliveryState:
    return next(state for state in order if state in present)


async def mark_read(uow: UnitOfWork, appeal_id: int) -> int:
    """The citizen says they have read what was sent about this appeal."""
    statement = (
        update(OutboxItem)
        .where(
            OutboxItem.appeal_id == appeal_id,
            OutboxItem.message_id.is_not(None),
            OutboxItem.state == DeliveryState.SENT,
        )
        .values(state=DeliveryState.READ)
    )
    return await changed_rows(uow, statement)


async def unblock(uow: UnitOfWork, address_id: int | None = None) -> int:
    """Whoever had shut their channel is back: what could not be delivered goes out again, oldest first.

    Without an address: for all that are open again (a sweep, should the first call have been missed).
    """
    opened = select(Address.id).where(Address.blocked_at.is_(None))
    if address_id is not None:
        opened = opened.where(Address.id == address_id)
    return await _again(uow, OutboxItem.state == DeliveryState.BLOCKED, OutboxItem.address_id.in_(opened))


async def retry(uow: UnitOfWork, outbox_id: int | None = None) -> int:
    """By an administrator's order: sends again what failed for good (one row, or all of them)."""
    one = [OutboxItem.id == outbox_id] if outbox_id is not None else []
    return await _again(uow, OutboxItem.state.in_(UNDELIVERED), *one)


async def _again(uow: UnitOfWork, *conditions: Any) -> int:
    statement = (
        update(OutboxItem)
        .where(*conditions)
        .values(state=DeliveryState.WAITING, tries=0, due_at=uow.now, lease_owner=None, lease_until=None)
    )
    count = await changed_rows(uow, statement)
    if count:
        uow.after_commit(uow.of(Bell).ringer(BELL))
    return count


async def lines(
    uow: UnitOfWork, *, states: tuple[DeliveryState, ...] = OPEN + UNDELIVERED, limit: int = 100
) -> list[OutboxLine]:
    """The oldest rows in these states."""
    rows = await uow.session.scalars(
        select(OutboxItem).where(OutboxItem.state.in_(states)).order_by(OutboxItem.id).limit(limit)
    )
    return [
        OutboxLine(
            id=row.id,
            channel=row.channel,
            kind=row.kind,
            state=DeliveryState(row.state),
            tries=row.tries,
            ambiguous=row.ambiguous,
            due_at=row.due_at,
            created_at=row.created_at,
            error=row.error,
        )
        for row in rows
    ]


async def oldest_waiting(uow: UnitOfWork) -> datetime | None:
    """Since when the oldest due message has been waiting; None when nothing waits (for `/readyz`)."""
    return await uow.session.scalar(
        select(OutboxItem.due_at)
        .where(OutboxItem.state == DeliveryState.WAITING, OutboxItem.due_at <= uow.now)
        .order_by(OutboxItem.due_at)
        .limit(1)
    )
