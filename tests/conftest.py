"""Fixtures every test may use.

    async def test_something(database: Database, clock: SettableClock) -> None:
        async with database.unit_of_work() as uow: ...        # commits at the end of the block
        clock.advance(days=3)

`database` runs the test twice: on SQLite and on PostgreSQL, each built by the real migrations (once per
session, then copied or emptied). A test that needs one backend only takes `sqlite_database` or
`postgres_database`. `another_database()` opens one more engine on the same data, as another process would.
`resources` holds Settings, Vault, Bell and, when first asked for, Library and ClockBook; `settings` has its
own temporary data folder; `clock` stands still on Monday 2 March 2026, 10:00 in Tashkent, until it is moved.
"""

import shutil
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from hub import app, migrations
from hub.foundation.db import Base, Database, Resources
from hub.foundation.settings import Settings, load_settings
from hub.library.library import Library

pytest_plugins = ["tests.real_parts.fixtures"]

START = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
AnotherDatabase = Callable[[], Database]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


class SettableClock:
    """Stands still; a test moves it."""

    def __init__(self, now: datetime = START) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        self._now = now.astimezone(UTC)

    def advance(self, **spans: float) -> None:
        """`advance(days=3, hours=2)`."""
        self._now += timedelta(**spans)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings({"data_dir": tmp_path, "secret_key": "test key " * 4, "_env_file": None})


@cache
def shared_library() -> Library:
    """Immutable and slow to build: once per session."""
    return Library.open("uz")


@pytest.fixture
def resources(settings: Settings) -> Resources:
    resources = app.create_resources(settings)
    resources.provide(Library, shared_library)
    return resources


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a freshly built database, on each backend in turn."""
    return str(request.getfixturevalue(f"{request.param}_database_url"))


@pytest.fixture
async def database(
    anyio_backend: str, database_url: str, resources: Resources, clock: SettableClock
) -> AsyncIterator[Database]:
    async for opened in _open(database_url, resources, clock):
        yield opened


@pytest.fixture
async def sqlite_database(
    anyio_backend: str, sqlite_database_url: str, resources: Resources, clock: SettableClock
) -> AsyncIterator[Database]:
    async for opened in _open(sqlite_database_url, resources, clock):
        yield opened


@pytest.fixture
async def postgres_database(
    anyio_backend: str, postgres_database_url: str, resources: Resources, clock: SettableClock
) -> AsyncIterator[Database]:
    async for opened in _open(postgres_database_url, resources, clock):
        yield opened


@pytest.fixture
async def another_database(
    anyio_backend: str, database: Database, resources: Resources, clock: SettableClock
) -> AsyncIterator[AnotherDatabase]:
    opened: list[Database] = []

    def open_another() -> Database:
        opened.append(Database(database.url, resources, clock, pool_size=2))
        return opened[-1]

    yield open_another
    for one in opened:
        await one.dispose()


async def _open(url: str, resources: Resources, clock: SettableClock) -> AsyncIterator[Database]:
    database = Database(url, resources, clock)
    resources.add(database)
    yield database
    await database.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("database") / "template.sqlite3"
    migrations.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_database_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "qabul.sqlite3"
    shutil.copy(sqlite_template, path)
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> str:
    """The session's database, built by the migrations."""
    migrations.upgrade(postgres_url)
    return postgres_url


@pytest.fixture
def postgres_database_url(postgres_template: str) -> str:
    migrations.load_models()
    engine = create_engine(postgres_template)
    tables = ", ".join(table.name for table in Base.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.execute(text("SET lock_timeout = '10s'"))
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    engine.dispose()
    return postgres_template
