"""Agencies as the register knows them, and the questions people asked."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from hub.foundation.db import Base, BigId


class AgencyRecord(Base):
    """A body that holds appeals. `path` lists the codes from the top, `/a/b/`, so a subtree is a prefix."""

    __tablename__ = "agencies"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    path: Mapped[str] = mapped_column(index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    soato: Mapped[str | None]
    sphere: Mapped[str | None]
    approval_required: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class Question(Base):
    """A question somebody asked, what was offered, and whether it answered them: the router's school."""

    __tablename__ = "questions"
    __table_args__ = (Index("ix_questions_asked_at", "asked_at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    citizen_id: Mapped[int | None] = mapped_column(ForeignKey("citizens.id"), index=True)
    text: Mapped[str]
    language: Mapped[str | None]
    channel: Mapped[str]
    decision: Mapped[str]
    confidence: Mapped[float]
    offered: Mapped[list[str]] = mapped_column(JSON)
    accepted: Mapped[str | None]
    verdict: Mapped[str | None]
    asked_at: Mapped[datetime]
