"""The API as its callers see it: over HTTP, on each database in turn (`sqlite_client`: on SQLite only)."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx2
import pytest
from fastapi import FastAPI

from hub.api import routes
from hub.foundation.db import Database
from hub.foundation.settings import Settings
from hub.library import agencies
from hub.people import officials

Hire = Callable[..., Awaitable[dict[str, str]]]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(
        update={"telegram_token": "700100:" + "A" * 35, "telegram_webhook_secret": "webhook-secret"}
    )


async def create_application(database: Database, settings: Settings) -> FastAPI:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.state.database = database
    app.state.settings = settings
    routes.register(app)
    async with database.unit_of_work() as uow:
        await agencies.sync(uow)
    return app


@asynccontextmanager
async def open_client(app: FastAPI, address: str = "127.0.0.1") -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app=app, client=(address, 5000))
    headers = {"Accept-Language": "en"}
    async with httpx2.AsyncClient(transport=transport, base_url="http://qabul", headers=headers) as opened:
        yield opened


@pytest.fixture
async def application(database: Database, settings: Settings) -> FastAPI:
    return await create_application(database, settings)


@pytest.fixture
async def client(application: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    """A citizen's program without a token."""
    async with open_client(application) as opened:
        yield opened


@pytest.fixture
async def sqlite_application(sqlite_database: Database, settings: Settings) -> FastAPI:
    return await create_application(sqlite_database, settings)


@pytest.fixture
async def sqlite_client(sqlite_application: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    async with open_client(sqlite_application) as opened:
        yield opened


@pytest.fixture
def hire(application: FastAPI) -> Hire:
    """`await hire("aziza", "official", "water")` gives the headers of the new official's program."""
    return _hiring(application)


@pytest.fixture
def sqlite_hire(sqlite_application: FastAPI) -> Hire:
    return _hiring(sqlite_application)


def _hiring(app: FastAPI) -> Hire:
    async def add(login: str, role: str, agency: str | None = None) -> dict[str, str]:
        database: Database = app.state.database
        async with database.unit_of_work() as uow:
            made = await officials.add(uow, login=login, role=role, agency=agency, with_token=True)
        return {"Authorization": f"Bearer {made.token}"}

    return add
