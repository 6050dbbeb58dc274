"""What citizens send is kept before it is confirmed, and handled once, in order, chat by chat."""

from typing import Any

import pytest
from sqlalchemy import select

from hub.delivery import arrivals, dialogues
from hub.delivery.models import Arrival
from hub.foundation.db import Database
from hub.foundation.errors import HubError
from tests.conftest import AnotherDatabase, SettableClock

pytestmark = pytest.mark.anyio
OWNER = "bot-1"


def message(update_id: int, chat: int, text: str = "Salom") -> dict[str, Any]:
    return {"update_id": update_id, "message": {"message_id": update_id, "chat": {"id": chat}, "text": text}}


async def accept(database: Database, *updates: dict[str, Any], bot_id: str = "7") -> int:
    async with database.unit_of_work() as uow:
        return await arrivals.accept(uow, bot_id=bot_id, updates=list(updates))


async def claim(database: Database, owner: str = OWNER) -> str | None:
    async with database.unit_of_work() as uow:
        return await arrivals.claim_chat(uow, owner=owner, seconds=30)


async def handle_all(database: Database, chat_key: str) -> list[int]:
    handled = []
    while True:
        async with database.unit_of_work() as uow:
            one = await arrivals.next_arrival(uow, chat_key)
            if one is None:
                return handled
            await arrivals.done(uow, one.id)
            handled.append(one.update_id)


async def test_a_chat_is_handled_in_the_order_it_was_written(database: Database) -> None:
    await accept(database, message(3, 100), message(5, 200), message(4, 100), message(9, 100))
    assert await claim(database) == "7:100"
    assert await handle_all(database, "7:100") == [3, 4, 9]
    assert await claim(database) == "7:200"
    assert await claim(database) is None


async def test_what_telegram_repeats_is_stored_once_and_for_ever(database: Database) -> None:
    assert await accept(database, message(3, 100), message(3, 100), message(4, 100)) == 2
    assert await handle_all(database, "7:100") == [3, 4]
    assert await accept(database, message(4, 100), message(3, 100)) == 0
    assert await handle_all(database, "7:100") == []
    assert await accept(database, message(3, 100), bot_id="8") == 1, "another bot counts its own updates"


async def test_the_update_comes_back_exactly_and_is_sealed_on_disk(database: Database) -> None:
    update = message(1, 100, "Gʻishtli koʻcha 5 \ud83d \x00 😀")
    await accept(database, update)
    async with database.unit_of_work() as uow:
        one = await arrivals.next_arrival(uow, "7:100")
        sealed = await uow.session.scalar(select(Arrival.payload_sealed))
    assert one is not None
    assert one.payload == update
    assert sealed is not None
    assert b"update_id" not in sealed


async def test_an_update_without_an_id_is_refused_whole(database: Database) -> None:
    for bad in ({}, {"update_id": "1"}, {"update_id": True}, {"update_id": -1}, {"update_id": 2**63}):
        with pytest.raises(HubError, match="bad_request"):
            await accept(database, message(1, 100), bad)
    assert await claim(database) is None


@pytest.mark.parametrize(
    ("payload", "key"),
    [
        ({"callback_query": {"from": {"id": 5}, "message": {"chat": {"id": 9}}}}, "7:9"),
        ({"callback_query": {"from": {"id": 5}, "inline_message_id": "x"}}, "7:5"),
        ({"my_chat_member": {"chat": {"id": -4}, "from": {"id": 5}}}, "7:-4"),
        ({"poll": {"id": "1"}}, "7:-"),
        ({"message": "not an object"}, "7:-"),
    ],
)
def test_every_kind_of_update_has_a_place_in_some_order(payload: dict[str, Any], key: str) -> None:
    assert arrivals.chat_key("7", {"update_id": 1, **payload}) == key


async def test_two_bots_never_hold_the_same_chat(
    database: Database, another_database: AnotherDatabase, clock: SettableClock
) -> None:
    other = another_database()
    await accept(database, message(1, 100))
    assert await claim(database) == "7:100"
    assert await claim(other, "bot-2") is None
    clock.advance(seconds=31)  # the first one died
    assert await claim(other, "bot-2") == "7:100"
    async with database.unit_of_work() as uow:
        assert not await arrivals.renew_chat(uow, "7:100", OWNER, seconds=30)
    async with other.unit_of_work() as uow:
        assert await arrivals.renew_chat(uow, "7:100", "bot-2", seconds=30)
        await arrivals.release_chat(uow, "7:100", "bot-2")
    assert await claim(database) == "7:100"


async def test_a_restarted_bot_takes_its_chats_back_at_once(database: Database) -> None:
    await accept(database, message(1, 100), message(2, 200))
    assert await claim(database, "bot-1-a") == "7:100"
    assert await claim(database, "bot-2") == "7:200"
    async with database.unit_of_work() as uow:
        assert await arrivals.free_leases(uow, "bot-1-") == 1
    assert await claim(database, "bot-1-b") == "7:100"


async def handle_again(database: Database, arrival_id: int) -> None:
    async with database.unit_of_work() as uow:
        await dialogues.save(uow, "7:100", "text", {})
        await arrivals.done(uow, arrival_id)


async def test_an_arrival_finished_twice_has_one_effect(database: Database) -> None:
    await accept(database, message(1, 100))
    async with database.unit_of_work() as uow:
        one = await arrivals.next_arrival(uow, "7:100")
        assert one is not None
        await arrivals.done(uow, one.id)
    with pytest.raises(arrivals.AlreadyHandledError):
        await handle_again(database, one.id)
    async with database.unit_of_work() as uow:
        assert await dialogues.load(uow, "7:100") == (None, {})


async def test_a_poisonous_update_is_parked_and_those_behind_it_go_on(
    database: Database, clock: SettableClock
) -> None:
    await accept(database, message(1, 100), message(2, 100))
    started = clock.now()
    parked = False
    while not parked:
        async with database.unit_of_work() as uow:
            one = await arrivals.next_arrival(uow, "7:100")
        if one is None:
            assert await claim(database) is None, "the chat keeps its order while the first waits"
            clock.advance(seconds=0.1)
            continue
        assert one.update_id == 1
        async with database.unit_of_work() as uow:
            parked = await arrivals.failed(uow, one.id, "ValueError")
    assert one is not None
    assert one.tries == 4
    assert (clock.now() - started).total_seconds() <= 5
    assert await handle_all(database, "7:100") == [2]


async def test_old_texts_are_forgotten_and_their_numbers_are_not(
    database: Database, clock: SettableClock
) -> None:
    await accept(database, message(1, 100))
    await handle_all(database, "7:100")
    await accept(database, message(2, 100))
    clock.advance(days=31)
    async with database.unit_of_work() as uow:
        assert await arrivals.purge(uow, uow.now) == 1
    assert await accept(database, message(1, 100)) == 0
    assert await handle_all(database, "7:100") == [2], "what was never handled is kept"


async def test_a_conversation_resumes_where_it_stood(database: Database) -> None:
    async with database.unit_of_work() as uow:
        await dialogues.save(uow, "7:100", "appeal:name", {"text": "Suv yoʻq", "files": [1]})
    async with database.unit_of_work() as uow:
        assert await dialogues.load(uow, "7:100") == ("appeal:name", {"text": "Suv yoʻq", "files": [1]})
        await dialogues.save(uow, "7:100", None, {})
    async with database.unit_of_work() as uow:
        assert await dialogues.load(uow, "7:100") == (None, {})
