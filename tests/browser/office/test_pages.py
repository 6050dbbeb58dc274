"""Every page of officials as they see it: both widths, both themes, nothing for axe, nothing sticking out."""

from typing import Literal

import pytest
from playwright.async_api import Browser, ViewportSize

from tests.browser.office.conftest import Site, picture
from tests.real_parts.chromium import NARROW, WIDE, Complaints, axe_violations

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def pages(site: Site) -> list[tuple[str, str, str]]:
    """Name of the picture, who looks, address."""
    return [
        ("sign-in", "", "/sign-in"),
        ("inbox", "doctor", "/inbox"),
        ("inbox-empty", "doctor", "/inbox?view=mine&q=zzz"),
        ("inbox-supervisor", "supervisor", "/inbox?view=all"),
        ("inbox-auditor", "auditor", "/inbox?view=all"),
        ("appeal", "doctor", f"/appeals/{site.numbers[2]}"),
        ("appeal-head", "minister", f"/appeals/{site.answered}"),
        ("appeal-held", "doctor", f"/appeals/{site.numbers[1]}"),
        ("supervision", "supervisor", "/supervision?period=last_30"),
        ("admin", "admin", "/admin"),
        ("not-found", "doctor", "/appeals/UZ26-0000-0000"),
    ]


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["1280", "360"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nothing_to_complain_of(
    chromium: Browser, site: Site, scheme: Literal["light", "dark"], width: ViewportSize
) -> None:
    found: dict[str, object] = {}
    contexts = {}
    for name, login, path in pages(site):
        if login not in contexts:
            contexts[login] = (
                await site.context(chromium, login, viewport=width, color_scheme=scheme)
                if login
                else await chromium.new_context(viewport=width, color_scheme=scheme, locale="en")
            )
        page, complaints = await contexts[login].new_page(), Complaints()
        complaints.watch(page)
        answer = await page.goto(f"{site.address}{path}")
        assert answer is not None
        assert answer.status == (404 if name == "not-found" else 200), path
        for details in await page.query_selector_all("main details.q-card"):
            await details.evaluate("one => one.open = true")
        if name == "supervision":
            await page.wait_for_selector("[data-canvas] canvas")
        violations = await axe_violations(page)
        overflow = await page.evaluate(OVERFLOW)
        errors = [error for error in complaints.errors if "404" not in error]
        if violations or overflow or errors or complaints.foreign:
            found[name] = (violations, overflow, errors, complaints.foreign)
        await page.screenshot(path=picture(f"{name}-{width['width']}-{scheme}.png"), full_page=True)
        await page.close()
    for context in contexts.values():
        await context.close()
    assert found == {}


@pytest.mark.parametrize("language", ["uz-Latn", "uz-Cyrl", "ru", "kaa"])
async def test_longer_words_fit_a_phone_too(chromium: Browser, site: Site, language: str) -> None:
    wide = []
    for login, path in (
        ("doctor", f"/appeals/{site.numbers[2]}"),
        ("supervisor", "/inbox?view=all"),
        ("supervisor", "/supervision"),
    ):
        context = await site.context(chromium, login, viewport=NARROW)
        page = await context.new_page()
        joint = "&" if "?" in path else "?"
        await page.goto(f"{site.address}{path}{joint}language={language}")
        for details in await page.query_selector_all("main details.q-card"):
            await details.evaluate("one => one.open = true")
        assert await page.evaluate("document.documentElement.lang") == language
        if await page.evaluate(OVERFLOW):
            wide.append(path)
        await page.screenshot(path=picture(f"{path[1:9].rstrip('?/')}-{language}.png"), full_page=True)
        await context.close()
    assert wide == []
