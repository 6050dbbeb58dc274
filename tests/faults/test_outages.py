"""The database stops under load; the broker is not there at the start. Both cost time and nothing else."""

import asyncio
import signal
from pathlib import Path

import pytest

from tests.faults.conftest import Tell
from tests.faults.nursery import Nursery
from tests.faults.officials import Officials
from tests.faults.parts import OwnPostgres, own_broker, own_postgres
from tests.faults.processes import now
from tests.faults.rig import Rig, open_rig
from tests.real_parts.absent import is_absent
from tests.real_parts.postgres import PostgresUnavailableError, server_binaries

pytestmark = [pytest.mark.anyio, pytest.mark.slow, pytest.mark.postgres]

PEOPLE = 5


async def test_the_database_stops_under_load_and_telegram_keeps_the_updates(
    tmp_path: Path, nursery: Nursery, tell: Tell
) -> None:
    try:
        server_binaries(tmp_path)
    except PostgresUnavailableError as reason:
        is_absent("postgres", str(reason))
    with own_postgres() as postgres:
        async with open_rig(tmp_path, postgres.url, nursery) as rig:
            rig.fill_agencies()
            rig.processes.start("bot")
            load = rig.crowd(4, PEOPLE)
            await rig.until(lambda: rig.updates >= PEOPLE * 6, "a third of the updates")
            await outage(rig, postgres, seconds=3)
            await rig.finish(load)
            await rig.settled()
            report = rig.check()
            tell(report)
            assert report.sound, report
            assert rig.processes.alive("bot")


async def outage(rig: Rig, postgres: OwnPostgres, seconds: float, how: int = signal.SIGQUIT) -> None:
    """An immediate shutdown while people write; what they write meanwhile must not be confirmed."""
    postgres.stop(how)
    rig.history.kills.append((now(), "database"))
    journal = rig.served.playground.journal
    await asyncio.sleep(0.2)  # an answer that was on its way
    confirmed = len(journal.confirmed)
    stranger = await rig.served.client.new_user("Zulfiya", language_code="en")
    await stranger.say("/start")
    rig.history.acts += 1
    await asyncio.sleep(seconds)
    assert len(journal.confirmed) == confirmed
    postgres.start()
    back = now()
    await stranger.wait_for(lambda seen: "English" in seen.buttons, 60)
    rig.history.resumed.append(now() - back)


@pytest.mark.broker
async def test_a_broker_that_comes_late_is_not_missed(
    tmp_path: Path, fresh_postgres_url: str, valkey_server: str, nursery: Nursery, tell: Tell
) -> None:
    with own_broker(started=False) as broker:
        async with open_rig(tmp_path, fresh_postgres_url, nursery, broker_url=broker.url) as rig:
            rig.fill_agencies()
            for part in ("serve", "worker", "beat", "bot"):
                rig.processes.start(part)
            load = rig.crowd(5, PEOPLE)
            await rig.finish(load)
            await rig.settled()
            without = rig.check()
            assert without.sound, without
            broker.start()
            rig.kill("bot")  # from here on the worker alone can send
            back = now()
            await Officials(rig).answer_until(load)
            await rig.settled()
            rig.history.resumed.append(now() - back)
            report = rig.check()
            tell(report)
            assert report.sound, report
            assert report.of("answer -> delivered").total == PEOPLE * 2
