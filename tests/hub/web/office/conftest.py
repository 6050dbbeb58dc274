"""The officials' pages over HTTP, with the people of `tests/hub/appeals` at their desks."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

import httpx2
import pytest
from fastapi import FastAPI

from hub.app import create_app
from hub.cli.serving import bind, serve_app
from hub.foundation.db import Database
from hub.foundation.settings import Settings
from hub.people import sessions
from hub.people.roster import find_official
from tests.hub.appeals.conftest import people, register

__all__ = ["people", "register"]

ADDRESS = "http://127.0.0.1:8000"
ORIGIN = {"Origin": ADDRESS}


class Desk:
    """An official's browser: pages, and forms with the token that the page gave."""

    def __init__(self, client: httpx2.AsyncClient, csrf: str) -> None:
        self.client = client
        self.csrf = csrf

    async def get(self, path: str, **more: object) -> httpx2.Response:
        return await self.client.get(path, **more)  # type: ignore[arg-type]

    async def post(
        self, path: str, data: Mapping[str, object] | None = None, **more: object
    ) -> httpx2.Response:
        return await self.client.post(path, data={"csrf_token": self.csrf, **(data or {})}, **more)  # type: ignore[arg-type]

    async def version_of(self, number: str) -> str:
        found = re.search(r'name="version" value="(\d+)"', (await self.get(f"/appeals/{number}")).text)
        return found.group(1) if found else ""

    async def reply(self, number: str, text: str, /, **fields: object) -> httpx2.Response:
        version = fields.pop("version", None) or await self.version_of(number)
        return await self.post(
            f"/appeals/{number}/replies", {"text": text, "word": "message", "version": version, **fields}
        )


@asynccontextmanager
async def open_client(app: FastAPI, address: str = ADDRESS) -> AsyncIterator[httpx2.AsyncClient]:
    headers = {"Accept-Language": "en", "Origin": address}
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url=address, headers=headers) as client:
        yield client


async def session_for(database: Database, login: str) -> sessions.SignedIn:
    """A session as signing in makes it, without the quarter of a second of argon2."""
    async with database.unit_of_work() as uow:
        official = await find_official(uow, login)
        assert official is not None
        return await sessions._open_session(uow, official, None)


def application_on(database: Database, settings: Settings) -> FastAPI:
    return create_app(settings, database)


@pytest.fixture
def application(database: Database, settings: Settings, people: object) -> FastAPI:
    return application_on(database, settings)


SitDown = Callable[[str], Awaitable[Desk]]


@pytest.fixture
async def sit_down(database: Database, application: FastAPI) -> AsyncIterator[SitDown]:
    """`await sit_down("doctor")`: the desk of a signed-in official."""
    opened = []

    async def sit(login: str) -> Desk:
        session = await session_for(database, login)
        manager = open_client(application)
        client = await manager.__aenter__()
        opened.append(manager)
        client.cookies.set("session", session.cookie)
        return Desk(client, session.csrf)

    yield sit
    for manager in opened:
        await manager.__aexit__(None, None, None)


@asynccontextmanager
async def running(database: Database, settings: Settings) -> AsyncIterator[str]:
    """The application on a real port, in this loop; gives its address."""
    listener = bind("127.0.0.1", 0, "QABUL_PORT")
    placed = settings.model_copy(update={"port": listener.getsockname()[1]})
    stop, ready = asyncio.Event(), asyncio.Event()
    app = create_app(placed, database)
    serving = asyncio.create_task(serve_app(app, placed, listener, stop, ready.set))
    await ready.wait()
    try:
        yield f"http://127.0.0.1:{placed.port}"
    finally:
        stop.set()
        await serving
