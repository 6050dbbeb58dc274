"""Failed guesses at a login: counted, and the login locked, before a guess is checked, so that
parallel guesses queue up; a right one forgives them all.

Logins that do not exist are counted the same way: being locked tells nobody which logins exist.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, update
from sqlalchemy.dialects import postgresql, sqlite

from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.security import Vault
from hub.people.models import SignInFailure

FREE_FAILURES = 5
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Attempt:
    """Number of the attempt since the last success, and the lock that it put in place."""

    number: int
    locked_until: datetime | None


async def count_attempt(uow: UnitOfWork, login: str) -> Attempt:
    """Counts the attempt as if it were to fail; after `FREE_FAILURES` each doubles the wait.

    Raises HubError("locked") while the login is locked, and then nothing is counted.
    """
    table = SignInFailure.__table__
    insert: Any = sqlite.insert(SignInFailure) if uow.is_sqlite else postgresql.insert(SignInFailure)
    expired = table.c.at < uow.now - FORGOTTEN_AFTER
    await uow.session.execute(delete(SignInFailure).where(expired))
    row = (
        await uow.session.execute(
            insert.values(login_token=_token(uow, login), failures=1, at=uow.now)
            .on_conflict_do_update(
                index_elements=[table.c.login_token],
                set_={"failures": table.c.failures + 1, "at": uow.now},
            )
            .returning(table.c.failures, table.c.locked_until)
        )
    ).one()
    if row.locked_until is not None and uow.now < row.locked_until:
        raise HubError("locked")
    number = int(row.failures)
    if number < FREE_FAILURES:
        return Attempt(number, None)
    wait = min(FIRST_DELAY * 2 ** min(number - FREE_FAILURES, 10), LONGEST_DELAY)
    await _set(uow, login, locked_until=uow.now + wait)
    return Attempt(number, uow.now + wait)


async def take_back(uow: UnitOfWork, login: str, attempt: Attempt) -> None:
    """The attempt was no guess after all; a lock that another attempt put in place stays."""
    await _set(uow, login, failures=SignInFailure.failures - 1)
    if attempt.locked_until is not None:
        ours = SignInFailure.locked_until == attempt.locked_until
        await _set(uow, login, ours, locked_until=None)


async def forgive(uow: UnitOfWork, login: str) -> None:
    await uow.session.execute(delete(SignInFailure).where(SignInFailure.login_token == _token(uow, login)))


async def _set(uow: UnitOfWork, login: str, *conditions: ColumnElement[bool], **values: Any) -> None:
    mine = SignInFailure.login_token == _token(uow, login)
    await uow.session.execute(update(SignInFailure).where(mine, *conditions).values(**values))


def _token(uow: UnitOfWork, login: str) -> str:
    return uow.of(Vault).token("login", login)
