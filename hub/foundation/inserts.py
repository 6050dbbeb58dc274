"""Inserting what may be there already: the unique index decides, in one statement, on both databases."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from hub.foundation.db import Base, UnitOfWork


async def insert_new(
    uow: UnitOfWork, model: type[Base], rows: Sequence[dict[str, Any]], *, unique: Sequence[str]
) -> list[int]:
    """Inserts the rows whose `unique` columns are not taken; returns the ids of those, in order."""
    if not rows:
        return []
    make = sqlite.insert if uow.is_sqlite else postgresql.insert
    statement = make(model).values(list(rows)).on_conflict_do_nothing(index_elements=list(unique))
    ids = await uow.session.scalars(statement.returning(model.id))  # type: ignore[attr-defined]
    return sorted(ids)
