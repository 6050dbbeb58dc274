"""Editors: Dilnoza edits for the Ministry of Health, Bobur for Justice, Malika for the whole hub."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

import pytest

from hub.foundation.db import Database
from hub.foundation.vocabulary import Role
from hub.library import agencies, questions
from hub.library.entry_views import EntryContent, LanguageText
from hub.people.actors import OfficialActor, VisitorActor
from tests.hub.appeals.conftest import official

VACCINE = EntryContent(
    kind="faq",
    topic="health",
    agency="health",
    source="Order of the Ministry of Health 12",
    checked_on=date(2026, 3, 1),
    texts=(
        LanguageText(
            "ru",
            "Где сделать прививку от клещевого энцефалита?",
            "В поликлинике по месту жительства, бесплатно.",
            ("прививка от клеща", "вакцина от энцефалита"),
        ),
    ),
)


@dataclass(frozen=True)
class Editors:
    dilnoza: OfficialActor
    bobur: OfficialActor
    malika: OfficialActor
    admin: OfficialActor
    doctor: OfficialActor


@pytest.fixture
async def editors(database: Database) -> Editors:
    async with database.unit_of_work() as uow:
        await agencies.sync(uow)
    return Editors(
        dilnoza=await official(database, "dilnoza", Role.EDITOR, "health"),
        bobur=await official(database, "bobur", Role.EDITOR, "justice"),
        malika=await official(database, "malika", Role.EDITOR, "reception"),
        admin=await official(database, "admin", Role.ADMIN),
        doctor=await official(database, "doctor", Role.OFFICIAL, "health"),
    )


Asking = Callable[..., Awaitable[None]]


@pytest.fixture
def ask(database: Database) -> Asking:
    """Visitors ask these questions now."""

    async def ask_all(*texts: str) -> None:
        async with database.unit_of_work() as uow:
            for text in texts:
                await questions.ask(uow, VisitorActor("ru"), text=text)

    return ask_all
