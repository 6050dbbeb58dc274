"""Stored clocks, what marked them, the events they are counted from, the edited days of the calendar."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hub.foundation.db import Base, BigId


class Clock(Base):
    """A cache of one derived clock, with the versions it was computed from. Ended rows never change."""

    __tablename__ = "clocks"
    __table_args__ = (
        UniqueConstraint("appeal_id", "kind", "cycle", "ordinal"),
        CheckConstraint(
            "status IN ('running', 'paused', 'met', 'breached', 'cancelled')", name="status_known"
        ),
        Index("ix_clocks_agency_id_kind_started_at", "agency_id", "kind", "started_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeals.id"))
    #: A word of `ClockKind`.
    kind: Mapped[str]
    cycle: Mapped[int]
    #: Bodies within a cycle, or waits within it, from 0.
    ordinal: Mapped[int]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    started_at: Mapped[datetime]
    #: The instant from which it is late: for a legal date, the midnight after it.
    due_at: Mapped[datetime | None]
    due_on: Mapped[date | None]
    #: What officials are measured by first; warnings lead up to it.
    target_at: Mapped[datetime | None]
    target_on: Mapped[date | None]
    #: A word of `ClockStatus`.
    status: Mapped[str]
    #: Answered, passed on, closed or cancelled.
    ended_at: Mapped[datetime | None]
    breached_at: Mapped[datetime | None]
    #: Working minutes from start to end; null while it runs.
    used_minutes: Mapped[int | None]
    #: The sweep's column: null when nothing is left to mark.
    next_mark_at: Mapped[datetime | None] = mapped_column(index=True)
    policy: Mapped[str]
    policy_version: Mapped[str]
    calendar_version: Mapped[str]
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class ClockMark(Base):
    """A warning or a breach, said once; rows are only ever added."""

    __tablename__ = "clock_marks"
    __table_args__ = (UniqueConstraint("clock_id", "stage"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    clock_id: Mapped[int] = mapped_column(ForeignKey("clocks.id"))
    #: `50`, `75`, `90`, `target`, `breach`.
    stage: Mapped[str]
    #: When it fell due, and when a sweep saw it.
    fell_at: Mapped[datetime]
    at: Mapped[datetime]
    #: The due date as it stood.
    due_on: Mapped[date | None]


class LegalEvent(Base):
    """What the clocks of an appeal are counted from, in order of `seq`; rows are only ever added.

    `seq` 0 is the receipt: its data holds the kind and the body.
    """

    __tablename__ = "legal_events"
    __table_args__ = (UniqueConstraint("appeal_id", "seq"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeals.id"))
    seq: Mapped[int]
    at: Mapped[datetime]
    type: Mapped[str]
    data: Mapped[dict[str, Any]] = mapped_column(JSON)


class CalendarDay(Base):
    """An edited day, which beats the pack's calendar; rows are only ever added, the last of a day wins."""

    __tablename__ = "calendar_days"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    working: Mapped[bool]
    #: The number and date of the decree.
    decree: Mapped[str]
    source: Mapped[str]
    author: Mapped[str]
    created_at: Mapped[datetime]
