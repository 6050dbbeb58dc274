"""One running Qabul for all journeys; citizens in the playground, officials in browsers and programs."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import httpx2
import pytest
from playwright.async_api import Browser, Page

from bot.playground import PlaygroundClient
from hub.app import create_resources
from hub.foundation.db import Database
from hub.foundation.settings import load_settings
from hub.foundation.vocabulary import Role
from hub.people import officials
from tests.journeys.household import Household, running_household
from tests.real_parts.chromium import WIDE, Complaints

OpenPage = Callable[[str], Awaitable[Page]]
Program = Callable[..., Awaitable[httpx2.AsyncClient]]


@pytest.fixture(scope="package")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Household]:
    with running_household(tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.fixture(autouse=True)
def nothing_broke(home: Household) -> Iterator[None]:
    before = len(home.log())
    yield
    said = home.log()[before:]
    assert not re.search(r"Traceback|update_failed|page\.failed|part_broke", said), said[-3000:]


@pytest.fixture
async def playground(anyio_backend: str, home: Household) -> AsyncIterator[PlaygroundClient]:
    async with PlaygroundClient(home.playground) as client:
        await client.wait_for_bot()
        yield client


@pytest.fixture
async def browse(chromium: Browser) -> AsyncIterator[OpenPage]:
    """`await browse(address)`: a page in a browser of its own; errors on its console fail the test.

    What stood on the pages is printed when the test fails.
    """
    contexts, pages, complaints = [], [], Complaints()

    async def open_page(address: str) -> Page:
        context = await chromium.new_context(viewport=WIDE, locale="en-GB", timezone_id="Asia/Tashkent")
        contexts.append(context)
        page = await context.new_page()
        pages.append(page)
        complaints.watch(page)
        await page.goto(address)
        return page

    yield open_page
    for page in pages:
        print(f"\n--- {page.url}\n{await page.locator('body').inner_text()}")
    for context in contexts:
        await context.close()
    assert not complaints.errors, complaints.errors
    assert not complaints.foreign, complaints.foreign


@pytest.fixture
async def program(anyio_backend: str, home: Household) -> AsyncIterator[Program]:
    """`await program("head", "health")`: a client of the API with a token; without a role, a citizen's."""
    settings = load_settings({"data_dir": home.folder, "_env_file": None})
    database = Database(settings.sqlalchemy_url, create_resources(settings))
    clients: list[httpx2.AsyncClient] = []

    async def open_client(role: str = "", agency: str | None = None) -> httpx2.AsyncClient:
        headers = {"Accept-Language": "en"}
        if role:
            async with database.unit_of_work() as uow:
                login = f"program-{role}-{uow.now.timestamp():.6f}"
                made = await officials.add(uow, login=login, role=Role(role), agency=agency, with_token=True)
            headers["Authorization"] = f"Bearer {made.token}"
        clients.append(httpx2.AsyncClient(base_url=home.url, headers=headers, timeout=30))
        return clients[-1]

    yield open_client
    for client in clients:
        await client.aclose()
    await database.dispose()
