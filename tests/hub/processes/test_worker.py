"""Celery wakes the scanners; losing a worker or the broker loses no message."""

import asyncio
import os
import signal
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text

from hub.app import create_resources
from hub.delivery import outbox
from hub.delivery.content import Outgoing
from hub.foundation.db import Database
from hub.foundation.live import Bell
from hub.foundation.settings import Settings
from hub.tasks.jobs import JOBS
from hub.tasks.nudge import Nudges, PublishingBell
from hub.worker import EmbeddedWorker, create_celery, create_workshop
from tests.hub.delivery.people import ScriptedChannel, chat_of
from tests.hub.processes.commands import eventually, running
from tests.hub.processes.paper_channel import paper

pytestmark = pytest.mark.anyio


async def enqueue(database: Database, address: int, text: str) -> None:
    async with database.unit_of_work() as uow:
        await outbox.enqueue(uow, address_id=address, content=Outgoing(text=text), kind="answer")


async def test_worker_and_beat_as_threads_send_what_is_due(
    sqlite_database: Database, settings: Settings
) -> None:
    channel, celery = ScriptedChannel(), create_celery(settings)
    embedded = EmbeddedWorker(
        celery, create_workshop(sqlite_database, {"telegram": channel}, "test:"), settings.data_dir
    )
    embedded.start()
    nudges = Nudges(celery)
    sqlite_database.resources.add(PublishingBell(nudges), Bell)
    dilnoza = await chat_of(sqlite_database, "100")
    await enqueue(sqlite_database, dilnoza, "Javob")
    for _moment in range(300):
        if channel.calls:
            break
        await asyncio.sleep(0.1)
    nudges.close()
    await embedded.stop()
    assert channel.texts == ["Javob"]


async def test_a_request_never_waits_for_a_broker_that_is_away(sqlite_database: Database) -> None:
    settings = sqlite_database.resources.of(Settings).model_copy(
        update={"broker_url": "redis://127.0.0.1:1/0"}
    )
    nudges = Nudges(create_celery(settings))
    sqlite_database.resources.add(PublishingBell(nudges), Bell)
    dilnoza = await chat_of(sqlite_database, "100")
    async with asyncio.timeout(5):
        await enqueue(sqlite_database, dilnoza, "Javob")
    async with sqlite_database.reading() as uow:
        assert len(await outbox.lines(uow)) == 1
    nudges.close()


def test_tasks_follow_the_rules_that_keep_messages_safe(settings: Settings) -> None:
    conf = create_celery(settings).conf
    assert (conf.task_acks_late, conf.task_reject_on_worker_lost, conf.worker_prefetch_multiplier) == (
        True,
        True,
        1,
    )
    assert conf.accept_content == ["json"]
    assert not conf.worker_enable_remote_control
    assert set(conf.beat_schedule) == {job.name for job in JOBS}
    for entry in conf.beat_schedule.values():
        assert "args" not in entry, "a wake-up carries nothing"
        assert not {"eta", "countdown"} & set(entry["options"])


def claimed(url: str) -> bool:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return connection.execute(text("SELECT state FROM outbox")).scalar() == "sending"


async def test_a_killed_worker_leaves_its_message_to_the_next(
    postgres_database: Database, valkey_url: str, settings: Settings
) -> None:
    """It dies with the message claimed (K8); the next one, alone on the machine, takes it back at once."""
    values = {
        "database_url": postgres_database.url,
        "broker_url": valkey_url,
        "secret_key": settings.secret_key,
        "telegram_token": "1000001:" + "a" * 35,
        "telegram_channel": "tests.hub.processes.paper_channel:open_channel",
    }
    folder: Path = settings.data_dir
    # The machine's real clock, since other processes use it.
    real = Database(postgres_database.url, create_resources(settings))
    dilnoza = await chat_of(real, "100")
    await enqueue(real, dilnoza, "Javob")
    with running(folder, "beat", **values):
        with running(folder, "worker", "--concurrency", "1", fault="K8:1", **values) as doomed:
            assert await asyncio.to_thread(eventually, lambda: claimed(postgres_database.url))
            os.killpg(doomed.pid, signal.SIGKILL)
        with running(folder, "worker", "--concurrency", "1", **values) as worker:
            arrived = await asyncio.to_thread(eventually, lambda: paper(folder).exists())
            assert arrived, (folder / "worker.log").read_text()
            worker.send_signal(signal.SIGTERM)
            assert await asyncio.to_thread(worker.wait, 30) == 0
    assert paper(folder).read_text() == "100 Javob\n"
    await real.dispose()
