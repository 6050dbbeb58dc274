"""What stands before every answer: headers, and a limit on what anybody may send."""

from collections.abc import AsyncIterator

import httpx2
import pytest
from fastapi import FastAPI, Request

from hub.web.guards import LARGEST, BodyLimit, SecurityHeaders

pytestmark = pytest.mark.anyio


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    app = FastAPI()

    @app.post("/form")
    async def form(request: Request) -> int:
        return len(await request.body())

    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders, https=True)
    transport = httpx2.ASGITransport(app)
    async with httpx2.AsyncClient(transport=transport, base_url="https://qabul.test") as opened:
        yield opened


async def test_every_answer_even_an_error_is_guarded(client: httpx2.AsyncClient) -> None:
    for path in ("/form", "/nowhere"):
        headers = (await client.get(path)).headers
        assert headers["content-security-policy"] == (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert "max-age" in headers["strict-transport-security"]


async def test_a_body_over_the_limit_is_refused_announced_or_not(client: httpx2.AsyncClient) -> None:
    assert (await client.post("/form", content=b"x" * LARGEST)).json() == LARGEST
    refused = await client.post("/form", content=b"x" * (LARGEST + 1))

    async def unannounced() -> AsyncIterator[bytes]:
        for _part in range(12):
            yield b"x" * 100_000

    secretly = await client.post("/form", content=unannounced())
    assert [refused.status_code, secretly.status_code] == [413, 413]
    assert refused.text == secretly.text != ""
