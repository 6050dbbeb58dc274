"""The fixtures of the real parts; `tests/conftest.py` loads this module as a plugin."""

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack

import pytest
import redis
from playwright.async_api import Browser, Page

from tests.real_parts.absent import is_absent, pytest_terminal_summary
from tests.real_parts.chromium import WIDE, Complaints, find_chromium, running_chromium
from tests.real_parts.postgres import (
    PostgresUnavailableError,
    create_database,
    drop_database,
    running_postgres,
)
from tests.real_parts.valkey import ValkeyUnavailableError, running_valkey

__all__ = ["pytest_terminal_summary"]  # a hook of this plugin; the fixtures find themselves


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of the server's own `postgres` database; make databases on it with `create_database`."""
    with ExitStack() as stack:
        try:
            url = stack.enter_context(running_postgres())
        except PostgresUnavailableError as reason:
            is_absent("postgres", str(reason))
        yield url


@pytest.fixture(scope="session")
def postgres_url(postgres_server: str) -> Iterator[str]:
    """One empty database shared by the session."""
    url = create_database(postgres_server)
    yield url
    drop_database(url, postgres_server)


@pytest.fixture
def fresh_postgres_url(postgres_server: str) -> Iterator[str]:
    """An empty database for this test alone."""
    url = create_database(postgres_server)
    yield url
    drop_database(url, postgres_server)


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[str]:
    """URL of one server shared by the session."""
    with ExitStack() as stack:
        try:
            url = stack.enter_context(running_valkey())
        except ValkeyUnavailableError as reason:
            is_absent("broker", str(reason))
        yield url


@pytest.fixture
def valkey_url(valkey_server: str) -> str:
    """The session's server, emptied before the test."""
    with redis.Redis.from_url(valkey_server) as client:
        client.flushall()
    return valkey_server


@pytest.fixture(scope="session")
async def chromium(anyio_backend: str) -> AsyncIterator[Browser]:
    """One browser for the session; every test opens its own context or takes `browser_page`."""
    executable = find_chromium()
    if executable is None:
        is_absent("browser", "no Chromium: set QABUL_CHROMIUM or install chromium-headless-shell")
    async with running_chromium(executable) as browser:
        yield browser


@pytest.fixture
async def browser_page(chromium: Browser) -> AsyncIterator[Page]:
    """A page 1280 wide in its own context; console errors and foreign requests fail the test at its end."""
    context = await chromium.new_context(viewport=WIDE)
    page = await context.new_page()
    complaints = Complaints()
    complaints.watch(page)
    yield page
    await context.close()
    assert not complaints.errors, complaints.errors
    assert not complaints.foreign, complaints.foreign
