"""Officials' accounts: added, disabled, given new credentials. Only digests and hashes are kept."""

import re
from dataclasses import dataclass, replace

import pyotp
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.i18n import LANGUAGES
from hub.foundation.plain_text import clean_line
from hub.foundation.security import Vault, digest, hash_password, random_code, random_token
from hub.foundation.vocabulary import Role
from hub.people.actors import OfficialActor
from hub.people.models import ApiToken, Membership, Official, Session
from hub.people.profiles import checked_name
from hub.people.roster import find_agency_id, find_official

LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,63}")
#: Roles that may span every agency.
SPANNING = frozenset({Role.SUPERVISOR, Role.AUDITOR, Role.ADMIN})
SIGNING = frozenset({Role.OFFICIAL, Role.HEAD})
TOKEN_PREFIX = "qabul_"  # noqa: S105 -- what scanners of leaked secrets look for


@dataclass(frozen=True, slots=True)
class NewOfficial:
    """Shown once: none of it can be read back. `token` is None where none was asked for."""

    login: str
    password: str
    totp_secret: str
    token: str | None = None


async def add(
    uow: UnitOfWork,
    *,
    login: str,
    role: Role | str,
    agency: str | None = None,
    name: str | None = None,
    with_token: bool = False,
) -> NewOfficial:
    """Creates the account with one post; `agency` is a code, optional for supervisor, auditor and admin.

    The token carries the role's whole scope and needs no one-time code. Errors: bad_login, bad_role,
    agency_missing, unknown_agency, bad_name, login_taken.
    """
    if not LOGIN.fullmatch(login):
        raise HubError("bad_login")
    post = _role(role)
    agency_id = await _agency_id(uow, post, agency)
    if await find_official(uow, login) is not None:
        raise HubError("login_taken")
    official = Official(login=login, name=checked_name(name or login), password_hash="", created_at=uow.now)
    issued = await _issue(uow, official)
    try:
        async with uow.session.begin_nested():
            uow.session.add(official)
    except IntegrityError:
        raise HubError("login_taken") from None
    uow.session.add(
        Membership(official_id=official.id, agency_id=agency_id, role=post, may_sign=post in SIGNING)
    )
    await uow.session.flush()
    return replace(issued, token=await _new_token(uow, official.id)) if with_token else issued


def _role(role: Role | str) -> Role:
    try:
        return Role(role)
    except ValueError:
        raise HubError("bad_role") from None


async def _agency_id(uow: UnitOfWork, role: Role, code: str | None) -> int | None:
    if not code:
        if role in SPANNING:
            return None
        raise HubError("agency_missing")
    found = await find_agency_id(uow, clean_line(code))
    if found is None:
        raise HubError("unknown_agency")
    return found


async def disable(uow: UnitOfWork, login: str) -> None:
    """Every session and token of the official dies at once; what they did stays. Errors: unknown_login."""
    official = await _known(uow, login)
    official.disabled_at = official.disabled_at or uow.now
    await _end_access(uow, official.id)
    await uow.session.flush()


async def reset(uow: UnitOfWork, login: str) -> NewOfficial:
    """New password and one-time secret, an enabled account, and a new token where one was in force.

    Everything issued before is dead. Errors: unknown_login.
    """
    official = await _known(uow, login)
    had_token = await uow.session.scalar(
        select(func.count())
        .select_from(ApiToken)
        .where(ApiToken.official_id == official.id, ApiToken.revoked_at.is_(None))
    )
    await _end_access(uow, official.id)
    issued = await _issue(uow, official)
    official.disabled_at = None
    await uow.session.flush()
    return replace(issued, token=await _new_token(uow, official.id)) if had_token else issued


async def choose_language(uow: UnitOfWork, actor: OfficialActor, language: str) -> OfficialActor:
    """Errors: bad_language."""
    if language not in LANGUAGES:
        raise HubError("bad_language")
    (await uow.session.get_one(Official, actor.id)).language = language
    await uow.session.flush()
    return replace(actor, language=language)


async def _known(uow: UnitOfWork, login: str) -> Official:
    official = await find_official(uow, login)
    if official is None:
        raise HubError("unknown_login")
    return official


async def _issue(uow: UnitOfWork, official: Official) -> NewOfficial:
    password = "-".join(random_code(5) for _ in range(4))
    secret = pyotp.random_base32()
    official.password_hash = await hash_password(password)
    official.totp_sealed = uow.of(Vault).seal(secret)
    official.totp_step = None
    return NewOfficial(login=official.login, password=password, totp_secret=secret)


async def _new_token(uow: UnitOfWork, official_id: int) -> str:
    token = TOKEN_PREFIX + random_token()
    uow.session.add(ApiToken(digest=digest(token), official_id=official_id, created_at=uow.now))
    await uow.session.flush()
    return token


async def _end_access(uow: UnitOfWork, official_id: int) -> None:
    await uow.session.execute(delete(Session).where(Session.official_id == official_id))
    await uow.session.execute(
        update(ApiToken)
        .where(ApiToken.official_id == official_id, ApiToken.revoked_at.is_(None))
        .values(revoked_at=uow.now)
    )
