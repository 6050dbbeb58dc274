"""The board on the page: each number leads to the list that it counts; the chart says what the table says."""

import json
import random
import re
from html import unescape

import pytest

from hub.appeals import citizen_acts, official_acts
from hub.foundation.db import Database
from hub.foundation.i18n import speaking
from hub.foundation.vocabulary import Outcome, Verdict
from hub.web.office.supervision import days_words, share_words, working_words
from tests.conftest import SettableClock
from tests.hub.appeals.conftest import People, Registering
from tests.hub.web.office.conftest import SitDown

pytestmark = pytest.mark.anyio

NUMBER = re.compile(r'data-number="(\w+)" href="([^"]+)">([^<]*)</a>')
ROW = re.compile(r'<tr[^>]* data-row="([^"]+)">(.*?)</tr>', re.S)


async def a_month(
    database: Database, clock: SettableClock, people: People, register: Registering, chance: random.Random
) -> None:
    for place in range(7):
        clock.advance(hours=chance.randint(5, 60))
        number = (await register(agency=chance.choice(["health", "health", "energy"]))).number
        if place == 0 or chance.random() < 0.4:
            number = (await register()).number
            clock.advance(hours=chance.randint(1, 40))
            async with database.unit_of_work() as uow:
                await official_acts.reply(
                    uow, people.doctor, number, text="Javob", final=True, outcome=Outcome.EXPLAINED
                )
            if place == 0 or chance.random() < 0.5:
                async with database.unit_of_work() as uow:
                    await citizen_acts.judge(uow, people.aziza, number, Verdict.NOT_SOLVED)


@pytest.mark.parametrize(
    ("seed", "query"),
    [(1, ""), (2, "?period=last_30"), (3, "?period=custom&since=2026-03-03&until=2026-03-09")],
)
async def test_every_number_leads_to_its_list(
    database: Database, clock: SettableClock, people: People, register: Registering, sit_down: SitDown,
    seed: int, query: str,
) -> None:  # fmt: skip
    await a_month(database, clock, people, register, random.Random(seed))
    supervisor = await sit_down("supervisor")
    page = (await supervisor.get(f"/supervision{query}")).text
    sums: dict[str, int] = {}
    totals: dict[str, int] = {}
    for code, row in ROW.findall(page):
        for name, href, value in NUMBER.findall(row):
            if not value.isdigit():
                assert (await supervisor.get(unescape(href))).status_code == 200
                continue
            listed = (await supervisor.get(unescape(href))).text
            assert re.search(rf"<span>{value} appeals?\b", listed), (code, name, value, href)
            into = totals if code == "total" else sums
            into[name] = into.get(name, 0) + int(value)
    assert totals == sums
    assert totals["received"] > 0

    drawn = re.search(r'<script type="application/json">(.*?)</script>', page, re.S)
    assert drawn is not None
    chart = json.loads(drawn.group(1))
    assert sum(sum(series["values"]) for series in chart["series"]) == totals["open"]
    assert sum(chart["series"][1]["values"]) == totals["overdue"]


async def test_a_head_sees_the_own_body_only(register: Registering, sit_down: SitDown) -> None:
    await register()
    await register(agency="energy")
    page = (await (await sit_down("minister")).get("/supervision")).text
    assert [code for code, _row in ROW.findall(page)] == ["health", "total"] * 2


async def test_a_country_without_appeals(people: People, sit_down: SitDown) -> None:
    assert "Nothing here yet" in (await (await sit_down("supervisor")).get("/supervision")).text


async def test_figures_in_words() -> None:
    with speaking("en"):
        words = [working_words(minutes) for minutes in (None, 0, 59, 60, 61, 480)]
        assert words == ["–", "0 min", "59 min", "1 h", "1 h 1 min", "8 h"]
        assert (days_words(None), days_words(1), days_words(3)) == ("–", "1 day", "3 days")
    assert (share_words(1, 3), share_words(0, 0), share_words(2, 2)) == ("33 %", "–", "100 %")


async def test_the_administrator_sees_who_is_who(
    database: Database, people: People, sit_down: SitDown
) -> None:
    page = (await (await sit_down("admin")).get("/admin")).text
    for words in ("builder", "Ministry of Health", "every agency"):
        assert words in page
    assert ("SQLite" if database.is_sqlite else "PostgreSQL") in page
