"""The officials' list as a page: how long it takes and how many queries it makes, at several sizes."""

import time
from pathlib import Path

import httpx2
from fastapi import FastAPI
from sqlalchemy import event

from hub.app import create_app
from hub.foundation.db import Database
from hub.foundation.vocabulary import Role
from hub.people import officials, sessions
from tests.benchmarks import databases
from tests.benchmarks.register_rows import fill
from tests.benchmarks.table import Table, spread

SIZES = (100, 10_000)
LARGER = (100, 10_000, 100_000)
READERS = (
    ("an official", "doctor", Role.OFFICIAL, "health"),
    ("a supervisor", "anvar", Role.SUPERVISOR, None),
)


async def measure(folder: Path, servers: dict[str, str], size: int) -> list[Table]:
    return [await on_one(folder, name, server, size) for name, server in servers.items()]


async def on_one(folder: Path, name: str, server: str, size: int) -> Table:
    table = Table(
        f"The inbox page: {databases.NAMES[name]}",
        "GET /inbox, rendered; one third of the appeals is open, a quarter is with the official's agency",
    )
    url = databases.fresh(name, server, "inbox")
    async with databases.opened(url, folder) as (settings, database):
        cookies = {
            login: await signed_in(database, login, role, agency) for _, login, role, agency in READERS
        }
        app = create_app(settings, database)
        for appeals in LARGER if size > 1 else SIZES:
            async with database.unit_of_work() as uow:
                await fill(uow, appeals)
            for reader, login, _, _ in READERS:
                times, queries = await look(app, database, cookies[login], 40 * size)
                table.add(f"{appeals:,} appeals, {reader}", **spread(times), queries=queries)
    return table


async def signed_in(database: Database, login: str, role: Role, agency: str | None) -> str:
    async with database.unit_of_work() as uow:
        made = await officials.add(uow, login=login, role=role, agency=agency, name=login.title())
    return (await sessions.sign_in(database, login=login, password=made.password)).cookie


async def look(app: FastAPI, database: Database, cookie: str, times: int) -> tuple[list[float], int]:
    """How long each look took, and how many queries the last one made."""
    taken: list[float] = []
    queries: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        queries.append(statement)

    transport = httpx2.ASGITransport(app=app, client=("127.0.0.1", 5000))
    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    try:
        async with httpx2.AsyncClient(
            transport=transport, base_url="http://127.0.0.1", cookies={"session": cookie}
        ) as client:
            for _ in range(times + 2):
                queries.clear()
                begun = time.perf_counter()
                page = await client.get("/inbox")
                taken.append(time.perf_counter() - begun)
                assert page.status_code == 200, f"/inbox answered {page.status_code}"
    finally:
        event.remove(database.engine.sync_engine, "before_cursor_execute", note)
    return taken[2:], len(queries)
