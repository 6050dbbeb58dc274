"""The API as its callers see it: over HTTP, on each database in turn."""

from collections.abc import AsyncIterator, Awaitable, Callable

import httpx2
import pytest
from fastapi import FastAPI

from hub import api
from hub.foundation.db import Database
from hub.foundation.settings import Settings
from hub.library import agencies
from hub.people import officials

Hire = Callable[..., Awaitable[dict[str, str]]]


@pytest.fixture
async def application(database: Database, settings: Settings) -> FastAPI:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.state.database = database
    api.register(app, settings)
    async with database.unit_of_work() as uow:
        await agencies.sync(uow)
    return app


@pytest.fixture
async def client(application: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    """A citizen's program without a token."""
    transport = httpx2.ASGITransport(app=application, client=("127.0.0.1", 5000))
    headers = {"Accept-Language": "en"}
    async with httpx2.AsyncClient(transport=transport, base_url="http://qabul", headers=headers) as opened:
        yield opened


@pytest.fixture
def hire(database: Database) -> Hire:
    """`await hire("aziza", "official", "iiv")` gives the headers of the new official's program."""

    async def add(login: str, role: str, agency: str | None = None) -> dict[str, str]:
        async with database.unit_of_work() as uow:
            made = await officials.add(uow, login=login, role=role, agency=agency, with_token=True)
        return {"Authorization": f"Bearer {made.token}"}

    return add
