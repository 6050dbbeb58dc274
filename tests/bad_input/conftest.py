"""The whole of Qabul in a process of its own, and hands to throw things at it.

After every test its log may hold no traceback and no update that could not be handled, unless the test says
that it expects one (`expects_trouble`).
"""

import re
from collections.abc import AsyncIterator, Iterator

import httpx2
import pytest

from bot.playground import PlaygroundClient
from hub.app import create_resources
from hub.foundation.db import Database
from hub.foundation.settings import load_settings
from tests.journeys.household import Household, running_household

#: What the log says when something went wrong that should not have.
TROUBLE = re.compile(
    r"Traceback|update_failed|update_parked|page\.failed|part_broke|interrupted|\[(error|critical) | ERROR "
)


@pytest.fixture(scope="package")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Household]:
    with running_household(tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.fixture(autouse=True)
def nothing_broke(home: Household, request: pytest.FixtureRequest) -> Iterator[None]:
    before = len(home.log())
    yield
    said = [line for line in home.log()[before:].splitlines() if TROUBLE.search(line)]
    expected = request.node.get_closest_marker("expects_trouble")
    assert expected or not said, "\n".join(said[:20])
    assert "Traceback" not in home.log()[before:]
    assert home.process.poll() is None, "the process ended"


@pytest.fixture
async def playground(anyio_backend: str, home: Household) -> AsyncIterator[PlaygroundClient]:
    async with PlaygroundClient(home.playground) as client:
        await client.wait_for_bot()
        yield client


@pytest.fixture
async def web(anyio_backend: str, home: Household) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser without redirects followed; also the caller of the API."""
    headers = {"Accept-Language": "en"}
    async with httpx2.AsyncClient(base_url=home.url, headers=headers, timeout=30) as client:
        yield client


@pytest.fixture
async def register(anyio_backend: str, home: Household) -> AsyncIterator[Database]:
    """The running process's own database, opened beside it."""
    settings = load_settings({"data_dir": home.folder, "_env_file": None})
    database = Database(settings.sqlalchemy_url, create_resources(settings))
    yield database
    await database.dispose()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "expects_trouble: the log is expected to name what went wrong")
