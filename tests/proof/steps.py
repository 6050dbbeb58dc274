"""The proofs by name: each runs one seed of a fault test and returns the checker's report."""

import random
import signal
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.checker import Report
from tests.faults.nursery import Nursery
from tests.faults.parts import own_broker, own_postgres
from tests.faults.rig import kill_in_the_middle, open_rig, storm
from tests.faults.test_kill_points import walk
from tests.faults.test_outages import outage
from tests.faults.test_separate import part_by_part

Proof = Callable[[int, Nursery], Awaitable[Report]]


@dataclass(frozen=True, slots=True)
class Step:
    """`share` of the time; `words` say what one seed does."""

    name: str
    share: float
    words: str
    prove: Proof


@contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="qabul-proof-") as path:
        yield Path(path)


async def points_on_sqlite(seed: int, nursery: Nursery) -> Report:
    with folder() as path:
        async with open_rig(path, nursery=nursery) as rig:
            rig.fill_agencies()
            await walk(rig, seed)
            return rig.check()


async def points_on_postgres(seed: int, nursery: Nursery) -> Report:
    with folder() as path, own_postgres() as postgres:
        async with open_rig(path, postgres.url, nursery) as rig:
            rig.fill_agencies()
            await walk(rig, seed)
            return rig.check()


async def storm_on_sqlite(seed: int, nursery: Nursery) -> Report:
    with folder() as path:
        async with open_rig(path, nursery=nursery) as rig:
            rig.fill_agencies()
            return await storm(
                rig, lambda: rig.processes.start("bot"), "bot", seed=seed, people=12, lives=(0.7, 2.5)
            )


async def storm_on_postgres(seed: int, nursery: Nursery) -> Report:
    with folder() as path, own_postgres() as postgres:
        async with open_rig(path, postgres.url, nursery) as rig:
            rig.fill_agencies()
            return await storm(
                rig, lambda: rig.processes.start("bot"), "bot", seed=seed, people=12, lives=(0.7, 2.5)
            )


async def whole_process(seed: int, nursery: Nursery) -> Report:
    with folder() as path:
        async with open_rig(path, nursery=nursery) as rig:
            return await kill_in_the_middle(
                rig, lambda: rig.processes.start("run"), "run", seed=seed, people=10, kills=4
            )


async def whole_process_afresh(seed: int, nursery: Nursery) -> Report:
    with folder() as path:
        async with open_rig(path) as rig:
            return await kill_in_the_middle(
                rig, lambda: rig.processes.start("run"), "run", seed=seed, people=10, kills=2
            )


async def every_part(seed: int, nursery: Nursery) -> Report:
    with folder() as path, own_postgres() as postgres, own_broker() as broker:
        async with open_rig(path, postgres.url, nursery, broker_url=broker.url) as rig:
            rig.fill_agencies()
            await part_by_part(rig, broker, seed, people=8)
            return rig.check()


async def database_away(seed: int, nursery: Nursery) -> Report:
    """Shut down at once or killed outright, for up to twenty seconds, twice."""
    chance = random.Random(seed)
    with folder() as path, own_postgres() as postgres:
        async with open_rig(path, postgres.url, nursery) as rig:
            rig.fill_agencies()
            rig.processes.start("bot")
            load = rig.crowd(seed, 8)
            for share in (0.3, 0.6):
                await rig.until(lambda share=share: rig.updates >= 160 * share, "updates")  # type: ignore[misc]
                how = chance.choice([signal.SIGQUIT, signal.SIGKILL])
                await outage(rig, postgres, seconds=chance.uniform(1, 20), how=how)
            await rig.finish(load)
            await rig.settled()
            return rig.check()


STEPS = (
    Step("points-sqlite", 0.2, "the bot killed at each named point, SQLite", points_on_sqlite),
    Step("points-postgres", 0.15, "the bot killed at each named point, PostgreSQL", points_on_postgres),
    Step("storm-sqlite", 0.2, "the bot killed every 0.7 to 2.5 s, SQLite", storm_on_sqlite),
    Step("storm-postgres", 0.15, "the bot killed every 0.7 to 2.5 s, PostgreSQL", storm_on_postgres),
    Step("whole-process", 0.1, "`qabul run` killed four times in 200 updates", whole_process),
    Step("whole-afresh", 0.05, "the same with freshly started interpreters, twice", whole_process_afresh),
    Step("every-part", 0.1, "bot, worker, web, broker and its memory, each once", every_part),
    Step("database-away", 0.05, "PostgreSQL shut down or killed twice under load", database_away),
)
