"""Citizens and where to reach them, consent, officials, memberships, sessions, tokens."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hub.foundation.db import Base, BigId


class Citizen(Base):
    """A person or legal entity that asks; names and contacts are sealed (see `foundation.security`)."""

    __tablename__ = "citizens"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    language: Mapped[str | None]
    name_sealed: Mapped[bytes | None]
    residence_sealed: Mapped[bytes | None]
    organization_sealed: Mapped[bytes | None]
    phone_sealed: Mapped[bytes | None]
    phone_token: Mapped[str | None] = mapped_column(index=True)
    district: Mapped[str | None]
    created_at: Mapped[datetime]


class Address(Base):
    """One way to reach a citizen: a Telegram chat of one bot, or an e-mail address."""

    __tablename__ = "addresses"
    __table_args__ = (UniqueConstraint("channel", "account", "token"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"), index=True)
    channel: Mapped[str]
    account: Mapped[str]
    token: Mapped[str]
    sealed: Mapped[bytes]
    blocked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Consent(Base):
    """What the citizen agreed to, in which language and when (Ministry of Justice order, reg. 3478)."""

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"), index=True)
    version: Mapped[str]
    language: Mapped[str]
    channel: Mapped[str]
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Official(Base):
    __tablename__ = "officials"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    totp_sealed: Mapped[bytes | None]
    #: The last 30-second step whose one-time code was used: each code opens one session.
    totp_step: Mapped[int | None]
    language: Mapped[str | None]
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Membership(Base):
    """An official's role in one agency; without an agency the role spans all (supervisor, auditor, admin)."""

    __tablename__ = "memberships"
    __table_args__ = (
        UniqueConstraint("official_id", "agency_id", "role"),
        CheckConstraint(
            "agency_id IS NOT NULL OR role IN ('supervisor', 'auditor', 'admin')", name="agency_required"
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    official_id: Mapped[int] = mapped_column(ForeignKey("officials.id"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    role: Mapped[str]
    may_sign: Mapped[bool] = mapped_column(default=False)


class Session(Base):
    """A signed-in browser; only the digest of its cookie is kept."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    csrf: Mapped[str]
    official_id: Mapped[int] = mapped_column(ForeignKey("officials.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class SignInFailure(Base):
    """Failed guesses at a login, existing or not, so that locking tells nobody which logins exist."""

    __tablename__ = "sign_in_failures"

    login_token: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    locked_until: Mapped[datetime | None]
    at: Mapped[datetime] = mapped_column(index=True)


class ApiToken(Base):
    __tablename__ = "api_tokens"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    official_id: Mapped[int] = mapped_column(ForeignKey("officials.id"))
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Disclosure(Base):
    """Who opened whose personal data, and when."""

    __tablename__ = "disclosures"
    __table_args__ = (Index("ix_disclosures_citizen_id_at", "citizen_id", "at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    official_id: Mapped[int] = mapped_column(ForeignKey("officials.id"))
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"))
    appeal_number: Mapped[str]
    at: Mapped[datetime]
