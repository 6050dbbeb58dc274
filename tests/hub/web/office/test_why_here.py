"""An official sees why a message came, and sends it to the body it belongs to."""

import pytest
from sqlalchemy import select

from hub.foundation.db import Database
from hub.library.models import Lesson
from tests.hub.appeals.conftest import People, Registering
from tests.hub.web.office.conftest import SitDown

pytestmark = pytest.mark.anyio

GAS = "Uyimizda bir haftadan beri gaz yoʻq, gaz bosimi juda past. Chilonzor tumani."


@pytest.fixture
async def database(sqlite_database: Database) -> Database:
    return sqlite_database


async def test_a_message_that_came_wrongly_is_passed_on_and_teaches(
    database: Database, people: People, register: Registering, sit_down: SitDown
) -> None:
    number = (await register(text=GAS, agency="construction_housing")).number
    builder = await sit_down("builder")
    page = (await builder.get(f"/appeals/{number}")).text
    assert "Why here" in page
    assert "The applicant chose the agency." in page
    assert "This belongs to another body" in page
    assert f"/appeals/{number}?to=energy#transfer" in page, "the router's own choice is offered"
    filled = (await builder.get(f"/appeals/{number}?to=energy")).text
    assert 'value="Ministry of Energy"' in filled
    sent = {"to": "Ministry of Energy", "reason": "Gaz taʼminoti sizning vakolatingiz."}
    await builder.post(f"/appeals/{number}/transfers", sent)
    async with database.reading() as uow:
        taught = (await uow.session.scalars(select(Lesson).order_by(Lesson.id))).all()
    by_official = [(one.entry, one.right) for one in taught if one.origin == "official_corrected"]
    assert by_official == [("energy", True), ("construction_housing", False)]


async def test_a_routed_message_shows_its_words_and_the_desk_routes_what_nobody_could(
    database: Database, people: People, register: Registering, sit_down: SitDown
) -> None:
    water = "Koʻp qavatli uyda lift ishlamayapti, podyezd iflos."
    number = (await register(text=water, agency=None)).number
    page = (await (await sit_down("builder")).get(f"/appeals/{number}")).text
    assert "Chosen by these words:" in page
    assert "lift" in page
