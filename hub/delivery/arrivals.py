"""Raw inbound updates: committed before they are confirmed, handled once, in order per chat.

intake:      accept(...) ; commit ; only then confirm to the network
dispatcher:  key = claim_chat(...) ; commit
             per arrival, one transaction: next_arrival, the use-cases, done
             a handler that raised: rolled back, then failed(...) in a transaction of its own
             release_chat
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from hub.delivery.models import Arrival, ChatLease
from hub.foundation.db import UnitOfWork, changed_rows
from hub.foundation.errors import HubError
from hub.foundation.faults import reach
from hub.foundation.inserts import insert_new
from hub.foundation.live import Bell
from hub.foundation.security import Vault

#: Seconds before the next attempt: with these, what stands behind a poisonous update waits under 5 s.
RETRY_DELAYS = (0.2, 0.5, 1.0, 1.5)
MAX_ID = 2**63 - 1


class AlreadyHandledError(Exception):
    """Somebody else finished this arrival first: roll everything back."""


@dataclass(frozen=True, slots=True)
class ArrivalView:
    id: int
    bot_id: str
    update_id: int
    payload: dict[str, Any]
    tries: int
    received_at: datetime


async def accept(uow: UnitOfWork, *, bot_id: str, updates: list[dict[str, Any]]) -> int:
    """Stores updates exactly as they came; returns how many were new. Confirm them only after the commit.

    Errors: bad_request when an update has no usable `update_id` (nothing of the batch is stored then).
    """
    vault = uow.of(Vault)
    rows = [
        {
            "bot_id": bot_id,
            "update_id": _update_id(one),
            "chat_key": chat_key(bot_id, one),
            "payload_sealed": vault.seal(json.dumps(one)),
            "state": "pending",
            "tries": 0,
            "due_at": uow.now,
            "received_at": uow.now,
        }
        for one in updates
    ]
    new = 0
    for row in rows:  # one by one: within a batch, too, a repeat is skipped, and ids follow the order
        new += len(await insert_new(uow, Arrival, [row], unique=("bot_id", "update_id")))
        reach("K2")
    uow.after_commit(uow.of(Bell).ringer("arrivals"))
    return new


def chat_key(bot_id: str, payload: dict[str, Any]) -> str:
    """What keeps order: the chat an update belongs to, else the person it comes from, else `-`."""
    for event in payload.values():
        if not isinstance(event, dict):
            continue
        message = event.get("message")
        for holder in (event, message if isinstance(message, dict) else {}):
            if isinstance(holder.get("chat"), dict) and "id" in holder["chat"]:
                return f"{bot_id}:{holder['chat']['id']}"
        for name in ("from", "user"):
            if isinstance(event.get(name), dict) and "id" in event[name]:
                return f"{bot_id}:{event[name]['id']}"
    return f"{bot_id}:-"


async def claim_chat(uow: UnitOfWork, *, owner: str, seconds: float) -> str | None:
    """Leases the chat whose oldest waiting arrival is due, for `seconds`; None when there is none."""
    earlier = Arrival.__table__.alias()
    due = (
        select(Arrival.chat_key)
        .outerjoin(ChatLease, ChatLease.chat_key == Arrival.chat_key)
        .where(
            Arrival.state == "pending",
            Arrival.due_at <= uow.now,
            or_(ChatLease.until.is_(None), ChatLease.until <= uow.now),
            ~select(earlier.c.id)
            .where(
                earlier.c.chat_key == Arrival.chat_key,
                earlier.c.state == "pending",
                earlier.c.id < Arrival.id,
            )
            .exists(),
        )
        .order_by(Arrival.id)
        .limit(4)
    )
    for key in list(await uow.session.scalars(due)):
        if await _take(uow, key, owner, uow.now + timedelta(seconds=seconds)):
            return key
    return None


async def _take(uow: UnitOfWork, key: str, owner: str, until: datetime) -> bool:
    """One statement, so that of two takers one wins."""
    make = sqlite.insert if uow.is_sqlite else postgresql.insert
    statement = make(ChatLease).values(chat_key=key, owner=owner, until=until)
    statement = statement.on_conflict_do_update(
        index_elements=["chat_key"],
        set_={"owner": owner, "until": until},
        where=ChatLease.until <= uow.now,
    )
    return (await uow.session.scalar(statement.returning(ChatLease.chat_key))) is not None


async def renew_chat(uow: UnitOfWork, chat_key: str, owner: str, *, seconds: float) -> bool:
    """False when the lease is somebody else's by now: stop handling this chat."""
    statement = (
        update(ChatLease)
        .where(ChatLease.chat_key == chat_key, ChatLease.owner == owner)
        .values(until=uow.now + timedelta(seconds=seconds))
    )
    return await changed_rows(uow, statement) == 1


async def next_arrival(uow: UnitOfWork, chat_key: str) -> ArrivalView | None:
    """The chat's oldest waiting arrival; None when there is none or its next attempt is not due yet."""
    row = await uow.session.scalar(
        select(Arrival)
        .where(Arrival.chat_key == chat_key, Arrival.state == "pending")
        .order_by(Arrival.id)
        .limit(1)
    )
    if row is None or row.due_at > uow.now or row.payload_sealed is None:
        return None
    payload = json.loads(uow.of(Vault).open(row.payload_sealed))
    return ArrivalView(row.id, row.bot_id, row.update_id, payload, row.tries, row.received_at)


async def done(uow: UnitOfWork, arrival_id: int) -> None:
    """Call in the transaction that holds the effects. Raises AlreadyHandledError when another was first."""
    statement = (
        update(Arrival)
        .where(Arrival.id == arrival_id, Arrival.state == "pending")
        .values(state="done", handled_at=uow.now, error=None)
    )
    if await changed_rows(uow, statement) != 1:
        raise AlreadyHandledError(arrival_id)
    reach("K4")


async def failed(uow: UnitOfWork, arrival_id: int, error: str) -> bool:
    """Counts a failed attempt; True when it was the last and the arrival is parked for a person to look at.

    `error` says what broke, without anything the citizen wrote.
    """
    row = await uow.session.get_one(Arrival, arrival_id, with_for_update=True)
    if row.state != "pending":
        return False
    row.tries += 1
    row.error = error[:500]
    parked = row.tries > len(RETRY_DELAYS)
    if parked:
        row.state, row.handled_at = "parked", uow.now
    else:
        row.due_at = uow.now + timedelta(seconds=RETRY_DELAYS[row.tries - 1])
    await uow.session.flush()
    return parked


async def release_chat(uow: UnitOfWork, chat_key: str, owner: str) -> None:
    await uow.session.execute(
        delete(ChatLease).where(ChatLease.chat_key == chat_key, ChatLease.owner == owner)
    )


async def free_leases(uow: UnitOfWork, owner_prefix: str) -> int:
    """At start: leases that an earlier life of this very process left behind."""
    return await changed_rows(
        uow, delete(ChatLease).where(ChatLease.owner.startswith(owner_prefix, autoescape=True))
    )


async def purge(uow: UnitOfWork, older_than: datetime) -> int:
    """Forgets what handled updates said; their ids stay, so that a redelivery is still recognised."""
    statement = (
        update(Arrival)
        .where(
            Arrival.state != "pending", Arrival.received_at < older_than, Arrival.payload_sealed.is_not(None)
        )
        .values(payload_sealed=None)
    )
    return await changed_rows(uow, statement)


def _update_id(payload: dict[str, Any]) -> int:
    value = payload.get("update_id")
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_ID:
        raise HubError("bad_request")
    return value
