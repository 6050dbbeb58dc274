"""One update of one citizen: who speaks, where the conversation stands, and what is said in return."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from aiogram import Bot
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.fsm.storage.base import StorageKey

from bot.drafts import Unsent
from bot.keyboards import Rows
from bot.storage import DialogueStorage
from hub.delivery import outbox
from hub.delivery.content import Outgoing
from hub.foundation.db import UnitOfWork
from hub.foundation.vocabulary import ChannelName
from hub.people import citizens
from hub.people.actors import CitizenActor

#: Drafts that were sent from this chat and are still recognised when their button is pressed again.
REMEMBERED = 20

AfterCommit = Callable[[], Coroutine[Any, Any, object]]


@dataclass
class Talk:
    """Handlers answer through `say`: the words are rows of the outbox, committed with what they tell of."""

    uow: UnitOfWork
    actor: CitizenActor
    address_id: int
    state: FSMContext
    storage: DialogueStorage
    #: Best-effort calls to Telegram, made once the transaction holds.
    afterwards: list[AfterCommit] = field(default_factory=list)

    async def say(
        self,
        text: str,
        *,
        title: str = "",
        buttons: Rows = (),
        choices: tuple[tuple[str, ...], ...] = (),
        replace: int | None = None,
    ) -> None:
        content = Outgoing(
            text=text,
            title=title,
            buttons=buttons,
            choices=choices,
            replace=str(replace) if replace is not None else None,
        )
        await outbox.enqueue(self.uow, address_id=self.address_id, content=content, kind="reply")

    async def wait_for(self, state: State | None) -> None:
        await self.state.set_state(state)

    async def value(self, key: str) -> Any:
        return (await self.state.get_data()).get(key)

    async def keep(self, **values: Any) -> None:
        """Remembers values in the dialogue; None forgets one."""
        data = {**await self.state.get_data(), **values}
        await self.state.set_data({key: value for key, value in data.items() if value is not None})

    async def draft(self) -> Unsent | None:
        return Unsent.read(await self.value("draft"))

    async def keep_draft(self, draft: Unsent) -> None:
        await self.keep(draft=draft.dump())

    async def set_aside(self) -> bool:
        """Leaves the step; a begun draft can be resumed. True when there is one to resume."""
        await self.wait_for(None)
        draft = await self.draft()
        if draft is not None:
            await self.keep(draft=None)
            if not draft.empty:
                await self.keep(aside=draft.dump())
        return await self.value("aside") is not None

    async def remember_sent(self, draft_id: str, number: str) -> None:
        sent = dict(await self.value("sent") or {})
        sent[draft_id] = number
        await self.keep(draft=None, sent=dict(list(sent.items())[-REMEMBERED:]))


async def open_talk(uow: UnitOfWork, bot: Bot, chat_id: int, chat_key: str, hint: str | None) -> Talk:
    """The citizen of a private chat, with the dialogue as it stands in this transaction."""
    actor = await citizens.arrive(
        uow,
        channel=ChannelName.TELEGRAM,
        account=str(bot.id),
        external_id=str(chat_id),
        language_hint=hint,
    )
    storage = DialogueStorage(uow, chat_key)
    await storage.load()
    key = StorageKey(bot_id=bot.id, chat_id=chat_id, user_id=chat_id)
    address_id = await citizens.address_of(uow, actor)
    return Talk(uow, actor, address_id, FSMContext(storage=storage, key=key), storage)
