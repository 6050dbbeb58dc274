"""Engine, declarative base and the unit of work.

Every use-case takes a `UnitOfWork` and never commits; the boundary that opened it does, before it answers.
On SQLite each write unit is BEGIN IMMEDIATE: a deferred read-then-write fails at once with BUSY_SNAPSHOT
whatever the timeout, and WAL with synchronous=FULL keeps a commit through a power cut.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from sqlalchemy import (
    BigInteger,
    Connection,
    CursorResult,
    DateTime,
    Dialect,
    Executable,
    Integer,
    LargeBinary,
    MetaData,
    TypeDecorator,
    event,
)
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase

from hub.foundation.clock import Clock, SystemClock

T = TypeVar("T")

BigId = BigInteger().with_variant(Integer, "sqlite")
Sealed = LargeBinary
READ_ONLY = "qabul_read_only"


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, stored and returned in UTC; SQLite keeps no zone, so it is put back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, bytes: LargeBinary}  # noqa: RUF012 -- SQLAlchemy's own shape


class Resources:
    """What one process owns once (settings, vault, library, ...), found by type."""

    def __init__(self) -> None:
        self._items: dict[type, object] = {}
        self._makers: dict[type, Callable[[], object]] = {}

    def add(self, item: object, as_: type | None = None) -> None:
        self._items[as_ or type(item)] = item

    def provide(self, kind: type[T], make: Callable[[], T]) -> None:
        """`make` runs once, when the first `of(kind)` asks: a command that needs no library builds none."""
        self._makers[kind] = make

    def of(self, kind: type[T]) -> T:
        """Raises KeyError when the composition root did not provide it."""
        if kind not in self._items:
            self._items[kind] = self._makers[kind]()
        return cast(T, self._items[kind])

    def made(self, kind: type[T]) -> T | None:
        """What `of` would give, without making it: None when nobody has asked for it yet."""
        return cast("T | None", self._items.get(kind))


class UnitOfWork:
    """One transaction: its session, its single instant `now`, and the process's resources."""

    def __init__(self, session: AsyncSession, now: datetime, resources: Resources) -> None:
        self.session = session
        self.now = now
        self._resources = resources
        self._after_commit: list[Callable[[], None]] = []

    def of(self, kind: type[T]) -> T:
        return self._resources.of(kind)

    @property
    def is_sqlite(self) -> bool:
        return self.session.get_bind().dialect.name == "sqlite"

    def after_commit(self, callback: Callable[[], None]) -> None:
        """Runs once the transaction is durable; for wake-ups only, since a crash may skip it."""
        if callback not in self._after_commit:
            self._after_commit.append(callback)

    def run_after_commit(self) -> None:
        for callback in self._after_commit:
            callback()


async def changed_rows(uow: UnitOfWork, statement: Executable) -> int:
    """Runs an UPDATE or DELETE; how many rows it touched."""
    result = await uow.session.execute(statement)
    return cast(CursorResult[Any], result).rowcount


class Database:
    """Owns the engine of one event loop; share it between loops and it hangs."""

    def __init__(
        self, url: str, resources: Resources, clock: Clock | None = None, pool_size: int = 10
    ) -> None:
        self.url = url
        self.resources = resources
        self.clock = clock or SystemClock()
        self.is_sqlite = url.startswith("sqlite")
        self.engine = _create_engine(url, pool_size)
        # SQLite has one writer: queueing here is fair, its own busy handler is a lottery.
        self._writer: asyncio.Lock | None = asyncio.Lock() if self.is_sqlite else None

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[UnitOfWork]:
        """Commits when the block ends, rolls back when it raises."""
        async with (
            self._writer or nullcontext(),
            AsyncSession(self.engine, expire_on_commit=False) as session,
        ):
            uow = UnitOfWork(session, self.clock.now(), self.resources)
            try:
                yield uow
            except BaseException:
                await asyncio.shield(session.rollback())
                raise
            await asyncio.shield(session.commit())
        uow.run_after_commit()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[UnitOfWork]:
        """A snapshot to read from; it never commits and never waits for a writer."""
        async with AsyncSession(self.engine, expire_on_commit=False) as session:
            await session.connection(execution_options={READ_ONLY: True})
            yield UnitOfWork(session, self.clock.now(), self.resources)

    async def dispose(self) -> None:
        await self.engine.dispose()


def _create_engine(url: str, pool_size: int) -> AsyncEngine:
    # Parameters are hidden: an error in the log must not show what a citizen wrote.
    if not url.startswith("sqlite"):
        return create_async_engine(
            url, pool_pre_ping=True, pool_size=pool_size, max_overflow=10, hide_parameters=True
        )
    engine = create_async_engine(
        url, connect_args={"timeout": 30}, pool_size=pool_size, max_overflow=10, hide_parameters=True
    )
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=30000",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    read_only = connection.get_execution_options().get(READ_ONLY, False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
