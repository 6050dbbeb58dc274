"""A programme that repeats a request gets the first answer, byte for byte."""

import asyncio

import pytest

from hub.delivery import idempotency
from hub.delivery.idempotency import StoredAnswer
from hub.foundation.db import Database
from hub.foundation.errors import HubError
from tests.conftest import AnotherDatabase, SettableClock

pytestmark = pytest.mark.anyio


async def ask(database: Database, key: str, fingerprint: str, caller: str = "official:1") -> str:
    async with database.unit_of_work() as uow:
        stored = await idempotency.replay(uow, caller, key, fingerprint)
        if stored is not None:
            return stored.body
        await asyncio.sleep(0.02)
        body = f"made for {caller}"
        await idempotency.remember(uow, caller, key, fingerprint, status=201, body=body)
        return f"new: {body}"


async def test_a_repeat_gets_the_first_answer_and_another_body_is_refused(database: Database) -> None:
    assert await ask(database, "k", "f") == "new: made for official:1"
    assert await ask(database, "k", "f") == "made for official:1"
    with pytest.raises(HubError, match="idempotency_key_reused"):
        await ask(database, "k", "g")
    assert await ask(database, "k", "g", caller="official:2") == "new: made for official:2"
    async with database.reading() as uow:
        assert await idempotency.replay(uow, "official:1", "k", "f") == StoredAnswer(
            201, {}, "made for official:1"
        )


async def test_two_at_once_make_one(database: Database, another_database: AnotherDatabase) -> None:
    other = another_database()
    answers = await asyncio.gather(*(ask(one, "k", "f") for one in (database, other) * 4))
    assert sorted(answers)[-1].startswith("new: ")
    assert sum(answer.startswith("new: ") for answer in answers) == 1


async def test_answers_are_forgotten_after_their_time(database: Database, clock: SettableClock) -> None:
    await ask(database, "k", "f")
    clock.advance(days=31)
    async with database.unit_of_work() as uow:
        assert await idempotency.purge(uow, uow.now) == 1
    assert (await ask(database, "k", "f")).startswith("new: ")
