"""Agencies as the register knows them, the questions people asked, and the entries that editors keep."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import VARCHAR
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


#: Ordered by code point on both databases, as Python orders the pack's codes that stand in the same list.
EntryCode = String().with_variant(VARCHAR(collation="C"), "postgresql")


class LibraryEntry(Base):
    """An answer, or the routing words of a body, that editors keep; over the one of the country pack.

    `state` is what the public sees of it: draft (nothing yet), published, retired. Published without a
    `live_version` is an entry of the pack that editors have only drafted so far: the pack's own text stands.
    """

    __tablename__ = "library_entries"
    __table_args__ = (Index("ix_library_entries_review", "review_on", "code"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(EntryCode, unique=True)
    kind: Mapped[str]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    state: Mapped[str]
    #: Number of the newest version; whoever changes the entry must have seen it.
    version: Mapped[int]
    live_version: Mapped[int | None]
    #: The newest version is a draft that nobody has published yet.
    draft_waits: Mapped[bool] = mapped_column(default=False)
    titles: Mapped[dict[str, str]] = mapped_column(JSON)
    #: Folded titles and code, for the editors' search.
    search: Mapped[str]
    review_on: Mapped[date | None]
    #: What it was made from (an answered appeal), so that it is proposed once.
    proposed_key: Mapped[str | None] = mapped_column(unique=True)
    updated_at: Mapped[datetime]


class LibraryVersion(Base):
    """One version of a stored entry, whole; rows are only ever added."""

    __tablename__ = "library_versions"
    __table_args__ = (UniqueConstraint("entry_id", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("library_entries.id"))
    number: Mapped[int]
    #: shipped, drafted, published, retired, restored, imported, proposed.
    act: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[str]
    official_id: Mapped[int | None] = mapped_column(ForeignKey("officials.id"))
    at: Mapped[datetime]


class LibraryEdition(Base):
    """One row: raised whenever what the public sees changes; every process then builds its library anew."""

    __tablename__ = "library_edition"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[int]
    changed_at: Mapped[datetime]
    #: Why the newest edition could not be built, in one sentence; the earlier one goes on serving.
    failure: Mapped[str | None]
    failed_at: Mapped[datetime | None]


class Lesson(Base):
    """What a confirmed routing teaches the next build: words of a message and the body or answer it needed.

    `entry` is a routing id: an agency's code, a local id or an answer's code. With `right` False the message
    did not need it. `text` holds folded words without numbers, addresses and names, and is shown to nobody.
    `origin`: official_corrected, body_answered, citizen_confirmed, citizen_changed.
    """

    __tablename__ = "lessons"
    __table_args__ = (Index("ix_lessons_person_entry_at", "person", "entry", "at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str]
    entry: Mapped[str]
    right: Mapped[bool]
    text: Mapped[str]
    language: Mapped[str | None]
    district: Mapped[str | None]
    origin: Mapped[str]
    #: Whose word it is, `citizen:7`, `official:7` or `visitor`: nobody teaches much alone.
    person: Mapped[str]
    #: A second person agreed: the body that an official corrected it to has answered it.
    upheld: Mapped[bool] = mapped_column(default=False)
    #: What it was learned from, so that it goes when that goes. Appeals live in a room above this one.
    appeal_id: Mapped[int | None] = mapped_column(BigId, index=True)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id"), index=True)
    at: Mapped[datetime]
