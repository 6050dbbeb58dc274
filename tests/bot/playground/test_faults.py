"""Faults on request: what the bot sees, and what really reached the chat."""

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)

from bot.playground import PlaygroundUser
from bot.playground.client import PlaygroundError
from bot.playground.server import Served

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("retry_after", TelegramRetryAfter),
        ("blocked", TelegramForbiddenError),
        ("deactivated", TelegramForbiddenError),
        ("chat_not_found", TelegramBadRequest),
        ("unauthorized", TelegramUnauthorizedError),
        ("server_error", TelegramServerError),
        ("drop", TelegramNetworkError),
    ],
)
async def test_a_refused_call_delivers_nothing(
    served: Served, tg: Bot, aziza: PlaygroundUser, kind: str, error: type[Exception]
) -> None:
    await served.client.fault(kind, method="sendMessage", times=2)
    for _ in range(2):
        with pytest.raises(error):
            await tg.send_message(aziza.id, "Your answer")
    assert await aziza.replies() == []
    await tg.send_message(aziza.id, "Your answer")
    assert [seen.text for seen in await aziza.replies()] == ["Your answer"]


@pytest.mark.parametrize(
    ("kind", "error"), [("server_error_after", TelegramServerError), ("drop_after", TelegramNetworkError)]
)
async def test_the_answer_of_a_delivered_message_is_lost(
    served: Served, tg: Bot, aziza: PlaygroundUser, kind: str, error: type[Exception]
) -> None:
    await served.client.fault(kind, method="sendMessage")
    with pytest.raises(error):
        await tg.send_message(aziza.id, "Your answer")
    (row,) = await served.client.delivered(aziza.id)
    assert row["text"] == "Your answer"
    call = (await served.client.log())["calls"][row["call"]]
    assert call["outcome"] == f"fault: {kind}"


async def test_a_hanging_call_runs_into_the_clients_timeout(
    served: Served, tg: Bot, aziza: PlaygroundUser
) -> None:
    await served.client.fault("hang_after", method="sendMessage", seconds=30)
    with pytest.raises(TelegramNetworkError, match="timeout"):
        await tg.send_message(aziza.id, "Your answer", request_timeout=1)
    assert len(await served.client.delivered(aziza.id)) == 1


async def test_retry_after_names_the_pause(served: Served, tg: Bot, aziza: PlaygroundUser) -> None:
    await served.client.fault("retry_after", retry_after=3600)
    with pytest.raises(TelegramRetryAfter) as refusal:
        await tg.send_message(aziza.id, "Your answer")
    assert refusal.value.retry_after == 3600


async def test_a_fault_meets_only_its_chat_after_letting_some_through(
    served: Served, tg: Bot, aziza: PlaygroundUser
) -> None:
    timur = await served.client.user("Timur")
    await served.client.fault("blocked", chat_id=aziza.id, skip=1)
    await tg.send_message(timur.id, "1")
    await tg.send_message(aziza.id, "1")
    with pytest.raises(TelegramForbiddenError):
        await tg.send_message(aziza.id, "2")


async def test_a_group_that_became_a_supergroup_names_its_new_id(served: Served, tg: Bot) -> None:
    await served.client.new_group(-500, type="group")
    await tg.send_message(-500, "hello")
    await served.client.migrate(-500, -1001)
    with pytest.raises(TelegramMigrateToChat) as refusal:
        await tg.send_message(-500, "hello")
    assert refusal.value.migrate_to_chat_id == -1001
    await tg.send_message(-1001, "hello")


async def test_a_lost_answer_to_get_updates_loses_no_update(
    served: Served, tg: Bot, aziza: PlaygroundUser
) -> None:
    await served.client.fault("drop_after", method="getUpdates")
    with pytest.raises(TelegramNetworkError):
        await tg.get_updates()
    (start,) = await tg.get_updates()
    assert start.message
    assert start.message.text == "/start"


async def test_faults_are_checked_and_cleared(served: Served, tg: Bot) -> None:
    with pytest.raises(PlaygroundError, match="unknown fault"):
        await served.client.fault("earthquake")
    await served.client.fault("refuse", code=400, detail="TOPIC_DELETED", method="getMe")
    with pytest.raises(TelegramBadRequest, match="TOPIC_DELETED"):
        await tg.get_me()
    await served.client.fault("drop", times=99)
    await served.client.clear_faults()
    assert await tg.get_me()
