"""Following an appeal by number and code, and all that its author does with it."""

import re

import pytest
from sqlalchemy import event, select

from hub.appeals import official_acts
from hub.appeals.models import Appeal
from hub.foundation.db import Database
from hub.foundation.vocabulary import Outcome, Role
from hub.library.models import AgencyRecord
from hub.people import officials, sessions
from tests.conftest import SettableClock
from tests.hub.web.public.conftest import TEXT, Reader
from tests.hub.web.public.test_filing import PHOTO, PNG

pytestmark = pytest.mark.anyio


async def answer(database: Database, number: str, text: str) -> None:
    """The official of whatever body has it answers it."""
    async with database.unit_of_work() as uow:
        appeal = (await uow.session.scalars(select(Appeal).where(Appeal.number == number))).one()
        code = (await uow.session.get_one(AgencyRecord, appeal.agency_id)).code
        new = await officials.add(
            uow, login=f"o{appeal.cycle}-{appeal.id}", role=Role.OFFICIAL, agency=code, with_token=True
        )
    async with database.unit_of_work() as uow:
        actor = await sessions.authenticate_token(uow, new.token or "")
    assert actor is not None
    async with database.unit_of_work() as uow:
        await official_acts.claim(uow, actor, number)
    async with database.unit_of_work() as uow:
        await official_acts.reply(uow, actor, number, text=text, final=True, outcome=Outcome.SATISFIED)


async def opened(reader: Reader, other: Reader) -> tuple[str, str]:
    """`reader` files, `other` opens it with number and code; both are returned."""
    await reader.file([PHOTO])
    number, code = reader.number, reader.code
    await other.open("/track")
    await other.send("/track", number=number.lower().replace("-", " "), code=code.lower())
    assert other.path == f"/track/{number}"
    return number, code


async def test_number_and_code_open_it_and_nothing_else_does(reader: Reader, stranger: Reader) -> None:
    number, code = await opened(reader, stranger)
    assert TEXT in stranger.page
    await stranger.send("/track/close")
    await stranger.open(f"/track/{number}")
    assert stranger.path == "/track"
    assert number in stranger.page
    await stranger.send("/track", number=number, code="0000000000")
    assert stranger.status == 404
    assert "The number or the tracking code is not right" in stranger.page
    await stranger.send("/track", number="nonsense", code=code)
    assert stranger.status == 404
    await reader.file(act="separate")
    await reader.open(f"/track/{number}")
    assert reader.path == "/track", "a cookie opens the appeal it was made for and no other"


async def test_the_code_is_never_in_an_address(reader: Reader, stranger: Reader) -> None:
    number, code = await opened(reader, stranger)
    plain = code.replace(" ", "")
    for page in (reader, stranger):
        assert plain not in page.page.replace(code, "")
        assert not re.search(rf'(href|action)="[^"]*{plain}', page.page)
    assert plain not in (await stranger.open(f"/track/{number}"))


async def test_it_is_open_for_an_hour(reader: Reader, clock: SettableClock) -> None:
    await reader.file()
    number = reader.number
    clock.advance(minutes=59)
    await reader.open(f"/track/{number}")
    assert reader.path == f"/track/{number}"
    clock.advance(minutes=2)
    await reader.send(f"/track/{number}/messages", text="Hali ham suv yoʻq")
    assert reader.status == 403
    assert "Hali ham suv yoʻq" in reader.page, "what was typed can be copied"
    await reader.open("/receipt")
    assert reader.path == "/track"


async def test_words_and_files_are_added(reader: Reader, stranger: Reader) -> None:
    number, _code = await opened(reader, stranger)
    await stranger.send(f"/track/{number}/messages", files=[PHOTO], text="Mana rasm")
    assert "Added. The official sees it." in stranger.page
    assert "Mana rasm" in stranger.page
    found = re.findall(rf"/track/{number}/files/[0-9a-f]+", stranger.page)
    assert len(found) == 2
    response = await stranger.client.get(found[1])
    assert response.content == PNG
    assert response.headers["content-disposition"].startswith("attachment")
    await stranger.send(f"/track/{number}/messages", text=" ")
    assert stranger.status == 422
    bad = ("files", ("a.exe", b"MZ" + b"\0" * 100, "application/octet-stream"))
    await stranger.send(f"/track/{number}/messages", files=[bad, PHOTO], text="Yana")
    assert stranger.status == 422
    assert "Yana" in stranger.page
    assert stranger.hidden("attachment")
    await stranger.send("/track/close")
    assert (await stranger.client.get(found[1], follow_redirects=False)).status_code == 404


async def test_the_answer_is_read_judged_and_rated(
    aziza: Reader, database: Database, clock: SettableClock
) -> None:
    await aziza.file()
    number, code = aziza.number, aziza.code
    await aziza.send(f"/track/{number}/verdict", verdict="solved")
    assert aziza.status == 409, "there is no answer yet"
    clock.advance(days=2)
    await answer(database, number, "Quvur taʼmirlandi.")
    await aziza.send("/track", number=number, code=code)
    for words in ("Quvur taʼmirlandi.", "I have read it", "Solved", "Not solved", "Final answer"):
        assert words in aziza.page
    await aziza.send(f"/track/{number}/read")
    assert "Noted that you have read the answer." in aziza.page
    assert ">I have read it<" not in aziza.page
    await aziza.send(f"/track/{number}/rating", stars="4")
    assert "4 of 5" in aziza.page
    await aziza.send(f"/track/{number}/verdict", verdict="not_solved")
    assert "The appeal is open again" in aziza.page
    assert "Reopened" in aziza.page
    await answer(database, number, "Endi suv bor.")
    await aziza.open(f"/track/{number}")
    assert "I have read it" in aziza.page, "the new answer has not been read yet"
    await aziza.send(f"/track/{number}/verdict", verdict="solved")
    assert "solved, says the applicant" in aziza.page


async def test_withdrawing_is_confirmed_first(reader: Reader) -> None:
    await reader.file()
    number = reader.number
    await reader.open(f"/track/{number}/withdraw")
    assert "This cannot be undone" in reader.page
    await reader.send(f"/track/{number}/withdraw", reason="Suv keldi")
    assert "The appeal has been withdrawn." in reader.page
    assert "Add to this appeal" not in reader.page
    await reader.send(f"/track/{number}/withdraw")
    assert reader.status == 409


async def test_a_mailbox_is_tied_later(reader: Reader) -> None:
    await reader.file()
    number = reader.number
    await reader.send(f"/track/{number}/email", email="nodira@@example.com")
    assert reader.status == 422
    assert "nodira@@example.com" in reader.page
    await reader.send(f"/track/{number}/email", email="nodira@example.com")
    assert "The answer will also be sent to this e-mail address." in reader.page
    assert "It is also sent by e-mail." in reader.page


async def test_no_page_asks_the_database_more_than_twelve_times(
    reader: Reader, sqlite_database: Database
) -> None:
    await reader.file([PHOTO])
    number = reader.number
    for words in ("Bir", "Ikki"):
        await reader.send(f"/track/{number}/messages", text=words)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            asked.append(statement)

    event.listen(sqlite_database.engine.sync_engine, "before_cursor_execute", note)
    for path in ("/", "/appeal", "/track", "/receipt", f"/track/{number}", "/agencies", "/agencies?q=suv"):
        asked.clear()
        await reader.open(path)
        assert reader.status == 200
        assert len(asked) <= 12, (path, len(asked))
    event.remove(sqlite_database.engine.sync_engine, "before_cursor_execute", note)
