"""What commands share: settings, one unit of work on a migrated database, refusals in one sentence."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, NoReturn, TypeVar

import typer

from hub.foundation.db import Database, UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.settings import Settings, load_settings

T = TypeVar("T")


def refuse(sentence: str) -> NoReturn:
    """One plain sentence on stderr, exit 1."""
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


def read_settings() -> Settings:
    """Refuses when they cannot be read or are unsafe for production; sets up the log."""
    from pydantic import ValidationError

    from hub.foundation.logs import configure_logs
    from hub.foundation.settings import UnsafeSettingsError

    try:
        settings = load_settings()
    except UnsafeSettingsError as unsafe:
        refuse(str(unsafe))
    except ValidationError as invalid:
        names = ", ".join(f"QABUL_{'_'.join(map(str, error['loc']))}".upper() for error in invalid.errors())
        refuse(f"These settings cannot be read: {names}.")
    except OSError as problem:
        refuse(f"The file {problem.filename} cannot be used: {problem.strerror}.")
    configure_logs(settings.log_level, json_lines=settings.production)
    return settings


def migrate(settings: Settings) -> None:
    """Builds or upgrades the database; refuses when it cannot be reached."""
    from sqlalchemy.exc import SQLAlchemyError

    from hub import migrations

    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        migrations.upgrade(settings.sqlalchemy_url)
    except (SQLAlchemyError, OSError) as error:
        refuse(f"The database cannot be prepared: {_first_line(error)}.")


def act(settings: Settings, work: Callable[[UnitOfWork], Awaitable[T]]) -> T:
    """Runs `work` in one committed unit of work; a HubError becomes its sentence and exit 1."""
    return with_database(settings, lambda database: _unit(database, work))


async def _unit(database: Database, work: Callable[[UnitOfWork], Awaitable[T]]) -> T:
    async with database.unit_of_work() as uow:
        return await work(uow)


def with_database(settings: Settings, work: Callable[[Database], Coroutine[Any, Any, T]]) -> T:
    from sqlalchemy.exc import SQLAlchemyError

    from hub.app import open_database
    from hub.foundation.i18n import speaking
    from hub.foundation.sentences import sentence

    async def opened() -> T:
        database = open_database(settings)
        try:
            return await work(database)
        finally:
            await database.dispose()

    try:
        with speaking("en"):
            return asyncio.run(opened())
    except HubError as error:
        with speaking("en"):
            refuse(sentence(error))
    except SQLAlchemyError as error:
        refuse(f"The database refused: {_first_line(error)}.")


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0].rstrip(".")
