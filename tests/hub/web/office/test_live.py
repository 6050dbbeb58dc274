"""An open list hears of what is new, of nothing that is not its own, and nothing at all after dismissal."""

from collections.abc import AsyncIterator

import anyio
import httpx2
import pytest

from hub.foundation.db import Database
from hub.foundation.settings import Settings
from hub.people import officials
from tests.hub.appeals.conftest import People, Registering
from tests.hub.web.office.conftest import running, session_for

pytestmark = pytest.mark.anyio

PATIENCE = 30


@pytest.fixture
async def database(sqlite_database: Database) -> Database:
    return sqlite_database


@pytest.fixture
async def address(database: Database, settings: Settings, people: People) -> AsyncIterator[str]:
    async with running(database, settings) as found:
        yield found


async def news(lines: AsyncIterator[str]) -> str:
    """The next event's text."""
    with anyio.fail_after(PATIENCE):
        async for line in lines:
            if line.startswith("data:"):
                return line
    return ""


async def test_news_come_by_themselves_until_the_official_is_dismissed(
    database: Database, address: str, register: Registering
) -> None:
    await register()
    session = await session_for(database, "doctor")
    async with (
        httpx2.AsyncClient(base_url=address, cookies={"session": session.cookie}, timeout=PATIENCE) as client,
        client.stream("GET", "/inbox/stream?after=1", headers={"Accept-Language": "en"}) as response,
    ):
        assert response.headers["content-type"].startswith("text/event-stream")
        lines = aiter(response.aiter_lines())
        await register(agency="energy")
        await register()
        assert "1 appeal is new or has changed" in await news(lines), "the other body's is none of its news"
        await register()
        assert "2 appeals are new or have changed" in await news(lines)
        async with database.unit_of_work() as uow:
            await officials.disable(uow, "doctor")
        await register()
        assert await news(lines) == "", "the stream ended without another word"


async def test_nobody_listens_without_a_session(address: str) -> None:
    async with httpx2.AsyncClient(base_url=address, cookies={"session": "made-up"}) as client:
        answer = await client.get("/inbox/stream")
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/sign-in")


async def test_a_post_without_appeals_hears_nothing(database: Database, address: str) -> None:
    session = await session_for(database, "admin")
    async with httpx2.AsyncClient(base_url=address, cookies={"session": session.cookie}) as client:
        with anyio.fail_after(PATIENCE):
            assert "data:" not in (await client.get("/inbox/stream")).text
