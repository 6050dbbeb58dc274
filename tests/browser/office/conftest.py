"""A running site with people at work: a dozen appeals in several languages, some late, one dangerous."""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext

from hub.appeals import citizen_acts, official_acts
from hub.foundation.db import Database
from hub.foundation.settings import Settings
from hub.foundation.vocabulary import Kind, Outcome, Verdict
from hub.people.roster import find_official
from tests.conftest import SettableClock
from tests.hub.appeals.conftest import People, Registering, people, register
from tests.hub.web.office.conftest import running, session_for
from tests.real_parts.chromium import WIDE

__all__ = ["people", "register"]

ROOT = Path(__file__).parent.parent.parent.parent
APPEALS = (
    ("Uyimizda bir haftadan beri ichimlik suvi yoʻq, vodoprovod ishlamayapti. Yordam bering.", "complaint"),
    ("Поликлиникада навбат тизими ишламаяпти, эрталабдан бери кутиб ўтирибмиз.", "complaint"),
    ("В аптеке при поликлинике третий день нет инсулина, который выписан по льготному рецепту.", "complaint"),
    ("Oilaviy poliklinikaga biriktirilish uchun qanday hujjatlar kerak?", "application"),
    ("Tuman shifoxonasida kardiolog yoʻq. Shtat ochishni taklif qilaman.", "proposal"),
    ("Просим провести выездной приём узких специалистов в нашей махалле.", "application"),
    ("Bolam uchun emlash kartasini yoʻqotib qoʻydim, nusxasini qayerdan olsam boʻladi?", "application"),
    ("Awılımızda feldsherlik punkt jabıq, eń jaqın emlewxana 20 km uzaqlıqta.", "complaint"),
    ("Nogironlik guruhini qayta koʻrib chiqish uchun komissiyaga yozilolmayapman.", "application"),
)  # fmt: skip
NAMES = {"doctor": "Nodira Yusupova", "minister": "Rustam Karimov", "supervisor": "Anvar Ismoilov"}
DANGER = "Qoʻshnimiz hushidan ketdi, nafas ololmayapti, tez yordam bir soatdan beri kelmayapti!"


@pytest.fixture
async def database(sqlite_database: Database) -> Database:
    return sqlite_database


@dataclass
class Site:
    """The address of the running site and the numbers of what was filed, oldest first."""

    address: str
    database: Database
    numbers: list[str]
    danger: str
    answered: str

    async def context(self, browser: Browser, login: str, **options: object) -> BrowserContext:
        """A browser in which this official is signed in."""
        context = await browser.new_context(**{"viewport": WIDE, "locale": "en", **options})  # type: ignore[arg-type]
        session = await session_for(self.database, login)
        await context.add_cookies([{"name": "session", "value": session.cookie, "url": self.address}])
        return context


@pytest.fixture
async def site(
    database: Database, settings: Settings, clock: SettableClock, people: People, register: Registering
) -> AsyncIterator[Site]:
    numbers, answered, danger = await _life(database, clock, people, register)
    async with running(database, settings) as address:
        yield Site(address, database, numbers, danger, answered)


async def _life(
    database: Database, clock: SettableClock, people: People, register: Registering
) -> tuple[list[str], str, str]:
    numbers = []
    for text, kind in APPEALS:
        actor = people.timur if kind == "proposal" else people.aziza
        numbers.append((await register(actor, text=text, kind=Kind(kind))).number)
        clock.advance(days=1, hours=3)
    await register(
        people.timur, text="Yoʻlimiz taʼmirlanmagan, chuqurlar koʻp.", agency="construction_housing"
    )
    async with database.unit_of_work() as uow:
        await official_acts.claim(uow, people.doctor, numbers[2])
        await official_acts.note(
            uow, people.doctor, numbers[2], text="Dorixonaga qoʻngʻiroq qilindi: ertaga keltirishadi."
        )
        await official_acts.reply(
            uow, people.doctor, numbers[2], text="Уважаемая Азиза! Инсулин поступит в аптеку завтра к обеду.",
            final=False,
        )  # fmt: skip
        await official_acts.reply(
            uow, people.doctor, numbers[3], text="Pasport va yashash joyi maʼlumotnomasi yetarli.",
            final=True, outcome=Outcome.EXPLAINED,
        )  # fmt: skip
    clock.advance(hours=5)
    async with database.unit_of_work() as uow:
        await citizen_acts.add_message(uow, people.aziza, numbers[2], text="Rahmat, kutamiz.")
        await citizen_acts.judge(uow, people.aziza, numbers[3], Verdict.NOT_SOLVED)
    clock.advance(days=7)
    danger = (await register(people.timur, text=DANGER, kind=Kind.COMPLAINT)).number
    async with database.unit_of_work() as uow:
        await official_acts.claim(uow, people.minister, numbers[1])
        for login, name in NAMES.items():
            official = await find_official(uow, login)
            assert official is not None
            official.name = name
    return numbers, numbers[3], danger


def picture(name: str) -> Path:
    """Where a picture goes: a folder that is not kept, or with QABUL_PICTURES=1 the documents."""
    folder = ROOT / ("docs/pictures" if os.environ.get("QABUL_PICTURES") == "1" else "var/pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name
