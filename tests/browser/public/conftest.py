"""The public reception served to a real browser."""

from collections.abc import AsyncIterator

import anyio
import pytest
import uvicorn

from hub.foundation.db import Database
from hub.foundation.settings import Settings
from tests.hub.web.public.conftest import create_application
from tests.real_parts.ports import free_port


@pytest.fixture
async def reception(sqlite_database: Database, settings: Settings) -> AsyncIterator[str]:
    """Its address; it runs on the loop of the test."""
    app = await create_application(sqlite_database, settings)
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="off"))
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(server.serve)
        while not server.started:  # noqa: ASYNC110 -- uvicorn has no event for it
            await anyio.sleep(0.02)
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
