"""An editor writes an answer, tries it, publishes it; a citizen gets it; the editor takes it back."""

import re

import pytest

from tests.hub.appeals.conftest import People
from tests.hub.web.office.conftest import SitDown

pytestmark = pytest.mark.anyio

FIELDS = {
    "topic": "health",
    "agency": "health",
    "source": "Ministry of Health, order 12",
    "checked_on": "2026-03-01",
    "title-uz-Latn": "Emlash kartasining nusxasini qayerdan olaman?",
    "answer-uz-Latn": "Oilaviy poliklinika bir kunda bepul nusxa beradi.",
    "phrasings-uz-Latn": "emlash kartasi yoʻqoldi\nbolamning emlash kartasini yoʻqotdim",
    "title-ru": "Где взять копию прививочной карты?",
    "answer-ru": "Семейная поликлиника выдаёт копию за один день бесплатно.",
    "phrasings-ru": "потеряли прививочную карту",
}


async def version_in(page: str) -> str:
    found = re.search(r'name="version" value="(-?\d+)"', page)
    assert found
    return found.group(1)


async def test_pages(people: People, sit_down: SitDown) -> None:
    editor = await sit_down("editor")
    for path in (
        "/library",
        "/library?kind=agency",
        "/library?missing=kaa",
        "/library/new",
        "/library/exchange",
        "/library/entries/who-notary",
        "/library/agencies/health",
    ):
        answer = await editor.get(path)
        assert answer.status_code == 200, (path, answer.text[-1500:])
    made = await editor.post("/library/new", FIELDS)
    assert made.status_code == 303, made.text
    print(made.headers["location"])
    page = (await editor.get(made.headers["location"])).text
    assert "draft was saved" in page
