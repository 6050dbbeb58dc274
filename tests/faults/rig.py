"""One run: the playground here, the hub's processes over there, people talking, something being killed."""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from bot.playground import Playground, open_playground
from bot.playground.server import Served
from tests.faults.checker import Log, Report, check
from tests.faults.citizens import crowd
from tests.faults.history import History
from tests.faults.nursery import Nursery
from tests.faults.processes import Processes, now
from tests.faults.records import open_work, read_records
from tests.real_parts.ports import free_port

TOKEN = "42:test-token"
#: Everything is answered this many seconds after the last restart, or it counts as lost.
SETTLED = 75.0


@dataclass
class Rig:
    served: Served
    processes: Processes
    database_url: str
    port: int
    history: History = field(default_factory=History)

    @property
    def log(self) -> Log:
        journal = self.served.playground.journal.view()
        return {name: list(rows) for name, rows in journal.items()}

    @property
    def updates(self) -> int:
        return len(self.served.playground.journal.updates)

    def crowd(self, seed: int, people: int, name: str = "a") -> "asyncio.Task[None]":
        return asyncio.create_task(crowd(self.served.client, self.history, seed, people, name))

    def fill_agencies(self, role: str = "supervisor") -> str:
        """Builds the database, puts the pack's agencies into it, and makes an official: their token."""
        made = self.processes.run(
            "official", "add", "nodira", "--role", role, "--agency", "reception", "--token"
        )
        return str(json.loads(made[made.index("{") :])["token"])

    def kill(self, name: str) -> None:
        self.processes.kill(name)
        self.history.kills.append((now(), name))

    async def kill_within(self, name: str, load: "asyncio.Task[None]", updates: int, wait: float) -> None:
        """Kills `name` `wait` seconds after so many updates were made, while people still talk."""
        await self.until(lambda: self.updates >= updates or load.done(), f"{updates} updates")
        await asyncio.sleep(wait)
        if load.done():
            await load  # says why, if it broke
        self.kill(name)

    async def fall(self, name: str, seconds: float = 60) -> None:
        """Waits until an armed kill point has struck."""
        assert await asyncio.to_thread(self.processes.wait_until_killed, name, seconds), (
            f"the kill point of {name} was never passed: {self.processes.tail(name)}"
        )
        self.history.kills.append((now(), name))

    async def until(self, true: Callable[[], bool], what: str, seconds: float = 90) -> None:
        for _moment in range(int(seconds / 0.02)):
            if true():
                return
            await asyncio.sleep(0.02)
        logs = "\n".join(f"{name}: {self.processes.tail(name, 600)}" for name in self.processes.running)
        raise AssertionError(f"not within {seconds} s: {what}\n{logs}")

    async def finish(self, load: "asyncio.Task[None]", seconds: float = 120) -> None:
        """Until the people have had their answers; a person's own disappointment is raised."""
        async with asyncio.timeout(seconds):
            await load

    async def settled(self, seconds: float = SETTLED) -> float:
        """Until nothing is left to confirm, handle, send or fetch; how long that took."""
        began = now()
        journal = self.served.playground.journal
        while now() - began < seconds:
            try:
                if len(journal.confirmed) >= len(journal.updates) and not await asyncio.to_thread(
                    open_work, self.database_url
                ):
                    return now() - began
            except psycopg.OperationalError:
                pass  # away for the moment
            await asyncio.sleep(0.1)
        return now() - began  # the checker says what is missing

    def check(self) -> Report:
        return check(self.log, read_records(self.database_url), self.history)


@asynccontextmanager
async def open_rig(
    folder: Path,
    database_url: str = "",
    nursery: Nursery | None = None,
    *,
    fresh: bool = False,
    **settings: str,
) -> AsyncIterator[Rig]:
    """A playground and no process yet. Without an address the database is SQLite in the folder."""
    url = database_url or f"sqlite+aiosqlite:///{folder / 'qabul.sqlite3'}"
    port = free_port()
    async with open_playground(Playground(tokens=[TOKEN], people=(), backoff=(0.01, 0.05))) as served:
        every = {
            "telegram_token": TOKEN,
            "telegram_api_url": served.url,
            "database_url": url,
            "port": str(port),
            "secret_key": "a key of the fault tests " * 2,
            "log_level": "WARNING",
            **settings,
        }
        rig = Rig(served, Processes(folder, every, nursery, fresh), url, port)
        try:
            yield rig
        finally:
            rig.processes.end()


async def kill_in_the_middle(
    rig: Rig, start: Callable[[], None], name: str, *, seed: int, people: int, kills: int
) -> Report:
    """A crowd, `kills` kills of `name` at seeded instants, a restart after each, and the checker's word."""
    chance = random.Random(seed)
    expected = people * 20
    start()
    load = rig.crowd(seed, people)
    moments = sorted(chance.uniform(0.1, 0.85) for _kill in range(kills))
    for moment in moments:
        await rig.kill_within(name, load, int(expected * moment), chance.uniform(0, 0.4))
        start()
    await rig.finish(load)
    await rig.settled()
    return rig.check()


async def storm(
    rig: Rig, start: Callable[[], None], name: str, *, seed: int, people: int, lives: tuple[float, float]
) -> Report:
    """A crowd, and `name` killed again and again after so many seconds of life, its start included."""
    chance = random.Random(seed)
    load = rig.crowd(seed, people)
    while not load.done():
        start()
        await asyncio.sleep(chance.uniform(*lives))
        rig.kill(name)
    start()
    await rig.finish(load)
    await rig.settled()
    return rig.check()
