"""Answers reach their citizen: never none, never another's, one copy unless the network kept silent."""

import asyncio
from collections import Counter

import pytest

from hub.delivery import outbox
from hub.delivery.channel import Blocked, Failed, Moved, RetryLater, Sent, Uncertain
from hub.delivery.claims import claim
from hub.delivery.content import Outgoing
from hub.delivery.relay import Relay
from hub.foundation.db import Database
from hub.foundation.live import Bell
from hub.foundation.vocabulary import ChannelName, DeliveryState
from hub.people import addresses, citizens
from tests.conftest import AnotherDatabase, SettableClock
from tests.hub.delivery.people import ScriptedChannel, chat_of, mailbox_of

pytestmark = pytest.mark.anyio


async def enqueue(database: Database, address_id: int, text: str, key: str | None = None) -> int:
    async with database.unit_of_work() as uow:
        return await outbox.enqueue(
            uow, address_id=address_id, content=Outgoing(text=text), kind="answer", message_id=1, key=key
        )


def relay(database: Database, channel: ScriptedChannel, owner: str = "worker-1-x") -> Relay:
    return Relay(database, {"telegram": channel, "email": channel}, owner)


async def state(database: Database, message_id: int = 1) -> outbox.Delivery:
    async with database.reading() as uow:
        return (await outbox.states_of(uow, [message_id]))[message_id]


def arrived(ambiguous: int = 0) -> outbox.Delivery:
    return outbox.Delivery(DeliveryState.SENT, (("telegram", DeliveryState.SENT),), ambiguous)


async def test_dilnozas_answer_arrives_once_in_her_chat(database: Database) -> None:
    dilnoza, channel = await chat_of(database, "100"), ScriptedChannel()
    await enqueue(database, dilnoza, "Javob")
    assert (await state(database)).state == DeliveryState.WAITING
    assert await relay(database, channel).drain() == 1
    assert await relay(database, channel).drain() == 0
    assert [(target, content.text) for target, content in channel.calls] == [("100", "Javob")]
    assert await state(database) == outbox.Delivery(
        DeliveryState.SENT, (("telegram", DeliveryState.SENT),), 0
    )


async def test_messages_of_one_chat_keep_their_order_and_wait_for_a_stuck_one(
    database: Database, clock: SettableClock
) -> None:
    dilnoza, botir = await chat_of(database, "100"), await chat_of(database, "200")
    for text in ("1", "2", "3"):
        await enqueue(database, dilnoza, text)
    await enqueue(database, botir, "Botirga")
    channel = ScriptedChannel([RetryLater(30, "429")])
    await relay(database, channel).drain()
    assert channel.texts == ["1", "Botirga"], "only the chat that must wait waits"
    clock.advance(seconds=31)
    await relay(database, channel).drain()
    assert channel.texts == ["1", "Botirga", "1", "2", "3"]


async def test_a_notice_with_a_key_is_queued_once(database: Database) -> None:
    dilnoza = await chat_of(database, "100")
    first = await enqueue(database, dilnoza, "Kvitansiya", key="receipt:1")
    assert await enqueue(database, dilnoza, "Kvitansiya", key="receipt:1") == first
    long = "Soʻz. " * 2000
    assert await enqueue(database, dilnoza, long, key="answer:1") == await enqueue(
        database, dilnoza, long, key="answer:1"
    )
    channel = ScriptedChannel()
    await relay(database, channel).drain()
    assert channel.texts[0] == "Kvitansiya"
    assert " ".join(" ".join(channel.texts[1:]).split()) == long.strip()


async def test_a_long_answer_continues_at_the_part_that_failed(
    database: Database, clock: SettableClock
) -> None:
    dilnoza = await chat_of(database, "100")
    await enqueue(database, dilnoza, "a" * 4000 + "b" * 4000 + "c" * 4000)
    channel = ScriptedChannel([Sent("1"), RetryLater(5, "refused connection")])
    await relay(database, channel).drain()
    clock.advance(seconds=6)
    await relay(database, channel).drain()
    assert [text[0] for text in channel.texts] == ["a", "b", "b", "c"]


@pytest.mark.parametrize("silence", [Uncertain("read timeout"), RuntimeError("a bug of the channel")])
async def test_a_lost_answer_is_repeated_and_stays_visible(
    database: Database, clock: SettableClock, silence: Uncertain | RuntimeError
) -> None:
    dilnoza = await chat_of(database, "100")
    await enqueue(database, dilnoza, "Javob")
    channel = ScriptedChannel([silence])
    await relay(database, channel).drain()
    assert (await state(database)).state == DeliveryState.UNCERTAIN
    clock.advance(seconds=5)
    await relay(database, channel).drain()
    assert channel.texts == ["Javob", "Javob"]
    assert await state(database) == outbox.Delivery(
        DeliveryState.SENT, (("telegram", DeliveryState.SENT),), 1
    )


async def test_a_network_that_never_answers_is_left_to_a_person(
    database: Database, clock: SettableClock
) -> None:
    dilnoza = await chat_of(database, "100")
    await enqueue(database, dilnoza, "Javob")
    channel = ScriptedChannel([Uncertain("read timeout")] * 20)
    for _attempt in range(20):
        await relay(database, channel).drain()
        clock.advance(hours=1)
    assert len(channel.calls) == 8
    assert (await state(database)).state == DeliveryState.FAILED
    async with database.unit_of_work() as uow:
        assert await outbox.retry(uow) == 1
    channel.script.clear()
    await relay(database, channel).drain()
    assert (await state(database)).state == DeliveryState.SENT


async def test_a_network_that_is_down_is_tried_for_ever_and_counts_nothing_ambiguous(
    database: Database, clock: SettableClock
) -> None:
    dilnoza = await chat_of(database, "100")
    await enqueue(database, dilnoza, "Javob")
    channel = ScriptedChannel([RetryLater(1, "refused connection")] * 30)
    for _attempt in range(31):
        await relay(database, channel).drain()
        clock.advance(minutes=11)
    assert await state(database) == outbox.Delivery(
        DeliveryState.SENT, (("telegram", DeliveryState.SENT),), 0
    )


async def test_a_refused_message_stops_and_lets_the_next_pass(database: Database) -> None:
    dilnoza = await chat_of(database, "100")
    await enqueue(database, dilnoza, "yomon")
    await enqueue(database, dilnoza, "yaxshi")
    channel = ScriptedChannel([Failed("400: chat not found")])
    await relay(database, channel).drain()
    assert channel.texts == ["yomon", "yaxshi"]
    async with database.reading() as uow:
        (line,) = await outbox.lines(uow)
    assert (line.state, line.error) == (DeliveryState.FAILED, "400: chat not found")


async def test_a_citizen_who_blocked_the_bot_gets_everything_on_return(database: Database) -> None:
    dilnoza = await chat_of(database, "100")
    await enqueue(database, dilnoza, "1")
    await enqueue(database, dilnoza, "2")
    channel = ScriptedChannel([Blocked("403"), Blocked("403")])
    await relay(database, channel).drain()
    assert (await state(database)).state == DeliveryState.BLOCKED
    async with database.unit_of_work() as uow:
        assert await outbox.unblock(uow) == 0, "the chat is still shut"
    assert await chat_of(database, "100") == dilnoza  # she writes again
    async with database.unit_of_work() as uow:
        assert await outbox.unblock(uow, dilnoza) == 2
    await relay(database, channel).drain()
    assert channel.texts == ["1", "2", "1", "2"]
    assert (await state(database)).state == DeliveryState.SENT


async def test_a_chat_that_moved_is_followed(database: Database) -> None:
    dilnoza = await chat_of(database, "100")
    await enqueue(database, dilnoza, "Javob")
    channel = ScriptedChannel([Moved("-1009")])
    await relay(database, channel).drain()
    assert [target for target, _content in channel.calls] == ["100", "-1009"]
    assert await chat_of(database, "-1009") == dilnoza


async def test_a_relay_that_died_while_sending_is_followed_by_another(
    database: Database, another_database: AnotherDatabase, clock: SettableClock
) -> None:
    dilnoza = await chat_of(database, "100")
    await enqueue(database, dilnoza, "Javob")
    other, channel = another_database(), ScriptedChannel()
    async with database.unit_of_work() as uow:
        assert await claim(uow, "worker-1-dead", ["telegram"]) is not None
    await relay(other, channel).drain()
    assert channel.calls == [], "while the lease lives nobody else sends"
    clock.advance(seconds=46)
    await relay(other, channel).drain()
    assert (channel.texts, (await state(database)).ambiguous) == (["Javob"], 1)


async def test_a_restarted_process_frees_what_it_held_at_once(database: Database) -> None:
    dilnoza, botir = await chat_of(database, "100"), await chat_of(database, "200")
    await enqueue(database, dilnoza, "Javob")
    await enqueue(database, botir, "Botirga")
    async with database.unit_of_work() as uow:
        await claim(uow, "embedded-old", ["telegram"])
        await claim(uow, "elsewhere-1", ["telegram"])
    channel = ScriptedChannel()
    fresh = relay(database, channel, "embedded-new")
    assert await fresh.recover("embedded-") == 1
    await fresh.drain()
    assert channel.texts == ["Javob"]


async def test_a_relay_stopped_in_the_act_says_so(database: Database) -> None:
    dilnoza, started = await chat_of(database, "100"), asyncio.Event()

    class Slow(ScriptedChannel):
        async def send(self, *_args: object) -> Sent:
            started.set()
            await asyncio.sleep(60)
            raise AssertionError

    await enqueue(database, dilnoza, "Javob")
    draining = asyncio.create_task(relay(database, Slow()).drain())
    await started.wait()
    draining.cancel()
    with pytest.raises(asyncio.CancelledError):
        await draining
    assert (await state(database)).state == DeliveryState.UNCERTAIN


async def test_sixteen_relays_send_each_message_once(
    database: Database, another_database: AnotherDatabase
) -> None:
    chats = [await chat_of(database, str(number)) for number in range(8)]
    async with database.unit_of_work() as uow:
        for number in range(48):
            await outbox.enqueue(
                uow, address_id=chats[number % 8], content=Outgoing(text=f"{number:02}"), kind="notice"
            )
    channel = ScriptedChannel()
    engines = [database, another_database(), another_database(), another_database()]
    relays = [relay(engines[number % 4], channel, f"worker-{number}") for number in range(16)]

    async def drain_until_all(one: Relay) -> None:
        while len(channel.calls) < 48:
            await one.drain()
            await asyncio.sleep(0.01)

    await asyncio.gather(*(drain_until_all(one) for one in relays))
    assert Counter(channel.texts) == Counter(f"{number:02}" for number in range(48))
    for chat in range(8):
        mine = [content.text for target, content in channel.calls if target == str(chat)]
        assert mine == sorted(mine)


async def test_every_address_of_a_citizen_is_told_and_one_that_arrived_is_enough(database: Database) -> None:
    async with database.unit_of_work() as uow:
        actor = await citizens.arrive(uow, channel=ChannelName.TELEGRAM, account="7", external_id="100")
        await addresses.tie(
            uow, actor.id, channel=ChannelName.EMAIL, account="", external_id="dilnoza@example.uz"
        )
        for _twice in range(2):
            told = await outbox.enqueue_to_citizen(
                uow, actor.id, Outgoing(text="Javob"), "answer", appeal_id=5, message_id=1, key="answer:1"
            )
            assert told == 2
    channel = ScriptedChannel([Blocked("403")])
    await relay(database, channel).drain()
    assert [target for target, _content in channel.calls] == ["100", "dilnoza@example.uz"]
    assert await state(database) == outbox.Delivery(
        DeliveryState.SENT, (("telegram", DeliveryState.BLOCKED), ("email", DeliveryState.SENT)), 0
    )
    async with database.unit_of_work() as uow:
        assert await outbox.mark_read(uow, 5) == 1
    assert (await state(database)).state == DeliveryState.READ


async def test_a_channel_that_is_not_set_up_keeps_its_messages(
    database: Database, clock: SettableClock
) -> None:
    mailbox, channel = await mailbox_of(database, "dilnoza@example.uz"), ScriptedChannel()
    await enqueue(database, mailbox, "Javob")
    await Relay(database, {}, "worker-1").drain()
    assert (await state(database)).state == DeliveryState.WAITING
    clock.advance(minutes=11)
    await relay(database, channel).drain()
    assert channel.texts == ["Javob"]


async def enqueue_and_fail(database: Database, address_id: int) -> None:
    async with database.unit_of_work() as uow:
        await outbox.enqueue(uow, address_id=address_id, content=Outgoing(text="x"), kind="notice")
        raise ZeroDivisionError


async def test_the_bell_rings_after_the_commit_and_only_then(database: Database) -> None:
    dilnoza = await chat_of(database, "100")
    bell = database.resources.of(Bell)
    waiting = asyncio.create_task(bell.wait("outbox", 5))
    await asyncio.sleep(0)
    with pytest.raises(ZeroDivisionError):
        await enqueue_and_fail(database, dilnoza)
    await asyncio.sleep(0)
    assert not waiting.done()
    await enqueue(database, dilnoza, "Javob")
    assert await waiting
