"""What confirmed routings teach the next library, and what no single person can do with that."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from hub.appeals import official_acts, routing, transfers
from hub.foundation.db import Database
from hub.foundation.errors import HubError
from hub.foundation.vocabulary import Kind, Outcome
from hub.library import lessons, questions, shelf
from hub.library.lesson_text import lesson_text
from hub.library.library import Library
from hub.library.models import Lesson
from hub.people.actors import SystemActor
from routing import Entry
from tests.conftest import shared_library
from tests.hub.appeals.conftest import People, Registering, people, register

__all__ = ["people", "register"]

pytestmark = pytest.mark.anyio

#: Nothing in the pack speaks of it: only lessons can.
STRANGE = "Hovlida dron uchib yuribdi, derazaga qarayapti"
WATER = (
    "uyda suv yoq", "suv kelmayapti ikki kundan beri", "mahallada ichimlik suvi yoq", "suv bosimi past",
    "issiq suv yoq", "bizda suv yoq kim javob beradi", "suv toxtab qoldi",
)  # fmt: skip


async def kept(database: Database) -> list[Lesson]:
    async with database.reading() as uow:
        return list((await uow.session.scalars(select(Lesson).order_by(Lesson.id))).all())


def taught(more: Sequence[Entry]) -> Library:
    return Library(shared_library().pack, more=more)


async def test_a_correction_teaches_the_next_library(
    database: Database, people: People, register: Registering
) -> None:
    number = (await register(text=STRANGE, agency="health")).number
    async with database.unit_of_work() as uow:
        await transfers.transfer(uow, people.doctor, number, to="interior", reason="Bu IIV ishi")
    built = await shelf.build_library(database)
    again = "Hovlimizda dron uchib, derazaga qarayapti"
    best = built.best_agency(again, "1726294")
    assert best is not None
    assert best[0].code == "interior"
    assert built.place(again, "1726294").similar == 1
    assert "interior" not in [a.code for a, _ in built.rank_agencies(again, "1726294", {"interior"})]


async def test_an_answer_upholds_a_correction_and_a_second_correction_replaces_it(
    database: Database, people: People, register: Registering
) -> None:
    number = (await register(text=STRANGE, agency="health")).number
    async with database.unit_of_work() as uow:
        await transfers.transfer(uow, people.doctor, number, to="construction_housing", reason="Sizniki")
    async with database.unit_of_work() as uow:
        await transfers.transfer(uow, people.builder, number, to="health", reason="Yoʻq, sizniki")
    right = [one.entry for one in await kept(database) if one.right]
    assert right == ["health"]
    async with database.unit_of_work() as uow:
        await official_acts.reply(
            uow, people.doctor, number, text="Koʻrib chiqildi.", final=True, outcome=Outcome.EXPLAINED
        )
    final = [one for one in await kept(database) if one.right]
    assert [(one.entry, one.upheld) for one in final] == [("health", True)]


async def test_tips_and_complaints_about_a_body_teach_nothing(
    database: Database, people: People, register: Registering
) -> None:
    tip = (await register(text=STRANGE, confidential=True)).number
    complaint = (await register(text=STRANGE, about="energy", kind=Kind.COMPLAINT)).number
    async with database.unit_of_work() as uow:
        for number in (tip, complaint):
            await transfers.transfer(uow, people.doctor, number, to="interior", reason="Bu IIV ishi")
    assert await kept(database) == []


async def test_a_citizens_word_on_an_answer(database: Database, people: People) -> None:
    async with database.unit_of_work() as uow:
        asked = await questions.ask(uow, people.aziza, text="qabulga yozilish")
        print(asked)
        entry = asked.answer.id if asked.answer else asked.candidates[0].id
        await questions.pick(uow, people.aziza, question_id=asked.id, faq_id=entry)
        await questions.judge(uow, people.aziza, question_id=asked.id, answered=True)
    assert [(one.kind, one.entry, one.right) for one in await kept(database)] == [("faq", entry, True)]
    async with database.unit_of_work() as uow:
        await questions.judge(uow, people.aziza, question_id=asked.id, answered=False)
    assert [(one.entry, one.right) for one in await kept(database)] == [(entry, False)]
    async with database.reading() as uow:
        assert await lessons.lesson_entries(uow.session) == [], "what is wrong is never taught"


async def teach(
    database: Database, texts: Sequence[str], entry: str, person: str, origin: lessons.Origin
) -> None:
    async with database.unit_of_work() as uow:
        for number, text in enumerate(texts):
            source = lessons.Source(text, appeal_id=hash((person, number)) % 10**9)
            await lessons.learn(
                uow,
                source,
                kind="agency",
                entry=entry,
                origin=origin,
                person=person,
            )


async def test_one_person_teaches_little_and_turns_no_body(sqlite_database: Database) -> None:
    await teach(sqlite_database, WATER, "tourism", "official:9", "official_corrected")
    assert len(await kept(sqlite_database)) == lessons.A_DAY
    async with sqlite_database.reading() as uow:
        entries = await lessons.lesson_entries(uow.session)
    assert len(entries) == lessons.ALONE["official_corrected"]
    library = taught(entries)
    for text in (
        "uyimizda suv yoq",
        "vodoprovod suv bermayapti",
        "ichimlik suvi kelmayapti",
        "нет воды в доме",
    ):
        assert library.rank_agencies(text, None)[0][0].code == "construction_housing", text


async def test_an_official_outweighs_citizens_about_the_same_words(sqlite_database: Database) -> None:
    for citizen in range(3):
        await teach(sqlite_database, [STRANGE], "tourism", f"citizen:{citizen}", "body_answered")
    await teach(sqlite_database, [STRANGE], "interior", "official:1", "official_corrected")
    async with sqlite_database.reading() as uow:
        assert [entry.id for entry in await lessons.lesson_entries(uow.session)] == ["interior"]


async def test_lessons_never_lead_to_the_body_complained_about() -> None:
    lesson = [
        Entry("health", lesson_text(STRANGE), "agency"),
        Entry("hokimiyat_district", "suv yoq", "agency"),
    ]
    library = taught(lesson)
    assert routing.route(library, STRANGE, None, None).code == "health"
    assert routing.route(library, STRANGE, None, "health").code != "health"
    for about in ("hokimiyat:1726294", "hokimiyat:1726"):
        chosen = routing.route(library, "suv yoq", "1726294", about).code
        assert not routing.is_blocked(library.pack, chosen, about)


async def test_lessons_of_bodies_that_are_gone_are_left_out() -> None:
    library = taught([Entry("abolished", "dron uchyapti", "agency"), Entry("health", "dron", "faq")])
    assert library.more == ()


async def test_a_wrong_lesson_is_forgotten_by_those_who_may(database: Database, people: People) -> None:
    await teach(database, [STRANGE], "tourism", "citizen:1", "body_answered")
    [lesson] = await kept(database)
    async with database.unit_of_work() as uow:
        with pytest.raises(HubError, match="not_allowed"):
            await lessons.forget(uow, people.doctor, lesson.id)
        await lessons.forget(uow, SystemActor("en"), lesson.id)
        with pytest.raises(HubError, match="not_found"):
            await lessons.forget(uow, SystemActor("en"), lesson.id)
    assert await kept(database) == []


def test_a_lesson_holds_no_person() -> None:
    text = lesson_text(
        "Mening ismim Karimov Alisher Vali oʻgʻli, tel +998 90 123 45 67, pasport AA1234567, "
        "alisher@mail.uz: uch kundan beri 5-uyda suv yoʻq"
    )
    for secret in ("karimov", "alisher", "1234567", "123", "mail"):
        assert secret not in text
    assert "suv yok" in text
    assert "5" in text.split()
    assert len(lesson_text("suv " * 5_000)) <= 600
