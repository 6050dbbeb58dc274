"""The register: appeals, their events, messages, attachments and who held them when."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from hub.foundation.db import Base, BigId


class Appeal(Base):
    """One appeal. `due_on`, `target_on` are the final clock's, kept here so that a list is one index scan."""

    __tablename__ = "appeals"
    __table_args__ = (
        Index(
            "ix_appeals_inbox",
            "agency_id",
            "due_on",
            "id",
            postgresql_where=text("open"),
            sqlite_where=text("open"),
        ),
        Index("ix_appeals_due", "due_on", "id", postgresql_where=text("open"), sqlite_where=text("open")),
        Index("ix_appeals_agency_received", "agency_id", "received_at"),
        Index(
            "ix_appeals_uncompared",
            "id",
            postgresql_where=text("compared_at IS NULL"),
            sqlite_where=text("compared_at IS NULL"),
        ),
    )

    #: Also the register's serial number (law art. 23); the public number does not reveal volume.
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    code_sealed: Mapped[bytes]
    #: The draft it came from; the same draft confirmed twice is one appeal.
    intake_key: Mapped[str | None] = mapped_column(unique=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"), index=True)
    kind: Mapped[str]
    status: Mapped[str]
    open: Mapped[bool]
    text: Mapped[str]
    search: Mapped[str]
    language: Mapped[str]
    channel: Mapped[str]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    district: Mapped[str | None]
    about_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    about_text: Mapped[str | None]
    confidential: Mapped[bool] = mapped_column(default=False)
    urgent: Mapped[bool] = mapped_column(default=False)
    routing: Mapped[dict[str, Any]] = mapped_column(JSON)
    received_at: Mapped[datetime]
    registered_on: Mapped[date]
    due_on: Mapped[date]
    target_on: Mapped[date]
    cycle: Mapped[int] = mapped_column(default=1)
    forwards: Mapped[int] = mapped_column(default=0)
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("officials.id"))
    claimed_until: Mapped[datetime | None]
    first_word_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    verdict: Mapped[str] = mapped_column(default="none")
    rating: Mapped[int | None]
    read_at: Mapped[datetime | None]
    reopened_at: Mapped[datetime | None]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("officials.id"))
    #: When it was looked at for a wave (`hub.appeals.waves`); null while it waits for that.
    compared_at: Mapped[datetime | None]
    last_seq: Mapped[int] = mapped_column(default=0)
    #: Raised by every change; an update that finds another value lost the race.
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 -- SQLAlchemy's own shape


class AppealEvent(Base):
    """What happened, in order; rows are only ever added."""

    __tablename__ = "appeal_events"
    __table_args__ = (UniqueConstraint("appeal_id", "seq"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeals.id"))
    seq: Mapped[int]
    type: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)
    actor_kind: Mapped[str]
    actor_id: Mapped[int | None] = mapped_column(BigId)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)


class Message(Base):
    """A word in the conversation: the citizen's, an official's, or an internal note."""

    __tablename__ = "messages"
    __table_args__ = (
        Index("ix_messages_appeal_id_id", "appeal_id", "id"),
        # The database itself refuses a second final answer in one cycle.
        Index(
            "uq_messages_final",
            "appeal_id",
            "cycle",
            unique=True,
            postgresql_where=text("final"),
            sqlite_where=text("final"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeals.id"))
    cycle: Mapped[int]
    author: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(BigId)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    kind: Mapped[str]
    body: Mapped[str]
    final: Mapped[bool] = mapped_column(default=False)
    outcome: Mapped[str | None]
    created_at: Mapped[datetime]


class Attachment(Base):
    """A file somebody sent.

    `state`: pending (to be fetched from the channel), stored, too_large, refused, failed.
    """

    __tablename__ = "attachments"
    __table_args__ = (
        Index(
            "ix_attachments_pending",
            "due_at",
            postgresql_where=text("state = 'pending'"),
            sqlite_where=text("state = 'pending'"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    citizen_id: Mapped[int | None] = mapped_column(ForeignKey("citizens.id"))
    official_id: Mapped[int | None] = mapped_column(ForeignKey("officials.id"))
    #: Digest of the browser session or API caller that uploaded it, until an appeal or message owns it.
    owner: Mapped[str | None]
    appeal_id: Mapped[int | None] = mapped_column(ForeignKey("appeals.id"), index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))
    kind: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int | None]
    sha256: Mapped[str | None]
    state: Mapped[str]
    source: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]


class Holding(Base):
    """A period in which one agency held the appeal; redirecting cannot hide delay."""

    __tablename__ = "holdings"
    __table_args__ = (Index("ix_holdings_agency_id_appeal_id", "agency_id", "appeal_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeals.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    reason: Mapped[str | None]


class Tie(Base):
    """An address that hears of this appeal: the chat it was filed from, or one tied to it later."""

    __tablename__ = "ties"
    __table_args__ = (UniqueConstraint("appeal_id", "address_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeals.id"))
    address_id: Mapped[int] = mapped_column(ForeignKey("addresses.id"), index=True)
    created_at: Mapped[datetime]


class AppealTerm(Base):
    """What an appeal is found by among similar ones: a hash of a telling word (`routing.similar.terms`)."""

    __tablename__ = "appeal_terms"
    # Without a row id SQLite keeps one tree, not two: half the pages written at each registration.
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 -- SQLAlchemy's own shape

    term: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(BigId, ForeignKey("appeals.id"), primary_key=True, index=True)


class Link(Base):
    """An appeal and an earlier one of the same person about the same.

    `kind`: `duplicate` (filed while the earlier one was open), `repeat` (filed after it ended) or `joined` by
    an official, until `ended_at`; `before` then holds what is put back when they are separated.
    """

    __tablename__ = "links"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeals.id"), index=True)
    earlier_id: Mapped[int] = mapped_column(ForeignKey("appeals.id"), index=True)
    kind: Mapped[str]
    official_id: Mapped[int | None] = mapped_column(ForeignKey("officials.id"))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Wave(Base):
    """Many people of one place write about the same within days; `noticed_at` once they were enough."""

    __tablename__ = "waves"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    district: Mapped[str]
    created_at: Mapped[datetime]
    noticed_at: Mapped[datetime | None]


class WaveMember(Base):
    __tablename__ = "wave_members"

    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeals.id"), primary_key=True, autoincrement=False)
    wave_id: Mapped[int] = mapped_column(ForeignKey("waves.id"), index=True)
