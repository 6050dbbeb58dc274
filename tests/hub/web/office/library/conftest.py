"""Editors at their desks over a small country; what citizens ask and get at the public reception."""

import re
from collections.abc import Awaitable, Callable
from html import unescape

import pytest
from fastapi import FastAPI

from hub.foundation.db import Database, Resources
from hub.library.library import Library
from hub.library.shelf import Shelf
from tests.hub.library.conftest import ask, small_library
from tests.hub.web.office.conftest import Desk, open_client

__all__ = ["ask"]

ANSWER = {
    "topic": "health",
    "agency": "health",
    "source": "Order 12 of the Ministry of Health",
    "checked_on": "2026-03-01",
    "title-uz-Latn": "Emlash kartasining nusxasini qayerdan olaman?",
    "answer-uz-Latn": "Oilaviy poliklinika bir kunda bepul nusxa beradi.",
    "phrasings-uz-Latn": "emlash kartasi yoʻqoldi\nbolamning emlash kartasini yoʻqotdim",
    "title-ru": "Где взять копию прививочной карты?",
    "answer-ru": "Семейная поликлиника выдаёт копию за один день бесплатно.",
    "phrasings-ru": "потеряли прививочную карту",
}
ADDRESS = "/library/entries/emlash-kartasi"

Citizen = Callable[[str, str], Awaitable[str]]


@pytest.fixture(autouse=True)
def over_a_small_country(resources: Resources) -> None:
    resources.provide(Library, small_library)


@pytest.fixture
async def database(sqlite_database: Database) -> Database:
    return sqlite_database


@pytest.fixture
def citizen_asks(application: FastAPI, database: Database) -> Citizen:
    """`await citizen_asks("ru", "...")`: the page that a visitor gets, by the newest published library."""

    async def asks(language: str, text: str) -> str:
        await Shelf(database).look()
        async with open_client(application) as client:
            await client.get(f"/?language={language}")
            answer = await client.post("/ask", data={"text": text}, follow_redirects=True)
        return unescape(answer.text)

    return asks


async def version_on(desk: Desk, address: str) -> str:
    found = re.search(r'name="version" value="(-?\d+)"', (await desk.get(address)).text)
    assert found
    return found.group(1)


async def send(desk: Desk, act: str, address: str = ADDRESS, **fields: str) -> tuple[int, str, str]:
    """The form of an entry as the browser sends it: status, where to, page."""
    version = fields.pop("version", None)
    if version is None:
        version = await version_on(desk, address)
    named = {name.replace("__", "-"): value for name, value in fields.items()}
    answer = await desk.post(f"{address}/{act}", {**ANSWER, "version": version, **named})
    return answer.status_code, answer.headers.get("location", ""), unescape(answer.text)
