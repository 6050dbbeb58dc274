"""What came in before it was confirmed, and what must still go out."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from hub.foundation.db import Base, BigId


class Arrival(Base):
    """One raw update, sealed. Unique per bot: a redelivery is recognised for ever (ids are not monotone)."""

    __tablename__ = "arrivals"
    __table_args__ = (
        UniqueConstraint("bot_id", "update_id"),
        Index(
            "ix_arrivals_pending",
            "chat_key",
            "id",
            postgresql_where=text("state = 'pending'"),
            sqlite_where=text("state = 'pending'"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    bot_id: Mapped[str]
    update_id: Mapped[int] = mapped_column(BigId)
    chat_key: Mapped[str]
    payload_sealed: Mapped[bytes | None]
    state: Mapped[str] = mapped_column(default="pending")
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    error: Mapped[str | None]
    received_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]


class ChatLease(Base):
    """Which bot process handles a chat right now; it keeps the order of that chat's arrivals."""

    __tablename__ = "chat_leases"

    chat_key: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str]
    until: Mapped[datetime]


class Dialogue(Base):
    """Where a conversation stands: the bot's state and draft, committed together with what they caused."""

    __tablename__ = "dialogues"

    chat_key: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str | None]
    data_sealed: Mapped[bytes | None]
    changed_at: Mapped[datetime]


class OutboxItem(Base):
    """One message to one address, one call of the channel. Later items of an address wait for earlier."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("key"),
        Index(
            "ix_outbox_open",
            "due_at",
            "id",
            postgresql_where=text("state IN ('waiting','sending','uncertain')"),
            sqlite_where=text("state IN ('waiting','sending','uncertain')"),
        ),
        Index(
            "ix_outbox_queue",
            "address_id",
            "id",
            postgresql_where=text("state IN ('waiting','sending','uncertain')"),
            sqlite_where=text("state IN ('waiting','sending','uncertain')"),
        ),
        Index(
            "ix_outbox_undelivered",
            "address_id",
            postgresql_where=text("state IN ('blocked','failed')"),
            sqlite_where=text("state IN ('blocked','failed')"),
        ),
        Index("ix_outbox_appeal", "appeal_id", "id"),
        Index("ix_outbox_message", "message_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str | None]
    address_id: Mapped[int] = mapped_column(ForeignKey("addresses.id"))
    channel: Mapped[str]
    kind: Mapped[str]
    appeal_id: Mapped[int | None] = mapped_column(BigId)
    message_id: Mapped[int | None] = mapped_column(BigId)
    payload_sealed: Mapped[bytes]
    state: Mapped[str] = mapped_column(default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    ambiguous: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    lease_owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    provider_id: Mapped[str | None]
    error: Mapped[str | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class IdempotencyRecord(Base):
    """The stored answer of a POST, so that a repeat with the same key gets the same bytes."""

    __tablename__ = "idempotency"
    __table_args__ = (UniqueConstraint("caller", "key"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    caller: Mapped[str]
    key: Mapped[str]
    fingerprint: Mapped[str]
    status: Mapped[int]
    headers: Mapped[dict[str, str]] = mapped_column(JSON)
    body_sealed: Mapped[bytes]
    created_at: Mapped[datetime]
