"""The public reception over HTTP as a browser without scripts uses it."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape

import httpx2
import pytest
from fastapi import FastAPI

from hub.foundation.db import Database
from hub.foundation.settings import Settings
from hub.library import agencies
from hub.web import routes
from hub.web.guards import BodyLimit, SecurityHeaders

TEXT = "Uyimizda bir haftadan beri ichimlik suvi yoʻq, vodoprovod ishlamayapti. Chilonzor tumani."


async def create_application(database: Database, settings: Settings) -> FastAPI:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.state.database = database
    app.state.settings = settings
    routes.register(app, rooms=("hub.web.public",))
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders, https=False)
    async with database.unit_of_work() as uow:
        await agencies.sync(uow)
    return app


class Reader:
    """A person with a browser: cookies are kept, redirects followed, forms sent with their hidden fields."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self.client = client
        self.page = ""
        self.status = 0
        self.path = ""

    async def open(self, path: str) -> str:
        return self._keep(await self.client.get(path))

    async def send(self, path: str, files: object = None, **fields: object) -> str:
        """A form; a list sends a field several times."""
        headers = {"Origin": "http://qabul", "Sec-Fetch-Site": "same-origin"}
        return self._keep(await self.client.post(path, data=fields, files=files, headers=headers))  # type: ignore[arg-type]

    def _keep(self, response: httpx2.Response) -> str:
        self.page, self.status = unescape(response.text), response.status_code
        self.path = response.url.path
        return self.page

    def hidden(self, name: str) -> str:
        """The value of a field of the page."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page)
        assert found, f"no field {name}"
        return found[1]

    def all_hidden(self, name: str) -> list[str]:
        return re.findall(rf'name="{name}" value="([^"]*)"', self.page)

    def by_id(self, name: str) -> str:
        found = re.search(rf'id="{name}"[^>]*>([^<]*)<', self.page)
        assert found, f"nothing called {name}"
        return found[1].strip()

    async def file(self, files: object = None, **changes: object) -> str:
        """From the text to whatever comes of the form."""
        await self.open("/appeal")
        await self.send("/appeal", text=TEXT)
        return await self.confirm(files, **changes)

    async def confirm(self, files: object = None, **changes: object) -> str:
        fields = {
            "draft": self.hidden("draft"),
            "proposed": self.hidden("proposed"),
            "agency": self.hidden("proposed"),
            "text": TEXT,
            "kind": "application",
            "name": "Nodira Yusupova",
            "address": "Samarqand viloyati, Urgut tumani",
            "consent": "true",
            "act": "send",
            **changes,
        }
        return await self.send("/appeal", files, **fields)

    @property
    def number(self) -> str:
        return self.by_id("number")

    @property
    def code(self) -> str:
        return self.by_id("code")


@asynccontextmanager
async def reading(app: FastAPI, language: str = "en") -> AsyncIterator[Reader]:
    transport = httpx2.ASGITransport(app=app, client=("127.0.0.1", 5000))
    async with httpx2.AsyncClient(
        transport=transport,
        base_url="http://qabul",
        headers={"Accept-Language": language},
        follow_redirects=True,
    ) as client:
        yield Reader(client)


@pytest.fixture
async def application(database: Database, settings: Settings) -> FastAPI:
    return await create_application(database, settings)


@pytest.fixture
async def sqlite_application(sqlite_database: Database, settings: Settings) -> FastAPI:
    return await create_application(sqlite_database, settings)


@pytest.fixture
async def aziza(application: FastAPI) -> AsyncIterator[Reader]:
    async with reading(application) as reader:
        yield reader


@pytest.fixture
async def reader(sqlite_application: FastAPI) -> AsyncIterator[Reader]:
    """On SQLite only."""
    async with reading(sqlite_application) as opened:
        yield opened


@pytest.fixture
async def stranger(sqlite_application: FastAPI) -> AsyncIterator[Reader]:
    """Another browser."""
    async with reading(sqlite_application) as opened:
        yield opened
