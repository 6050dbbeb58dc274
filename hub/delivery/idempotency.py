"""One answer per (caller, Idempotency-Key): a repeat gets the same bytes, another body is refused."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from hub.delivery.models import IdempotencyRecord
from hub.foundation.db import UnitOfWork, changed_rows
from hub.foundation.errors import HubError
from hub.foundation.security import Vault


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    status: int
    headers: dict[str, str]
    body: str


async def replay(uow: UnitOfWork, caller: str, key: str, fingerprint: str) -> StoredAnswer | None:
    """The answer of an earlier request with this key, else None; a second one in flight waits for the first.

    `caller` scopes the key (never shared); `fingerprint` is a digest of method, path and body.
    Errors: idempotency_key_reused when the key came with another request.
    """
    await _queue_up(uow, caller, key)
    row = await uow.session.scalar(
        select(IdempotencyRecord).where(IdempotencyRecord.caller == caller, IdempotencyRecord.key == key)
    )
    if row is None:
        return None
    if row.fingerprint != fingerprint:
        raise HubError("idempotency_key_reused")
    return StoredAnswer(row.status, dict(row.headers), uow.of(Vault).open(row.body_sealed))


async def remember(
    uow: UnitOfWork,
    caller: str,
    key: str,
    fingerprint: str,
    *,
    status: int,
    body: str,
    headers: dict[str, str] | None = None,
) -> None:
    """Call in the transaction that holds the effects, after `replay` found nothing."""
    uow.session.add(
        IdempotencyRecord(
            caller=caller,
            key=key,
            fingerprint=fingerprint,
            status=status,
            headers=headers or {},
            body_sealed=uow.of(Vault).seal(body),
            created_at=uow.now,
        )
    )
    await uow.session.flush()


async def purge(uow: UnitOfWork, older_than: datetime) -> int:
    return await changed_rows(uow, delete(IdempotencyRecord).where(IdempotencyRecord.created_at < older_than))


async def _queue_up(uow: UnitOfWork, caller: str, key: str) -> None:
    # SQLite has one writer anyway; PostgreSQL holds this lock until the transaction ends.
    if not uow.is_sqlite:
        await uow.session.execute(
            select(func.pg_advisory_xact_lock(func.hashtextextended(f"{caller} {key}", 0)))
        )
