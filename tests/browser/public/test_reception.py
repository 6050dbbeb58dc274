"""The public reception in a browser without JavaScript: both widths, both themes, two scripts."""

import os
from typing import Literal

import pytest
from playwright.async_api import Browser, Page, ViewportSize
from playwright.async_api import Request as Loaded

from hub.foundation.db import Database
from tests.hub.web.public.test_tracking import answer
from tests.real_parts.chromium import NARROW, WIDE, Complaints, axe_violations

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

TEXT = "Uyimizda bir haftadan beri ichimlik suvi yoʻq, vodoprovod ishlamayapti. Chilonzor tumani."
QUESTION = "How long does the agency have to answer my appeal?"
#: The whole of a public page on the wire.
BUDGET = 30_000
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
#: Where pictures of the pages go when somebody wants to look at them.
PICTURES = os.environ.get("QABUL_PICTURES")


async def look(page: Page, name: str) -> None:
    """Nothing to complain of on the page as it is now."""
    await page.locator("main").wait_for()  # on a busy machine a document may not have its body yet
    if PICTURES:
        await page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)
    assert await page.evaluate(OVERFLOW) == 0, name
    assert await axe_violations(page) == [], name


async def fill_in(page: Page) -> None:
    await page.locator("input[name=kind][value=application]").check()
    await page.locator("#name").fill("Nodira Yusupova")
    await page.locator("#address").fill("Samarqand viloyati, Urgut tumani")
    await page.locator("#consent").check()


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["1280", "360"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "uz-Cyrl"])
async def test_the_whole_way_without_scripts(
    chromium: Browser,
    reception: str,
    sqlite_database: Database,
    language: str,
    scheme: Literal["light", "dark"],
    width: ViewportSize,
) -> None:
    context = await chromium.new_context(viewport=width, color_scheme=scheme, locale="en")
    page, complaints = await context.new_page(), Complaints()
    complaints.watch(page)
    tag = f"{language}-{scheme}-{width['width']}"
    await page.goto(f"{reception}/?language={language}")
    await look(page, f"{tag}-1-home")
    await page.locator("#text").fill(QUESTION)
    await page.locator("#ask button").first.click()
    await look(page, f"{tag}-2-found")
    await page.locator("button[name=faq]").first.click()
    await look(page, f"{tag}-2-picked")
    await page.goto(f"{reception}/agencies")
    await look(page, f"{tag}-3-agencies")
    await page.goto(f"{reception}/")
    await page.locator("#text").fill(f"{TEXT} Gaz hidi ham bor.")
    await page.locator("button[formaction='/appeal']").click()
    await page.locator("button[value=send].btn").click()
    await look(page, f"{tag}-4-errors")
    await page.locator("summary").click()
    await fill_in(page)
    await look(page, f"{tag}-5-form")
    await page.locator("#consent").press("Enter")
    await page.wait_for_url("**/receipt")
    await look(page, f"{tag}-6-receipt")
    number = await page.locator("#number").inner_text()
    await answer(sqlite_database, number, "Quvur taʼmirlandi. Suv bugun kechqurun keladi.")
    await page.goto(f"{reception}/track/{number}")
    await look(page, f"{tag}-7-tracked")
    await page.locator("input[name=verdict][value=not_solved] + button").click()
    await look(page, f"{tag}-8-reopened")
    await page.goto(f"{reception}/track/{number}/withdraw")
    await look(page, f"{tag}-9-withdraw")
    await page.goto(f"{reception}/track")
    await look(page, f"{tag}-a-track")
    await page.goto(f"{reception}/no-such-page")
    await look(page, f"{tag}-b-nothing")
    assert complaints.foreign == []
    assert [error for error in complaints.errors if "status of" not in error] == []
    await context.close()


async def test_a_citizen_with_scripts_off_files_and_follows(chromium: Browser, reception: str) -> None:
    context = await chromium.new_context(viewport=NARROW, java_script_enabled=False, locale="en")
    page = await context.new_page()
    await page.goto(reception)
    await page.get_by_label("Write in your own words").fill(TEXT)
    await page.get_by_role("button", name="File an appeal").click()
    await page.get_by_label("Application").check()
    await page.get_by_label("Surname and name").fill("Nodira Yusupova")
    await page.get_by_label("Place of residence").fill("Samarqand")
    await page.get_by_label("Photos and documents").set_input_files(
        {"name": "quvur.txt", "mimeType": "text/plain", "buffer": b"pipe"}
    )
    await page.get_by_role("button", name="Confirm and send").click()
    assert await page.get_by_role("link", name="Without your consent").is_visible()
    assert await page.get_by_label("quvur.txt").is_checked()
    assert await page.get_by_label("Surname and name").input_value() == "Nodira Yusupova"
    await page.get_by_label("I agree").check()
    await page.get_by_role("button", name="Confirm and send").click()
    number = await page.locator("#number").inner_text()
    code = await page.locator("#code").inner_text()
    await page.reload()
    assert await page.locator("#number").inner_text() == number
    await page.get_by_role("button", name="Close this appeal").click()
    await page.get_by_label("Number").fill(number)
    await page.get_by_label("Tracking code").fill(code)
    await page.get_by_role("button", name="Show").click()
    assert await page.get_by_role("link", name="quvur.txt").is_visible()
    await context.close()


@pytest.mark.parametrize("language", ["en", "uz-Cyrl"])
async def test_every_page_is_light_and_runs_no_script(
    chromium: Browser, reception: str, language: str
) -> None:
    for path in ("/", "/appeal", "/track", "/agencies", "/form"):
        # A new context each time: nothing is in its cache.
        context = await chromium.new_context(locale="en")
        page = await context.new_page()
        loaded: list[tuple[str, int]] = []

        async def weigh(request: Loaded, loaded: list[tuple[str, int]] = loaded) -> None:
            sizes = await request.sizes()
            loaded.append((request.resource_type, sizes["responseBodySize"] + sizes["responseHeadersSize"]))

        page.on("requestfinished", weigh)
        if path == "/form":
            await page.goto(f"{reception}/?language={language}")
            await page.locator("#text").fill(TEXT)
            await context.clear_cookies()
            await page.locator("button[formaction='/appeal']").click()
            await page.wait_for_load_state("networkidle")
            form = [size for kind, size in loaded if kind == "document"][-1]
            assert form + sum(size for kind, size in loaded if kind != "document") <= BUDGET
        else:
            await page.goto(f"{reception}{path}?language={language}", wait_until="networkidle")
            assert sum(size for _kind, size in loaded) <= BUDGET, (path, loaded)
        assert "script" not in {kind for kind, _size in loaded}
        await context.close()
