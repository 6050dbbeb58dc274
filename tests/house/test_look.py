"""The whole design system in a browser: both themes, both widths, under the strict policy, with axe."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pytest
import uvicorn
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from playwright.async_api import Browser, Page, ViewportSize
from playwright.async_api import Request as Loaded
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route

from hub.foundation.i18n import LANGUAGE_NAMES, _, ngettext, speaking
from hub.web.bundle import BuiltFiles, template_globals
from tests.real_parts.chromium import NARROW, WIDE, Complaints, axe_violations
from tests.real_parts.ports import free_port, listens, wait_until

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

SPECIMENS = Path(__file__).parent / "specimens"
TEMPLATES = Path(__file__).parent.parent.parent / "hub" / "web" / "templates"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
OFFICIALS = ("inbox", "case", "supervision")
CITIZENS = ("public/ask", "public/file")
#: The whole of a public page on the wire: HTML as it is, style sheet and picture packed.
PUBLIC_PAGE_BUDGET = 30_000


def draw(name: str) -> str:
    environment = Environment(
        loader=FileSystemLoader([TEMPLATES, SPECIMENS]), autoescape=True, undefined=StrictUndefined
    )
    environment.globals |= template_globals() | {"_": _, "ngettext": ngettext}
    with speaking("en"):
        return environment.get_template(f"{name}.html").render(
            lang="en",
            languages=list(LANGUAGE_NAMES.items()),
            csrf_token="token",
            official_name="Dilnoza Karimova",
            agency_name="Toshkent shahar hokimligi, Kommunal xoʻjalik boshqarmasi",
            active=name,
            flashes=[("success", "The reply was sent.")],
            emergency=[("112", "single emergency number"), ("103", "ambulance")],
            now=datetime(2026, 11, 18, 10, 12, tzinfo=UTC),
        )


async def page_of(request: Request) -> HTMLResponse:
    return HTMLResponse(draw(request.path_params["name"]), headers={"Content-Security-Policy": POLICY})


@pytest.fixture(scope="module")
def specimens() -> Iterator[str]:
    app = Starlette(routes=[Mount("/static", BuiltFiles()), Route("/{name:path}", page_of)])
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    assert wait_until(lambda: listens(port), thread.is_alive)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["1280", "360"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", [*OFFICIALS, *CITIZENS])
async def test_nothing_to_complain_of(
    chromium: Browser, specimens: str, name: str, scheme: Literal["light", "dark"], width: ViewportSize
) -> None:
    context = await chromium.new_context(viewport=width, color_scheme=scheme)
    page, complaints = await context.new_page(), Complaints()
    complaints.watch(page)
    await page.goto(f"{specimens}/{name}")
    assert await axe_violations(page) == []
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert await page.evaluate(overflow) == 0
    assert complaints == Complaints()
    await context.close()


async def test_the_theme_is_chosen_and_remembered(browser_page: Page, specimens: str) -> None:
    await browser_page.emulate_media(color_scheme="light")
    await browser_page.goto(f"{specimens}/inbox")
    await browser_page.get_by_role("button", name="Dark theme").click()
    await browser_page.reload()
    assert await browser_page.evaluate("document.documentElement.dataset.theme") == "qabul-dark"


@pytest.mark.parametrize("name", CITIZENS)
async def test_a_public_page_is_light_and_runs_no_script(
    browser_page: Page, specimens: str, name: str
) -> None:
    loaded: list[tuple[str, int]] = []

    async def weigh(request: Loaded) -> None:
        sizes = await request.sizes()
        loaded.append((request.resource_type, sizes["responseBodySize"] + sizes["responseHeadersSize"]))

    browser_page.on("requestfinished", weigh)
    await browser_page.goto(f"{specimens}/{name}")
    assert "script" not in {kind for kind, _size in loaded}
    assert sum(size for _kind, size in loaded) <= PUBLIC_PAGE_BUDGET
