"""Building and upgrading the database, without a configuration file.

Upgrades run in one transaction under a lock, so two processes starting together never build the same table
twice and a kill in the middle leaves the old schema whole (both databases do DDL in transactions).
"""

from importlib import import_module
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, NullPool, create_engine, event, text

from hub.foundation.db import Base

FOLDER = Path(__file__).parent
#: PostgreSQL's advisory lock of this programme's upgrades.
LOCK = 0x71616275


def upgrade(url: str, revision: str = "head") -> None:
    """Brings the database at `url` (a setting's address, async driver or not) to `revision`; idempotent."""
    engine = _engine(url, writing=True)
    try:
        with engine.begin() as connection:
            _lock(connection)
            command.upgrade(_config(connection), revision)
    finally:
        engine.dispose()


def current(url: str) -> str | None:
    """The revision the database is at; None when it was never migrated."""
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


def head() -> str | None:
    """The newest revision this code knows."""
    return ScriptDirectory(str(FOLDER)).get_current_head()


def differences(url: str) -> list[object]:
    """What the models say and the migrated database does not; empty when they agree."""
    load_models()
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            return list(compare_metadata(context, Base.metadata))
    finally:
        engine.dispose()


def write(url: str, message: str, slug: str) -> None:
    """For developers: a new migration `slug`, from what the models say and the database at `url` lacks."""
    load_models()
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            command.revision(_config(connection), message=message, rev_id=slug, autogenerate=True)
    finally:
        engine.dispose()


def load_models() -> None:
    """Imports every room's models, so that `Base.metadata` is complete."""
    for room in ("people", "library", "clocks", "delivery", "appeals"):
        import_module(f"hub.{room}.models")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    # The file is named after the revision, which is a slug with its date: 2026_11_21_first_tables.py
    config.set_main_option("file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(rev)s")
    config.attributes["connection"] = connection
    return config


def _engine(url: str, *, writing: bool = False) -> Engine:
    """A plain connection: migrations are synchronous whatever driver the application uses."""
    engine = create_engine(url.replace("+aiosqlite", ""), poolclass=NullPool)
    if writing and engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _let_us_begin)
        event.listen(engine, "begin", _begin_immediate)
    return engine


def _let_us_begin(connection: Any, _record: object) -> None:
    connection.isolation_level = None


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA busy_timeout=30000")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
