"""The same text sent again from the same browser, or with the same telephone: told, and free to choose."""

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from hub.appeals.models import Appeal, Link, Message
from hub.foundation.db import Database
from tests.hub.web.public.conftest import TEXT, Reader, reading

pytestmark = pytest.mark.anyio

AGAIN = "уйимизда бир ҳафтадан бери ичимлик суви йўқ водопровод ишламаяпти Чилонзор тумани"
PHONE = "+998 90 123 45 67"


async def count(database: Database, table: type) -> int:
    async with database.reading() as uow:
        return await uow.session.scalar(select(func.count()).select_from(table)) or 0


async def test_in_the_browser_that_filed_it_the_text_is_added(aziza: Reader, database: Database) -> None:
    await aziza.file()
    number = aziza.number
    await aziza.file(text=AGAIN)
    assert f"You already have this registered under {number} (registered, answer due by" in aziza.page
    assert AGAIN in aziza.page, "nothing typed is lost"
    await aziza.confirm(text=AGAIN, act="join", known=number)
    assert aziza.path == f"/track/{number}"
    assert AGAIN in aziza.page
    assert (await count(database, Appeal), await count(database, Message)) == (1, 1)


async def test_a_separate_appeal_is_never_refused(reader: Reader, sqlite_database: Database) -> None:
    await reader.file()
    first = reader.number
    await reader.file(act="separate")
    assert reader.path == "/receipt"
    assert reader.number != first
    assert await count(sqlite_database, Appeal) == 2


async def test_by_telephone_it_is_named_but_not_opened(
    reader: Reader, stranger: Reader, sqlite_database: Database
) -> None:
    await reader.file(phone=PHONE)
    number = reader.number
    await stranger.file(phone=PHONE)
    assert number in stranger.page
    assert 'value="join"' not in stranger.page, "a typed number proves nothing"
    await stranger.confirm(phone=PHONE, act="join", known=number)
    assert stranger.status == 422
    assert await count(sqlite_database, Message) == 0
    await stranger.confirm(phone=PHONE, act="separate")
    assert stranger.path == "/receipt"
    assert await count(sqlite_database, Link) == 1, "the official sees that it is a duplicate"


@pytest.mark.parametrize(
    "changes", [{}, {"phone": PHONE, "text": "Suv yoʻq"}, {"phone": "+998 90 765 43 21"}]
)
async def test_a_stranger_learns_nothing(
    reader: Reader, sqlite_application: FastAPI, changes: dict[str, str]
) -> None:
    await reader.file(**({"phone": PHONE} | {name: changes[name] for name in changes if name == "text"}))
    number = reader.number
    async with reading(sqlite_application) as other:
        await other.file(**changes)
        assert other.path == "/receipt"
        assert number not in other.page


async def test_pressing_back_and_sending_again_shows_the_same_receipt(reader: Reader) -> None:
    await reader.open("/appeal")
    await reader.send("/appeal", text=TEXT)
    form = reader.page
    await reader.confirm()
    number = reader.number
    reader.page = form
    await reader.confirm()
    assert reader.number == number
