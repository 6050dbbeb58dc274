"""Bot, worker, beat and web as processes of their own on PostgreSQL and Valkey; each part killed in turn."""

import asyncio
import random
from pathlib import Path

import pytest

from tests.faults.citizens import ACTS
from tests.faults.conftest import Tell
from tests.faults.nursery import Nursery
from tests.faults.officials import Officials
from tests.faults.parts import Broker, own_broker
from tests.faults.processes import now
from tests.faults.rig import Rig, open_rig

pytestmark = [pytest.mark.anyio, pytest.mark.slow, pytest.mark.postgres, pytest.mark.broker]

PEOPLE = 8
SEED = 3
PARTS = ("serve", "worker", "beat", "bot")


async def test_every_part_is_killed_once_and_nothing_is_lost(
    tmp_path: Path, fresh_postgres_url: str, valkey_server: str, nursery: Nursery, tell: Tell
) -> None:
    with own_broker() as broker:
        async with open_rig(tmp_path, fresh_postgres_url, nursery, broker_url=broker.url) as rig:
            rig.fill_agencies()
            await part_by_part(rig, broker, SEED, PEOPLE)
            report = rig.check()
            tell(report)
            assert report.sound, report
            assert report.kills == 5
            assert report.of("update -> arrival").total == PEOPLE * ACTS
            assert report.of("answer -> delivered").total == PEOPLE * 2


async def part_by_part(rig: Rig, broker: Broker, seed: int, people: int, name: str = "a") -> None:
    """Bot, worker, the broker's memory, the broker, the web: each struck once at a seeded moment."""
    chance = random.Random(seed)
    for part in PARTS:
        if not rig.processes.alive(part):
            rig.processes.start(part)
    before, whole = rig.updates, people * ACTS
    load = rig.crowd(seed, people, name)
    office = asyncio.create_task(Officials(rig).answer_until(load))
    blows = ["bot", "worker", "flush", "broker", "serve"]
    chance.shuffle(blows)
    for place, blow in enumerate(blows):
        wanted = before + int(whole * (place + chance.random()) / (len(blows) + 0.5))
        await rig.until(lambda wanted=wanted: rig.updates >= wanted, f"{wanted} updates")  # type: ignore[misc]
        await asyncio.sleep(chance.uniform(0, 0.5))
        await strike(rig, broker, blow)
    await rig.finish(load)
    async with asyncio.timeout(90):
        await office
    await rig.settled()


async def strike(rig: Rig, broker: Broker, blow: str) -> None:
    match blow:
        case "flush":
            broker.empty()
            rig.history.kills.append((now(), "the broker's memory"))
        case "broker":
            broker.kill()
            rig.history.kills.append((now(), "broker"))
            await asyncio.sleep(2)
            broker.start()
        case _:
            rig.kill(blow)
            rig.processes.start(blow)
