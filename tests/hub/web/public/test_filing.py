"""From nothing to a registered appeal in three screens, whatever goes wrong on the way."""

import asyncio

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from hub.appeals.models import Appeal, Attachment
from hub.foundation.db import Database
from hub.people.models import Address
from tests.hub.web.public.conftest import TEXT, Reader, reading

pytestmark = pytest.mark.anyio

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
)
PHOTO = ("files", ("Қувур.png", PNG, "image/png"))


async def appeals(database: Database) -> int:
    async with database.reading() as uow:
        return await uow.session.scalar(select(func.count()).select_from(Appeal)) or 0


async def test_an_appeal_is_registered_in_three_screens(aziza: Reader, database: Database) -> None:
    await aziza.open("/appeal")
    await aziza.send("/appeal", text=TEXT)
    assert "Who will answer" in aziza.page
    assert TEXT in aziza.page
    await aziza.confirm(email="nodira@example.com")
    assert aziza.path == "/receipt"
    assert "Your appeal is registered" in aziza.page
    assert "How the due date is counted" in aziza.page
    assert "also be sent to your e-mail" in aziza.page
    assert await appeals(database) == 1
    number, code = aziza.number, aziza.code
    await aziza.open("/receipt")
    assert (aziza.number, aziza.code) == (number, code)


async def test_the_first_page_leads_to_the_form_at_once(reader: Reader) -> None:
    await reader.open("/")
    await reader.send("/appeal", text=TEXT)
    await reader.confirm()
    assert reader.path == "/receipt"


async def test_sent_twice_is_one_appeal(reader: Reader, sqlite_database: Database) -> None:
    await reader.open("/appeal")
    await reader.send("/appeal", text=TEXT)
    form = reader.page
    await reader.confirm()
    first = reader.number
    reader.page = form
    await reader.confirm()
    assert reader.number == first
    reader.page = form
    await reader.confirm(text=TEXT + " Yana bir gap.")
    assert f"You already have this registered under {first}" in reader.page
    await reader.confirm(text=TEXT + " Yana bir gap.", act="separate")
    assert reader.number != first, "another text is another appeal, never silently dropped"
    assert await appeals(sqlite_database) == 2


async def test_pressed_twice_at_once_is_one_appeal(aziza: Reader, database: Database) -> None:
    await aziza.open("/appeal")
    await aziza.send("/appeal", text=TEXT)
    await asyncio.gather(*(aziza.confirm() for _ in range(3)))
    assert aziza.status == 200
    assert await appeals(database) == 1


async def test_a_key_of_another_browser_opens_no_receipt(
    reader: Reader, stranger: Reader, sqlite_database: Database
) -> None:
    await reader.open("/appeal")
    await reader.send("/appeal", text=TEXT)
    form = reader.page
    await reader.confirm()
    await stranger.open("/appeal")
    stranger.page = form
    await stranger.confirm()
    assert stranger.number != reader.number
    assert await appeals(sqlite_database) == 2


async def test_an_error_keeps_the_text_the_choices_and_the_files(reader: Reader) -> None:
    await reader.file([PHOTO], name="", kind="complaint", consent="", phone="12", about="Komunal idora")
    assert reader.status == 422
    for words in ("Please correct 3 things", "The law asks for your full name", "Without your consent"):
        assert words in reader.page
    for kept in (TEXT, "Komunal idora", "Қувур.png", 'value="complaint" checked', "Urgut tumani"):
        assert kept in reader.page
    file = reader.hidden("attachment")
    await reader.confirm(kind="complaint", attachment=[file], about="Komunal idora")
    assert reader.path == "/receipt"
    await reader.open(f"/track/{reader.number}")
    assert "Қувур.png" in reader.page


async def test_a_file_that_may_not_be_taken_costs_only_itself(reader: Reader) -> None:
    bad = ("files", ("virus.exe", b"MZ\x90\x00" + b"\0" * 200, "application/octet-stream"))
    await reader.file([PHOTO, bad])
    assert reader.status == 422
    assert "virus.exe" in reader.page
    assert len(reader.all_hidden("attachment")) == 1
    await reader.confirm(attachment=reader.all_hidden("attachment"))
    assert reader.path == "/receipt"


async def test_eleven_files_are_too_many_and_the_text_stays(reader: Reader) -> None:
    await reader.file([PHOTO] * 11)
    assert reader.status == 422
    assert "too many files" in reader.page
    assert TEXT in reader.page


async def test_the_files_of_another_browser_are_not_taken(
    reader: Reader, stranger: Reader, sqlite_database: Database
) -> None:
    await reader.file([PHOTO], name="")
    file = reader.hidden("attachment")
    await stranger.file(attachment=[file])
    assert stranger.status == 422
    assert "not there any more" in stranger.page
    async with sqlite_database.reading() as uow:
        assert (await uow.session.get_one(Attachment, file)).appeal_id is None


async def test_a_confidential_message_needs_no_name(reader: Reader) -> None:
    await reader.file(confidential="true", name="", address="")
    assert reader.path == "/receipt"
    assert "does not bind the agency" in reader.page
    assert "Answer due by" not in reader.page


async def test_a_named_body_is_asked_about_and_never_gets_the_complaint(
    reader: Reader, sqlite_database: Database
) -> None:
    text = "Sogʻliqni saqlash vazirligi mening arizamga javob bermayapti, shikoyat qilaman."
    await reader.open("/")
    await reader.send("/appeal", text=text)
    assert "Is your complaint about" in reader.page
    form = reader.page
    await reader.confirm(text=text, kind="complaint")
    assert reader.status == 422
    assert "Please say whether your complaint is about this body." in reader.page
    reader.page = form
    await reader.confirm(text=text, kind="complaint", about_named="yes")
    assert reader.path == "/receipt"
    async with sqlite_database.reading() as uow:
        appeal = (await uow.session.scalars(select(Appeal))).one()
        assert appeal.about_agency_id is not None
        assert appeal.about_agency_id != appeal.agency_id


async def test_choosing_the_body_complained_about_is_explained(reader: Reader) -> None:
    text = "Shifokor pul soʻradi, shikoyatim bor."
    await reader.file(text=text, kind="complaint", about="transport", other_agency="transport")
    assert reader.status == 422
    assert "may not go to the body it complains about" in reader.page
    await reader.confirm(text=text, kind="complaint", about="transport")
    assert reader.path == "/receipt"


async def test_another_agency_or_none_may_be_chosen(reader: Reader) -> None:
    await reader.file(other_agency="transport")
    assert "Ministry of Transport" in reader.page
    await reader.file(agency="unknown", act="separate")
    assert reader.path == "/receipt"
    await reader.file(other_agency="no-such-body")
    assert reader.status == 422
    assert "There is no such agency" in reader.page


async def test_the_mailbox_is_tied_to_the_appeal(reader: Reader, sqlite_database: Database) -> None:
    await reader.file(email="not a mailbox")
    assert "This e-mail address cannot be right" in reader.page
    await reader.confirm(email="nodira@example.com")
    async with sqlite_database.reading() as uow:
        channels = (await uow.session.scalars(select(Address.channel))).all()
    assert channels == ["email"]


async def test_the_language_changes_without_losing_the_text(reader: Reader) -> None:
    await reader.open("/appeal")
    await reader.send("/appeal", text=TEXT)
    await reader.send("/appeal", text=TEXT, draft=reader.hidden("draft"), name="Aziza", language="ru")
    assert '<html lang="ru">' in reader.page
    assert TEXT in reader.page
    assert 'value="Aziza"' in reader.page
    await reader.open("/")
    assert '<html lang="ru">' in reader.page, "the choice is remembered"


async def test_danger_to_life_comes_first(reader: Reader) -> None:
    await reader.open("/")
    await reader.send("/appeal", text="Uyimizda gaz hidi bor, nima qilaylik?")
    assert reader.page.index("Danger to life? Call now") < reader.page.index('id="appeal"')
    assert 'href="tel:104"' in reader.page


async def test_a_browser_without_cookies_gets_its_receipt(
    sqlite_application: FastAPI, sqlite_database: Database
) -> None:
    async with reading(sqlite_application) as forgetful:
        await forgetful.open("/appeal")
        forgetful.client.cookies.clear()
        await forgetful.send("/appeal", text=TEXT)
        forgetful.client.cookies.clear()
        await forgetful.confirm()
        assert forgetful.number
        assert forgetful.code
    assert await appeals(sqlite_database) == 1
