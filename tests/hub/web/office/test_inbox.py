"""The list: how many questions it asks, what its filters find, how it is paged and refreshed."""

from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from hub.appeals import official_acts
from hub.appeals.inbox import InboxFilter
from hub.foundation.db import Database
from hub.foundation.vocabulary import Kind, Outcome
from hub.web.office import inbox
from hub.web.office.filters import read_filter, write_filter
from tests.conftest import SettableClock
from tests.hub.appeals.conftest import People, Registering
from tests.hub.web.office.conftest import SitDown

pytestmark = pytest.mark.anyio

MOST_QUERIES = 12


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that the block sends to the database, beginnings of transactions left out."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            found.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    yield found
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)


@pytest.mark.parametrize("path", ["/inbox", "/inbox?q=suv&kind=complaint", "/inbox?view=all", "/inbox/rows"])
async def test_the_page_asks_as_little_of_a_long_list(
    database: Database,
    clock: SettableClock,
    people: People,
    register: Registering,
    sit_down: SitDown,
    path: str,
) -> None:
    made = 0
    counts = []
    desks = [await sit_down(login) for login in ("doctor", "supervisor", "registrar")]
    for size in (0, 3, 24):
        while made < size:
            await register(kind=Kind.COMPLAINT if made % 2 else Kind.APPLICATION)
            made += 1
        clock.advance(minutes=5)
        for desk in desks:
            with counted(database) as statements:
                assert (await desk.get(path)).status_code == 200
            counts.append(len(statements))
    assert max(counts) <= MOST_QUERIES, counts


async def test_filters_find_what_they_say(
    database: Database, clock: SettableClock, people: People, register: Registering, sit_down: SitDown
) -> None:
    water = (await register(kind=Kind.COMPLAINT)).number
    clock.advance(days=2)
    insulin = (await register(text="В аптеке третий день нет инсулина", kind=Kind.APPLICATION)).number
    async with database.unit_of_work() as uow:
        await official_acts.reply(
            uow, people.doctor, insulin, text="Есть", final=True, outcome=Outcome.SATISFIED
        )
    doctor = await sit_down("doctor")
    for query, found in {
        "": {water},
        "view=all": {water, insulin},
        "view=answered": {insulin},
        "view=all&q=инсулин": {insulin},
        "view=all&q=suvi": {water},
        f"view=all&q={water.lower().replace('-', ' ')}": {water},
        "view=all&kind=complaint": {water},
        "view=all&status=answered": {insulin},
        "view=all&written=ru": {insulin},
        "view=all&since=2026-03-03": {insulin},
        "view=all&until=2026-03-02": {water},
        "view=all&since=2026-03-02&until=2026-03-02": {water},
        "view=all&answered_since=2026-03-04&answered_until=2026-03-04": {insulin},
        "view=all&first_word_since=2026-03-05": set(),
        "view=mine": set(),
        "view=unassigned": {water},
        "agency=energy": set(),
    }.items():
        text = (await doctor.get(f"/inbox?{query}")).text
        assert {number for number in (water, insulin) if f'href="/appeals/{number}"' in text} == found, query


async def test_pages_follow_each_other(
    database: Database, register: Registering, sit_down: SitDown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "PAGE", 2)
    numbers = [(await register()).number for _ in range(5)]
    doctor = await sit_down("doctor")
    seen: list[str] = []
    address: str | None = "/inbox"
    while address:
        text = (await doctor.get(address)).text
        assert "5 appeals" in text
        seen += [number for number in numbers if f'id="row-{number}"' in text]
        address = _next(text)
    assert seen == numbers
    assert len(seen) == 5


def _next(text: str) -> str | None:
    if 'rel="next"' not in text:
        return None
    return text.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")


async def test_a_part_is_only_the_list(register: Registering, sit_down: SitDown) -> None:
    number = (await register()).number
    doctor = await sit_down("doctor")
    whole = await doctor.get("/inbox")
    part = await doctor.get("/inbox", headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith('<section id="list"')
    assert number in part.text
    assert "<html" not in part.text
    assert "HX-Request" in whole.headers["vary"]
    restored = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in (await doctor.get("/inbox", headers=restored)).text


async def test_danger_stands_above_everything(
    register: Registering, sit_down: SitDown, people: People
) -> None:
    await register()
    danger = "Qoʻshnimiz hushidan ketdi, nafas ololmayapti, tez yordam kelmayapti!"
    number = (await register(text=danger)).number
    text = (await (await sit_down("doctor")).get("/inbox")).text
    above = text.index("may be about danger to life")
    assert above < text.index(f'href="/appeals/{number}"') < text.index("<table")


async def test_what_a_page_asks_by_itself_keeps_nobody_signed_in(
    clock: SettableClock, register: Registering, sit_down: SitDown
) -> None:
    doctor = await sit_down("doctor")
    for _ in range(5):
        clock.advance(minutes=25)
        last = await doctor.get("/inbox/rows", headers={"HX-Request": "true"})
    assert last.headers["HX-Redirect"].startswith("/sign-in")


@pytest.mark.parametrize(
    "query",
    [
        {}, {"view": "all", "q": "suv yoʻq", "kind": "complaint", "written": "ru"},
        {"view": "all", "since": "2026-03-01", "until": "2026-03-31", "agency": "health"},
        {"view": "all", "answered_since": "2026-02-28", "answered_until": "2026-03-01", "reopened": "yes"},
        {"view": "all", "first_word_until": "2024-02-29", "verdict": "not_solved", "status": "answered"},
    ],
)  # fmt: skip
async def test_an_address_says_what_the_filter_says(query: dict[str, str]) -> None:
    zone = ZoneInfo("Asia/Tashkent")
    assert write_filter(read_filter(query, zone), zone) == query
    assert read_filter({}, zone) == InboxFilter()
