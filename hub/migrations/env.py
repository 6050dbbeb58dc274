"""Run by Alembic; `hub.migrations` hands the connection over."""

from typing import Literal

from alembic import context
from sqlalchemy import Connection

from hub.foundation.db import Base, UtcDateTime
from hub.migrations import load_models


def render(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Migrations stand alone: they name SQLAlchemy's types, not ours, which may change later."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def run(connection: Connection) -> None:
    load_models()
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        render_item=render,
        transactional_ddl=True,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
