"""Appeals registered per second, beside the least that any program could do on the same database."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from random import Random
from typing import Any

import httpx2
from sqlalchemy import Column, Integer, MetaData, Table, Text, insert

from hub.appeals import intake
from hub.appeals.views import Applicant, Draft
from hub.foundation.db import Database
from hub.foundation.vocabulary import ChannelName
from hub.people.actors import VisitorActor
from tests.benchmarks import databases, texts
from tests.benchmarks.table import Table as Figures
from tests.benchmarks.table import percentile
from tests.hub.processes.commands import running
from tests.real_parts.ports import free_port

CLIENTS = (1, 8)
#: What "bare" writes: one row of the size of an appeal's text, one of the size of an event.
BARE = MetaData()
BARE_TEXTS = Table("bench_texts", BARE, Column("id", Integer, primary_key=True), Column("text", Text))
BARE_EVENTS = Table("bench_events", BARE, Column("id", Integer, primary_key=True), Column("data", Text))

Act = Callable[[str], Awaitable[None]]


async def measure(folder: Path, servers: dict[str, str], size: int) -> list[Figures]:
    return [await on_one(folder, name, server, 2.5 * size) for name, server in servers.items()]


async def on_one(folder: Path, name: str, server: str, seconds: float) -> Figures:
    table = Figures(
        f"Appeals registered per second: {databases.NAMES[name]}",
        "each with its routing, number, clocks, event and notices, committed before it counts; "
        "bare: a commit of two rows by the same engine in the same run, measured before and after",
    )
    url = databases.fresh(name, server, "register")
    async with databases.opened(url, folder) as (_, database):
        async with database.engine.begin() as connection:
            await connection.run_sync(BARE.create_all)
        for clients in CLIENTS:
            bare = bare_commit(database)
            before, _ = await flood(bare, clients, seconds / 2)
            through = await flood(registering(database), clients, seconds)
            after, _ = await flood(bare, clients, seconds / 2)
            api = await through_api(folder, url, clients, seconds)
            least = (before + after) / 2
            word = "1 client" if clients == 1 else f"{clients} clients"
            table.add(f"bare two-row commit, {word}", **{"per s": least})
            for way, (rate, times) in (("use-case", through), ("HTTP API", api)):
                table.add(
                    f"{way}, {word}",
                    **{
                        "per s": rate,
                        "of bare": rate / least,
                        "p50 ms": percentile(times, 0.5) * 1000,
                        "p95 ms": percentile(times, 0.95) * 1000,
                    },
                )
    return table


async def flood(act: Act, clients: int, seconds: float) -> tuple[float, list[float]]:
    """Each client begins its next act when the last is done; acts per second and how long each took."""
    times: list[float] = []
    begun = time.perf_counter()

    async def client(number: int) -> None:
        random = Random(number)
        while time.perf_counter() - begun < seconds:
            text = texts.appeal(random)
            at = time.perf_counter()
            await act(text)
            times.append(time.perf_counter() - at)

    await asyncio.gather(*(client(number) for number in range(clients)))
    return len(times) / (time.perf_counter() - begun), times


def bare_commit(database: Database) -> Act:
    async def act(text: str) -> None:
        async with database.unit_of_work() as uow:
            await uow.session.execute(insert(BARE_TEXTS).values(text=text))
            await uow.session.execute(insert(BARE_EVENTS).values(data="registered"))

    return act


def registering(database: Database) -> Act:
    """Like the API's route: a visitor, no agency chosen, so that routing decides."""
    actor = VisitorActor("uz-Latn", ChannelName.API)
    person = Applicant(name="Nodira Yusupova", address="Samarqand viloyati, Urgut tumani")

    async def act(text: str) -> None:
        async with database.unit_of_work() as uow:
            await intake.register(uow, actor, Draft(text=text, applicant=person, consent=True))

    return act


async def through_api(folder: Path, url: str, clients: int, seconds: float) -> tuple[float, list[float]]:
    """`qabul serve` in a process of its own; each client keeps its connection."""
    port = free_port()
    settings = {"port": str(port), "database_url": url, "secret_key": "benchmark key " * 4}
    applicant = {"name": "Nodira Yusupova", "address": "Samarqand viloyati, Urgut tumani"}
    with running(folder, "serve", **settings) as process:
        assert process.stdout is not None
        assert "Web" in process.stdout.readline(), (folder / "serve.log").read_text(encoding="utf-8")
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as http:

            async def act(text: str) -> None:
                body: dict[str, Any] = {"text": text, "applicant": applicant, "consent": True}
                answer = await http.post("/api/v1/appeals", json=body)
                assert answer.status_code == 201, answer.text

            await act("The first request builds the router. 1-uy.")
            measured = await flood(act, clients, seconds)
        process.terminate()
        process.wait(20)
    return measured
