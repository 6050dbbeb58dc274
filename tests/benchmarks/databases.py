"""Databases to measure on: built by the migrations, as durable as production demands."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from hub import migrations
from hub.app import create_resources
from hub.foundation.db import Database
from hub.foundation.settings import Settings, load_settings
from hub.library import agencies
from tests.real_parts.postgres import PostgresUnavailableError, create_database, running_postgres

NAMES = {"sqlite": "SQLite, synchronous=FULL", "postgres": "PostgreSQL, fsync and synchronous_commit on"}


@contextmanager
def servers(folder: Path) -> Iterator[dict[str, str]]:
    """name -> address that `fresh` understands; PostgreSQL is left out, aloud, where there is none."""
    found = {"sqlite": str(folder)}
    try:
        with running_postgres(durable=True) as address:
            yield {**found, "postgres": address}
    except PostgresUnavailableError as reason:
        print(f"NOT MEASURED on PostgreSQL: {reason}", flush=True)
        yield found


def fresh(name: str, server: str, purpose: str) -> str:
    """An empty, migrated database."""
    if name == "sqlite":
        url = f"sqlite+aiosqlite:///{Path(server) / purpose}.sqlite3"
    else:
        url = create_database(server)
    migrations.upgrade(url)
    return url


@asynccontextmanager
async def opened(url: str, folder: Path) -> AsyncIterator[tuple[Settings, Database]]:
    """The database as a process of ours opens it, with the agencies of the pack in it."""
    settings = load_settings(
        {"data_dir": folder, "secret_key": "benchmark key " * 4, "database_url": url, "_env_file": None}
    )
    resources = create_resources(settings)
    database = Database(url, resources)
    resources.add(database)
    try:
        async with database.unit_of_work() as uow:
            await agencies.sync(uow)
        yield settings, database
    finally:
        await database.dispose()
