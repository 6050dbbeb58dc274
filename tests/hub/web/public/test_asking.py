"""A question at the public reception: an answer, a few to choose from, or the form of an appeal."""

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from hub.foundation.db import Database
from hub.library import questions
from hub.library.library import Library
from hub.library.models import Question
from hub.people.actors import VisitorActor
from tests.hub.web.public.conftest import Reader

pytestmark = pytest.mark.anyio


async def a_question(database: Database, decision: str) -> str:
    """A title of the pack that the router decides so upon."""
    async with database.unit_of_work() as uow:
        texts = [title for entry in library(database).pack.faq for title in (entry.title["en"],)]
        parts = [word for text in texts for word in text.split() if len(word) > 4]
        for text in (*texts, *parts):
            view = await questions.ask(uow, VisitorActor(language="en"), text=text)
            if view.decision == decision:
                return text
    raise AssertionError(f"nothing in the pack is decided as {decision}")


def library(database: Database) -> Library:
    return database.resources.of(Library)


async def last_question(database: Database) -> Question:
    async with database.reading() as uow:
        return (await uow.session.scalars(select(Question).order_by(Question.id.desc()).limit(1))).one()


async def test_a_checked_answer_with_source_and_date(aziza: Reader, database: Database) -> None:
    text = await a_question(database, "answer")
    await aziza.open("/")
    await aziza.send("/ask", text=text)
    assert aziza.path == "/ask"
    assert "Source:" in aziza.page
    assert "Checked on" in aziza.page
    for button in ("This answers my question", "Not my question", "Send to an official"):
        assert button in aziza.page
    note = aziza.hidden("q")
    await aziza.send("/ask/judge", q=note, answered="yes")
    assert "Thank you" in aziza.page
    assert (await last_question(database)).verdict == "answered"
    await aziza.send("/ask/judge", q=note, answered="no")
    assert aziza.path == "/appeal"
    assert text in aziza.page, "the question goes on as the text of the appeal"


async def test_one_of_a_few_is_picked(reader: Reader, sqlite_database: Database) -> None:
    text = await a_question(sqlite_database, "ask")
    await reader.open("/")
    await reader.send("/ask", text=text)
    first = reader.all_hidden("faq")[0]
    await reader.send("/ask/pick", q=reader.hidden("q"), faq=first)
    answer = library(sqlite_database).answer(first, "en")
    assert answer is not None
    assert answer.text[:60] in reader.page
    assert (await last_question(sqlite_database)).accepted == first
    await reader.send("/ask/pick", q=reader.hidden("q"), faq="no-such-answer")
    assert reader.status == 404


async def test_without_an_answer_the_form_stands_there(reader: Reader) -> None:
    text = "Zzxq wvbn kjhg plokij"
    await reader.open("/")
    await reader.send("/ask", text=text)
    assert reader.status == 200
    await reader.confirm(text=text)
    assert reader.path == "/receipt"


async def test_nothing_and_far_too_much(reader: Reader) -> None:
    await reader.open("/")
    await reader.send("/ask", text="   ")
    assert reader.status == 422
    assert "Please describe the matter" in reader.page
    long = "сув йўқ " * 12_500
    await reader.send("/ask", text=long)
    assert reader.status == 422
    assert "This text is too long" in reader.page
    assert long.strip() in reader.page


async def test_a_question_belongs_to_its_browser(
    reader: Reader, stranger: Reader, sqlite_application: FastAPI, sqlite_database: Database
) -> None:
    text = await a_question(sqlite_database, "answer")
    await reader.open("/")
    await reader.send("/ask", text=text)
    note = reader.hidden("q")
    await stranger.open("/")
    await stranger.open(f"/ask?q={note}")
    assert stranger.path == "/"
    await stranger.open(f"/appeal?q={note}")
    assert text not in stranger.page
    await stranger.send("/ask/judge", q=note, answered="yes")
    assert stranger.status == 403
    await reader.open(f"/ask?q={note}&language=ru")
    assert '<html lang="ru">' in reader.page
    assert "q=" in reader.page, "the language links keep the question"
