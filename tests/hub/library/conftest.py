"""Editors: Dilnoza edits for the Ministry of Health, Bobur for Justice, Malika for the whole hub."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TypeVar

import pytest
from pydantic import BaseModel

from hub.foundation.db import Database, Resources
from hub.foundation.vocabulary import Role
from hub.library import agencies, questions
from hub.library.entry_views import EntryContent, LanguageText
from hub.library.library import Library
from hub.people.actors import OfficialActor, VisitorActor
from knowledge.load import load_pack
from knowledge.schema import Pack
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


#: Enough of the country for editors; the whole one takes longer to build than all that is tested here.
BODIES = {"reception", "health", "justice", "construction_housing", "energy", "interior"}
ANSWERS = 10


@cache
def small_library() -> Library:
    """The country pack with six bodies and a few answers; immutable, built once."""
    pack = load_pack("uz")
    parts = {name: getattr(pack, name) for name in Pack.model_fields}
    kept = [*pack.faq[:ANSWERS], pack.faq_by_id["appeal-kinds"], pack.faq_by_id["who-notary"]]
    parts["faq"] = tuple(_short(faq, "phrasings") for faq in {faq.id: faq for faq in kept}.values())
    parts["agencies"] = tuple(_short(body, "keywords") for body in pack.agencies if body.code in BODIES)
    parts["local"] = {level: _short(one, "keywords") for level, one in pack.local.items()}
    return Library(Pack.model_construct(**parts))


Part = TypeVar("Part", bound=BaseModel)


def _short(part: Part, name: str) -> Part:
    texts = {language: some[:2] for language, some in getattr(part, name).items()}
    return part.model_copy(update={name: texts})


@pytest.fixture
def small_country(resources: Resources) -> None:
    resources.provide(Library, small_library)


@dataclass(frozen=True)
class Editors:
    dilnoza: OfficialActor
    bobur: OfficialActor
    malika: OfficialActor
    admin: OfficialActor
    doctor: OfficialActor


@pytest.fixture
async def editors(small_country: None, database: Database) -> Editors:
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
