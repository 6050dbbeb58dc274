"""aiogram's state kept in the hub's `dialogues`, within the very transaction of the update being handled."""

from collections.abc import Mapping
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from hub.delivery import dialogues
from hub.foundation.db import UnitOfWork


class DialogueStorage(BaseStorage):
    """One chat's state and data for one unit of work: read once, written once by `flush`."""

    def __init__(self, uow: UnitOfWork, chat_key: str) -> None:
        self._uow = uow
        self._chat_key = chat_key
        self._state: str | None = None
        self._data: dict[str, Any] = {}
        self._loaded = False
        self._changed = False

    async def load(self) -> None:
        if not self._loaded:
            self._state, self._data = await dialogues.load(self._uow, self._chat_key)
            self._loaded = True

    async def flush(self) -> None:
        if self._changed:
            await dialogues.save(self._uow, self._chat_key, self._state, self._data)
            self._changed = False

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        await self.load()
        self._state = state.state if isinstance(state, State) else state
        self._changed = True

    async def get_state(self, key: StorageKey) -> str | None:
        await self.load()
        return self._state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        await self.load()
        self._data = dict(data)
        self._changed = True

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        await self.load()
        return dict(self._data)

    async def close(self) -> None:
        """Nothing to close: the unit of work belongs to the dispatcher."""
