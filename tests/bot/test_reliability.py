"""Nothing is lost, nothing is done twice: restarts, redeliveries, poison, a blocked chat, two databases."""

import asyncio

import pytest

from bot.app import run_bot
from bot.handlers import fallback
from bot.playground import PlaygroundUser
from bot.playground.server import Served
from hub.delivery import arrivals
from hub.delivery.models import Arrival, OutboxItem
from hub.foundation.db import Database
from hub.foundation.settings import Settings
from tests.bot.conftest import RunningBot, arrive, file_appeal, prepare, until
from tests.conftest import SettableClock

pytestmark = pytest.mark.anyio

LAMP = "Koʻchada chiroq yoʻq, iltimos yoqib bering."


async def states(database: Database, table: type[Arrival] | type[OutboxItem]) -> list[str]:
    async with database.reading() as uow:
        return [str(row.state) for row in await uow.session.execute(table.__table__.select())]


async def test_a_restart_in_the_middle_keeps_the_draft(aziza: PlaygroundUser, running: RunningBot) -> None:
    await aziza.say(f"/appeal {LAMP}")
    await aziza.wait_for("What is it?")
    await aziza.press("Application")
    await aziza.wait_for("consent")
    await running.crash()
    await aziza.press("I agree")
    await running.start()
    await aziza.wait_for("surname and name")
    await aziza.say("Karimova Aziza")
    await aziza.wait_for("Where do you live")
    await running.stop()
    await aziza.say("Chilonzor tumani")
    await running.start()
    summary = await aziza.wait_for("Please check")
    assert LAMP in summary.text


async def test_a_redelivered_update_is_handled_once(
    aziza: PlaygroundUser, served: Served, running: RunningBot
) -> None:
    await file_appeal(aziza, LAMP)
    log = await served.client.log()
    replies = len(await aziza.replies())
    for update in log["updates"]:
        await served.client.redeliver(int(update["update_id"]))
    await aziza.say("/my")
    listed = await aziza.wait_for("My appeals")
    assert listed.text.count("UZ26-") == 1
    assert len(await aziza.replies()) == replies + 1


async def test_nothing_is_confirmed_that_is_not_stored(
    aziza: PlaygroundUser, served: Served, running: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = arrivals.accept
    broken = asyncio.Event()

    async def broken_accept(*_args: object, **_named: object) -> int:
        broken.set()
        raise ConnectionError("the database is away")

    monkeypatch.setattr(arrivals, "accept", broken_accept)
    before = await served.client.confirmed()
    await aziza.say("/help")
    await broken.wait()
    assert await served.client.confirmed() == before
    monkeypatch.setattr(arrivals, "accept", whole)
    await aziza.wait_for("Write a question")


async def test_a_poisonous_update_is_parked_with_a_word_and_the_next_ones_go_on(
    aziza: PlaygroundUser, running: RunningBot, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def explode(*_args: object) -> None:
        raise ZeroDivisionError("secret words of a citizen")

    monkeypatch.setattr(fallback, "take_question", explode)
    await aziza.say("zaharli xabar")
    await aziza.say("/help")
    for _second in range(8):
        await asyncio.sleep(0.4)
        clock.advance(seconds=2)
    apology = await aziza.wait_for(
        lambda seen: "went wrong on our side" in seen.text or "Write a" in seen.text
    )
    assert "It is not lost" in apology.text
    await aziza.wait_for("Write a question")
    async with running.database.reading() as uow:
        rows = list(await uow.session.execute(Arrival.__table__.select()))
    parked = [row for row in rows if row.state == "parked"]
    assert [row.tries for row in parked] == [5]
    assert "secret" not in (parked[0].error or "")
    assert "ZeroDivisionError" in (parked[0].error or "")


async def test_a_blocked_chat_is_not_silence(
    aziza: PlaygroundUser, served: Served, running: RunningBot
) -> None:
    await aziza.say(f"/appeal {LAMP}")
    await aziza.wait_for("What is it?")
    await served.client.fault("blocked", method="sendMessage")
    await aziza.press("Application")

    async def refused() -> bool:
        return "blocked" in await states(running.database, OutboxItem)

    await until(refused)
    await aziza.say("/start")
    await aziza.wait_for("consent")
    await aziza.wait_for("Hello!")
    assert "blocked" not in await states(running.database, OutboxItem)


async def test_blocking_and_coming_back(aziza: PlaygroundUser, running: RunningBot) -> None:
    await aziza.block()
    await aziza.unblock()
    await aziza.say("/help")
    await aziza.wait_for("Write a question")
    assert set(await states(running.database, Arrival)) == {"done"}


@pytest.mark.parametrize("fault", ["retry_after", "server_error_after", "drop_after", "drop"])
async def test_a_reply_survives_every_fault_of_the_network(
    aziza: PlaygroundUser, served: Served, running: RunningBot, clock: SettableClock, fault: str
) -> None:
    await served.client.fault(fault, method="sendMessage", times=1)
    await aziza.say("/help")
    for _second in range(3):
        await asyncio.sleep(0.3)
        clock.advance(seconds=5)
    await aziza.wait_for("Write a question")

    async def all_sent() -> bool:
        clock.advance(seconds=5)
        return set(await states(running.database, OutboxItem)) == {"sent"}

    await until(all_sent)
    copies = [seen for seen in await aziza.replies() if "Write a question" in seen.text]
    assert 1 <= len(copies) <= (2 if fault.endswith("_after") and fault != "retry_after" else 1)
    async with running.database.reading() as uow:
        ambiguous = sum(row.ambiguous for row in await uow.session.execute(OutboxItem.__table__.select()))
    assert (ambiguous > 0) == (fault in ("server_error_after", "drop_after", "drop"))


async def test_the_main_story_on_postgres(
    served: Served, postgres_database: Database, bot_settings: Settings
) -> None:
    await prepare(postgres_database)
    bot = RunningBot(postgres_database, bot_settings)
    await bot.start()
    try:
        aziza, timur = await arrive(served, "Aziza"), await arrive(served, "Timur")
        numbers = await asyncio.gather(file_appeal(aziza, LAMP), file_appeal(timur, LAMP + " 👩‍🏫"))
        assert len(set(numbers)) == 2
        await aziza.say("/my")
        listed = await aziza.wait_for("My appeals")
        assert numbers[0] in listed.text
        assert numbers[1] not in listed.text
    finally:
        await bot.stop()
    assert set(await states(postgres_database, Arrival)) == {"done"}
    assert set(await states(postgres_database, OutboxItem)) == {"sent"}


async def test_webhook_mode_only_handles_what_the_web_stored(
    served: Served, sqlite_database: Database, bot_settings: Settings
) -> None:
    await prepare(sqlite_database)
    settings = bot_settings.model_copy(
        update={
            "telegram_mode": "webhook",
            "telegram_webhook_secret": "s3cret",
            "public_url": "http://127.0.0.1:9",
        }
    )
    stop = asyncio.Event()
    task = asyncio.create_task(run_bot(sqlite_database, settings, stop=stop))
    try:
        aziza = await served.client.new_user("Aziza", language_code="en")
        await aziza.say("/start")
        update = (await served.client.log())["updates"][-1]
        message = (await aziza.messages())[-1].raw
        async with sqlite_database.unit_of_work() as uow:
            await arrivals.accept(
                uow, bot_id="42", updates=[{"update_id": update["update_id"], "message": message}]
            )
        await aziza.wait_for(lambda seen: "English" in seen.buttons)
        calls = [call["method"].lower() for call in (await served.client.log())["calls"]]
        assert "setwebhook" in calls
        assert "getupdates" not in calls
    finally:
        stop.set()
        await task


async def test_the_token_is_never_logged(
    aziza: PlaygroundUser, served: Served, running: RunningBot, capsys: pytest.CaptureFixture[str]
) -> None:
    for fault in ("unauthorized", "drop", "server_error"):
        await served.client.fault(fault, method="getUpdates", times=1)
        await served.client.fault(fault, method="answerCallbackQuery", times=1)
    await aziza.say(f"/appeal {LAMP}")
    await asyncio.sleep(1.5)
    await running.stop()
    output = capsys.readouterr()
    assert "polling_interrupted" in output.out + output.err
    assert "test-token" not in output.out + output.err
