"""Failed guesses at a login: counted before the guess is checked, so that parallel guesses queue up.

Logins that do not exist are counted the same way: being locked tells nobody which logins exist.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.security import Vault
from hub.people.models import SignInFailure

FREE_FAILURES = 5
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)


async def count_attempt(uow: UnitOfWork, login: str) -> int:
    """The number of this attempt since the last success; the row stays locked until the end of the unit.

    Raises HubError("locked") while the login is locked, and then nothing is counted.
    """
    table = SignInFailure.__table__
    postgres = uow.session.get_bind().dialect.name == "postgresql"
    insert: Any = postgresql.insert(SignInFailure) if postgres else sqlite.insert(SignInFailure)
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
    locked_until: datetime | None = row.locked_until
    if locked_until is not None and uow.now < locked_until:
        raise HubError("locked")
    return int(row.failures)


async def lock_if_many(uow: UnitOfWork, login: str, failures: int) -> None:
    """After `FREE_FAILURES` each further one doubles the wait, up to `LONGEST_DELAY`."""
    if failures < FREE_FAILURES:
        return
    delay = min(FIRST_DELAY * 2 ** min(failures - FREE_FAILURES, 10), LONGEST_DELAY)
    row = await uow.session.get_one(SignInFailure, _token(uow, login))
    row.locked_until = uow.now + delay
    await uow.session.flush()


async def forgive(uow: UnitOfWork, login: str) -> None:
    await uow.session.execute(delete(SignInFailure).where(SignInFailure.login_token == _token(uow, login)))


def _token(uow: UnitOfWork, login: str) -> str:
    return uow.of(Vault).token("login", login)
