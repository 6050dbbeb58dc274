"""getUpdates: a real long poll, confirmation by offset, one poller at a time."""

import asyncio

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError, TelegramUnauthorizedError

from bot.playground import Playground, PlaygroundUser, open_playground
from bot.playground.server import Served
from tests.bot.playground.conftest import make_bot

pytestmark = pytest.mark.anyio


async def test_the_bot_knows_itself_and_a_wrong_token_is_refused(served: Served, tg: Bot) -> None:
    me = await tg.get_me()
    assert (me.id, me.is_bot) == (42, True)
    stranger = make_bot(served, "42:another")
    with pytest.raises(TelegramUnauthorizedError):
        await stranger.get_me()
    await stranger.session.close()


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(
    served: Served, tg: Bot, aziza: PlaygroundUser
) -> None:
    await aziza.say("hello")
    first = await tg.get_updates()
    assert [update.message.text for update in first if update.message] == ["/start", "hello"]
    assert first[0].message
    assert first[0].message.entities[0].type == "bot_command"
    assert await tg.get_updates(limit=1) == first[:1]
    assert await served.client.confirmed() == set()

    assert await tg.get_updates(offset=first[1].update_id) == first[1:]
    assert await served.client.confirmed() == {first[0].update_id}
    assert await tg.get_updates(offset=first[1].update_id + 1) == []
    assert await served.client.confirmed() == {update.update_id for update in first}


async def test_a_long_poll_waits_for_the_next_message(tg: Bot, aziza: PlaygroundUser) -> None:
    (start,) = await tg.get_updates()
    poll = asyncio.create_task(tg.get_updates(offset=start.update_id + 1, timeout=20))
    await asyncio.sleep(0.1)
    assert not poll.done()
    await aziza.say("are you there?")
    (update,) = await poll
    assert update.message
    assert update.message.text == "are you there?"


async def test_a_negative_offset_forgets_all_but_the_last(
    served: Served, tg: Bot, aziza: PlaygroundUser
) -> None:
    await aziza.say("one")
    await aziza.say("two")
    (last,) = await tg.get_updates(offset=-1)
    assert last.message
    assert last.message.text == "two"
    ways = [row["way"] for row in (await served.client.log())["confirmed"]]
    assert ways == ["forgotten", "forgotten"]


async def test_a_second_poller_ends_the_first(tg: Bot, aziza: PlaygroundUser) -> None:
    (start,) = await tg.get_updates()
    first = asyncio.create_task(tg.get_updates(offset=start.update_id + 1, timeout=20))
    await asyncio.sleep(0.1)
    second = asyncio.create_task(tg.get_updates(timeout=20))
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates"):
        await first
    await aziza.say("who hears me?")
    (update,) = await second
    assert update.message
    assert update.message.text == "who hears me?"


async def test_polling_is_refused_while_a_webhook_is_set(tg: Bot) -> None:
    await tg.set_webhook("https://example.uz/hook")
    with pytest.raises(TelegramConflictError, match="webhook is active"):
        await tg.get_updates()
    await tg.delete_webhook()
    assert await tg.get_updates() == []


async def test_only_the_kinds_asked_for_arrive(tg: Bot, aziza: PlaygroundUser) -> None:
    (start,) = await tg.get_updates(allowed_updates=["message", "message_reaction"])
    assert start.message
    await aziza.edit(start.message.message_id, "/start again")
    await aziza.react(start.message.message_id, "👍")
    _, reaction = await tg.get_updates()
    assert reaction.message_reaction
    assert reaction.message_reaction.new_reaction[0].type == "emoji"


async def test_a_confirmed_update_can_be_handed_out_again(
    served: Served, tg: Bot, aziza: PlaygroundUser
) -> None:
    (start,) = await tg.get_updates()
    assert await tg.get_updates(offset=start.update_id + 1) == []
    await served.client.redeliver(start.update_id)
    assert await tg.get_updates(offset=start.update_id + 1) == [start]
    assert await tg.get_updates(offset=start.update_id + 1) == []


async def test_ids_do_not_repeat_after_a_restart(served: Served, tg: Bot, aziza: PlaygroundUser) -> None:
    """The default world starts its ids from the clock."""
    (start,) = await tg.get_updates()
    assert start.update_id > 1_000_000
    assert start.message
    assert start.message.message_id > 1_000_000


async def test_after_a_restart_nobody_gets_the_number_of_somebody_else(anyio_backend: str) -> None:
    async with open_playground(Playground(first_id=1000)) as before:
        known = {(await before.client.new_user(name)).id for name in ("Gulnoza", "Olim")}
    async with open_playground(Playground(first_id=1100)) as after:
        assert (await after.client.new_user("Bobur")).id not in known


async def test_the_first_person_of_an_empty_playground(anyio_backend: str) -> None:
    async with open_playground(Playground(people=())) as empty:
        assert (await empty.client.new_user("Aziza")).id > 5_000_000_000
