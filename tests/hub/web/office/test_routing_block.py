"""The block on routing: each count leads to its list, and the drawing says what the table says."""

import re
from html import unescape

import pytest

from hub.appeals import official_acts, transfers
from hub.foundation.db import Database
from hub.foundation.vocabulary import Outcome, Role
from hub.library import questions
from hub.library.library import Library
from hub.web.office.routing_quality import share_in_words
from routing.evaluation.measures import Share
from tests.conftest import SettableClock
from tests.hub.appeals.conftest import People, Registering, official
from tests.hub.web.office.conftest import SitDown
from tests.hub.web.office.test_inbox import counted

pytestmark = pytest.mark.anyio

COUNT = re.compile(r'data-routed="(\w+)" href="([^"]+)">(\d+)</a>')
ROW = re.compile(r'<tr[^>]* data-week="([^"]+)">(.*?)</tr>', re.S)
MOST_QUERIES = 15


async def weeks_of_work(
    database: Database, clock: SettableClock, people: People, register: Registering
) -> None:
    """Each week the router finds a body for one appeal; it answers, passes it on, or has not decided yet."""
    holder = None
    for week in range(3):
        receipt = await register(agency=None)
        await register()
        if holder is None:
            holder = await official(database, "holder", Role.HEAD, receipt.agency.code)
        async with database.unit_of_work() as uow:
            text = uow.of(Library).pack.faq[0].title["uz-Latn"]
            asked = await questions.ask(uow, people.aziza, text=text)
            if week == 0:
                await questions.judge(uow, people.aziza, question_id=asked.id, answered=True)
                await official_acts.reply(
                    uow, holder, receipt.number, text="Tuzatildi", final=True, outcome=Outcome.SATISFIED
                )
            if week == 1:
                await transfers.transfer(uow, holder, receipt.number, to="energy", reason="Bizniki emas")
        clock.advance(days=7)


async def test_every_count_leads_to_its_list(
    database: Database, clock: SettableClock, people: People, register: Registering, sit_down: SitDown
) -> None:
    await weeks_of_work(database, clock, people, register)
    supervisor = await sit_down("supervisor")
    with counted(database) as statements:
        page = (await supervisor.get("/supervision")).text
    assert len(statements) <= MOST_QUERIES, "two more than without the block"

    sums: dict[str, int] = {}
    totals: dict[str, int] = {}
    for week, row in ROW.findall(page):
        for state, href, value in COUNT.findall(row):
            into = totals if week == "total" else sums
            into[state] = into.get(state, 0) + int(value)
            if int(value) or week == "total":
                listed = (await supervisor.get(unescape(href))).text
                assert re.search(rf"<span>{value} appeals?\b", listed), (week, state, value, href)
    assert totals == sums
    assert totals == {"routed": 3, "kept": 1, "corrected": 1, "unjudged": 1, "desk": 0, "chosen": 3}
    assert len(ROW.findall(page)) == 9
    assert (page.count('data-point="kept"'), page.count('data-questions="')) == (2, 9)
    assert "50 % (9–91)" in page, "one kept, one corrected"
    assert (
        "agency found by the router and corrected"
        in (await supervisor.get("/inbox?view=all&routed=corrected")).text
    )
    assert (await supervisor.get("/inbox?routed=guessed")).status_code == 400


async def test_a_head_sees_appeals_of_the_own_body_and_no_questions(
    database: Database, clock: SettableClock, people: People, register: Registering, sit_down: SitDown
) -> None:
    await weeks_of_work(database, clock, people, register)
    page = (await (await sit_down("minister")).get("/supervision")).text
    assert [value for _week, row in ROW.findall(page)[-1:] for _s, _h, value in COUNT.findall(row)] == [
        "0", "0", "0", "0", "0", "3",
    ]  # fmt: skip
    assert 'data-questions="' not in page
    assert 'data-point="answers"' not in page
    refused = await (await sit_down("doctor")).get("/supervision")
    assert refused.status_code in (403, 404)
    assert 'id="routing"' not in refused.text


def test_shares_in_words() -> None:
    assert share_in_words(Share(0, 0)) == "–"
    assert share_in_words(Share(92, 100)) == "92 % (85–96)"
