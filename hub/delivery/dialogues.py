"""Where each conversation stands, sealed, and committed together with what it caused."""

import json
from typing import Any

from hub.delivery.models import Dialogue
from hub.foundation.db import UnitOfWork
from hub.foundation.security import Vault


async def load(uow: UnitOfWork, chat_key: str) -> tuple[str | None, dict[str, Any]]:
    """State and data as last saved; (None, {}) for a chat that never said anything."""
    row = await uow.session.get(Dialogue, chat_key)
    if row is None:
        return None, {}
    sealed = uow.of(Vault).open_or_none(row.data_sealed)
    return row.state, json.loads(sealed) if sealed else {}


async def save(uow: UnitOfWork, chat_key: str, state: str | None, data: dict[str, Any]) -> None:
    """`data` must be JSON. An empty state with empty data forgets the conversation."""
    row = await uow.session.get(Dialogue, chat_key)
    if state is None and not data:
        if row is not None:
            await uow.session.delete(row)
            await uow.session.flush()
        return
    if row is None:
        row = Dialogue(chat_key=chat_key)
        uow.session.add(row)
    row.state = state
    row.data_sealed = uow.of(Vault).seal(json.dumps(data)) if data else None
    row.changed_at = uow.now
    await uow.session.flush()
