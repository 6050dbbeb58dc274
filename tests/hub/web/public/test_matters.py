"""Several matters in one text, on the page: each is ticked by the person, each gets its own number."""

import re

import pytest
from sqlalchemy import select

from hub.appeals.models import Appeal
from hub.foundation.db import Database
from hub.library.models import AgencyRecord
from tests.hub.web.public.conftest import TEXT, Reader

pytestmark = pytest.mark.anyio

TWO = (
    "Chilonzor tumanida yashayman.\n1. Uyimizda bir haftadan beri ichimlik suvi yoʻq.\n"
    "2. Bolamni bogʻchaga olishmayapti, bogʻchada joy yoʻq deyishdi."
)


def marks(page: str) -> list[str]:
    return re.findall(r'name="matter" value="([^"]+)"', page)


async def filed(database: Database) -> list[tuple[str, str]]:
    async with database.reading() as uow:
        rows = await uow.session.execute(
            select(AgencyRecord.code, Appeal.text)
            .join(Appeal, Appeal.agency_id == AgencyRecord.id)
            .order_by(Appeal.id)
        )
        return [(code, text) for code, text in rows]


async def test_ticked_matters_become_appeals_of_their_own(reader: Reader, sqlite_database: Database) -> None:
    await reader.open("/appeal")
    await reader.send("/appeal", text=TWO)
    assert "File as separate appeals" in reader.page
    both = marks(reader.page)
    assert len(both) == 2
    assert "checked" not in re.findall(r'<input[^>]*name="matter"[^>]*>', reader.page)[0]
    form = reader.page
    await reader.confirm(text=TWO, apart="separate")
    assert "Tick each matter" in reader.page, "nothing is sent that was not ticked"
    reader.page = form
    await reader.confirm(text=TWO, apart="separate", matter=both)
    assert "Your appeals are registered" in reader.page
    appeals = await filed(sqlite_database)
    assert [code for code, _text in appeals] == ["construction_housing", "school_education"]
    assert all("Chilonzor" in text for _code, text in appeals), "who writes stands in both"
    reader.page = form
    await reader.confirm(text=TWO, apart="separate", matter=both)
    assert await filed(sqlite_database) == appeals, "sent twice it is filed once"


async def test_what_is_not_ticked_is_not_sent_and_told(reader: Reader, sqlite_database: Database) -> None:
    await reader.open("/appeal")
    await reader.send("/appeal", text=TWO)
    await reader.confirm(text=TWO, apart="separate", matter=marks(reader.page)[1])
    assert "You did not tick this" in reader.page
    assert [code for code, _text in await filed(sqlite_database)] == ["school_education"]


async def test_kept_as_one_it_is_one(reader: Reader, sqlite_database: Database) -> None:
    await reader.open("/appeal")
    await reader.send("/appeal", text=TWO)
    await reader.confirm(text=TWO, apart="one")
    assert [text for _code, text in await filed(sqlite_database)] == [TWO]


async def test_one_matter_is_not_asked_about(reader: Reader) -> None:
    await reader.open("/appeal")
    await reader.send("/appeal", text=TEXT)
    assert "File as separate appeals" not in reader.page
    assert "Chosen by these words" in reader.page
