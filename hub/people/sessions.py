"""Sign-in of officials: password, one-time code, a server-side session; and tokens of programs.

OWASP ASVS 5.0 chapters 6 and 7: equal work for unknown logins, a new session at each sign-in, absolute and
idle limits, a code opens one session only, and a disabled official is out at the next request.
"""

from dataclasses import dataclass
from datetime import timedelta

import pyotp
from sqlalchemy import delete, or_, select

from hub.foundation.db import READ_ONLY, Database, UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.plain_text import clean_line
from hub.foundation.security import Vault, check_password, digest, hash_password, random_token, same
from hub.foundation.settings import Settings
from hub.foundation.vocabulary import ChannelName
from hub.people.actors import OfficialActor
from hub.people.lockout import count_attempt, forgive, take_back
from hub.people.models import ApiToken, Official, Session
from hub.people.roster import find_official, official_actor

ABSOLUTE_LIMIT = timedelta(hours=12)
IDLE_LIMIT = timedelta(hours=2)
#: `seen_at` is written at most this often, so that reading pages stays reading.
SEEN_STEP = timedelta(minutes=1)
TOTP_SECONDS = 30
PASSWORD_LIMIT = 256

_dummy_hash: list[str] = []


@dataclass(frozen=True, slots=True)
class SignedIn:
    """`cookie` is shown to the browser once and never stored; `csrf` goes into each form."""

    cookie: str
    csrf: str
    actor: OfficialActor


@dataclass(frozen=True, slots=True)
class SessionView:
    actor: OfficialActor
    csrf: str


async def sign_in(
    database: Database, *, login: str, password: str, totp: str | None = None, replaces: str | None = None
) -> SignedIn:
    """Always a new session; `replaces` is the cookie the browser came with, whose session ends.

    Three short units: the attempt is counted and committed before it is judged, so that parallel guesses
    queue up; argon2 (a quarter of a second) holds no transaction; then the session opens on a fresh look.
    Errors: sign_in_failed (says nothing of which part was wrong), locked, totp_needed (password right, code
    missing), totp_not_enrolled.
    """
    login = clean_line(login).lower()
    async with database.unit_of_work() as uow:
        attempt = await count_attempt(uow, login)
    async with database.reading() as uow:
        official = await find_official(uow, login)
        hashed = official.password_hash if official else None
    if not await _password_is_right(hashed, password):
        raise HubError("sign_in_failed")
    async with database.unit_of_work() as uow:
        try:
            return await _enter(uow, login, hashed, totp, replaces)
        except _CodeMissingError as missing:
            # A code was not guessed, only not given: this was no failed attempt.
            await take_back(uow, login, attempt)
            refusal = HubError(missing.code)
    raise refusal


class _CodeMissingError(HubError):
    """The password was right; what is still asked for, as a code of an error."""


async def _enter(
    uow: UnitOfWork, login: str, hashed: str | None, totp: str | None, replaces: str | None
) -> SignedIn:
    official = await find_official(uow, login, lock=True)
    # Reset or dismissed while the password was being checked: what was checked is out of date.
    if official is None or official.disabled_at or official.password_hash != hashed:
        raise HubError("sign_in_failed")
    if not await _code_is_right(uow, official, totp):
        raise HubError("sign_in_failed")
    await forgive(uow, login)
    return await _open_session(uow, official, replaces)


async def _password_is_right(hashed: str | None, password: str) -> bool:
    """As much work for a login that does not exist."""
    if not _dummy_hash:
        _dummy_hash.append(await hash_password(random_token()))
    # A lone surrogate cannot be hashed; it cannot be in a password of ours either.
    typed = password[:PASSWORD_LIMIT].encode("utf-8", "replace").decode()
    return await check_password(typed, hashed or _dummy_hash[0]) and hashed is not None


async def _code_is_right(uow: UnitOfWork, official: Official, totp: str | None) -> bool:
    code = clean_line(totp or "").replace(" ", "")
    if not code and not uow.of(Settings).production:
        return True
    if official.totp_sealed is None:
        # Production lets nobody in on a password alone.
        raise _CodeMissingError("totp_not_enrolled")
    if not code:
        raise _CodeMissingError("totp_needed")
    step = _matching_step(uow.of(Vault).open(official.totp_sealed), code, int(uow.now.timestamp()))
    if step is None or (official.totp_step is not None and step <= official.totp_step):
        return False
    official.totp_step = step
    await uow.session.flush()
    return True


def _matching_step(secret: str, code: str, now: int) -> int | None:
    """The 30-second step the code belongs to: this one or either neighbour (RFC 6238, section 5.2)."""
    generator = pyotp.TOTP(secret, interval=TOTP_SECONDS)
    current = now // TOTP_SECONDS
    matches = [s for s in (current - 1, current, current + 1) if same(generator.generate_otp(s), code)]
    return matches[0] if matches else None


async def _open_session(uow: UnitOfWork, official: Official, replaces: str | None) -> SignedIn:
    ended = or_(Session.expires_at < uow.now, Session.seen_at < uow.now - IDLE_LIMIT)
    await uow.session.execute(delete(Session).where(ended))
    if replaces:
        await sign_out(uow, replaces)
    cookie, csrf = random_token(), random_token()
    uow.session.add(
        Session(
            digest=digest(cookie),
            csrf=csrf,
            official_id=official.id,
            created_at=uow.now,
            seen_at=uow.now,
            expires_at=uow.now + ABSOLUTE_LIMIT,
        )
    )
    await uow.session.flush()
    return SignedIn(cookie, csrf, await official_actor(uow, official, ChannelName.WEB))


async def authenticate(uow: UnitOfWork, cookie: str, *, seen: bool = True) -> SessionView | None:
    """Whose live session this is, with the posts held now; None when ended, unknown or disabled.

    Without `seen` the idle time runs on: for what a page asks by itself while nobody is there.
    """
    row = (
        await uow.session.execute(
            select(Session, Official)
            .join(Official, Official.id == Session.official_id)
            .where(
                Session.digest == digest(cookie),
                Session.expires_at > uow.now,
                Session.seen_at > uow.now - IDLE_LIMIT,
                Official.disabled_at.is_(None),
            )
        )
    ).one_or_none()
    if row is None:
        return None
    session, official = row
    if seen and uow.now - session.seen_at >= SEEN_STEP:
        await _mark_seen(uow, session)
    return SessionView(await official_actor(uow, official, ChannelName.WEB), session.csrf)


async def _mark_seen(uow: UnitOfWork, session: Session) -> None:
    options = await uow.session.run_sync(lambda inner: inner.connection().get_execution_options())
    if not options.get(READ_ONLY, False):
        session.seen_at = uow.now
        await uow.session.flush()
        return
    # A reading unit never commits, so the mark gets a unit of its own.
    async with uow.of(Database).unit_of_work() as writing:
        stored = await writing.session.get(Session, session.id)
        if stored is not None:
            stored.seen_at = max(stored.seen_at, uow.now)


async def sign_out(uow: UnitOfWork, cookie: str) -> None:
    await uow.session.execute(delete(Session).where(Session.digest == digest(cookie)))


async def authenticate_token(uow: UnitOfWork, token: str) -> OfficialActor | None:
    """The official whose program this is; None when unknown, revoked or disabled."""
    official = await uow.session.scalar(
        select(Official)
        .join(ApiToken, ApiToken.official_id == Official.id)
        .where(
            ApiToken.digest == digest(token), ApiToken.revoked_at.is_(None), Official.disabled_at.is_(None)
        )
    )
    return await official_actor(uow, official, ChannelName.API) if official else None
