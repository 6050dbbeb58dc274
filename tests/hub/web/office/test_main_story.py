"""The doctor finds an appeal in the inbox, takes it, answers it, and sees what became of the answer."""

import pytest

from hub.appeals import mine
from hub.foundation.db import Database
from hub.foundation.vocabulary import Status
from tests.hub.appeals.conftest import WATER, People, Registering
from tests.hub.web.office.conftest import SitDown

pytestmark = pytest.mark.anyio


async def test_from_the_inbox_to_the_answer(
    database: Database, people: People, register: Registering, sit_down: SitDown
) -> None:
    number = (await register()).number
    doctor = await sit_down("doctor")
    inbox = await doctor.get("/inbox")
    assert inbox.status_code == 200
    assert number in inbox.text
    assert "15 days left" in inbox.text
    assert "Open 1" in inbox.text

    page = (await doctor.get(f"/appeals/{number}")).text
    assert WATER in page
    assert "Aziza Karimova" in page
    taken = await doctor.post(f"/appeals/{number}/claim")
    assert (taken.status_code, taken.headers["location"]) == (303, f"/appeals/{number}?done=claimed")
    assert "You are working on this appeal" in (await doctor.get(taken.headers["location"])).text

    noted = await doctor.post(f"/appeals/{number}/notes", {"note": "Suvchilarga qoʻngʻiroq qilindi"})
    assert noted.status_code == 303
    said = await doctor.reply(number, "Ertaga tekshiramiz.")
    assert said.headers["location"].endswith("done=replied")
    answered = await doctor.reply(number, "Suv tiklandi.", word="final", outcome="satisfied")
    assert answered.headers["location"].endswith("done=answered")
    page = (await doctor.get(answered.headers["location"])).text
    assert "The final answer was sent" in page
    for words in (
        "Suvchilarga",
        "Ertaga tekshiramiz.",
        "Suv tiklandi.",
        "Waiting to be sent",
        "Internal note",
    ):
        assert words in page
    async with database.reading() as uow:
        seen = await mine.my_appeal(uow, people.aziza, number)
    assert seen.status is Status.ANSWERED
    assert [message.body for message in seen.messages] == ["Ertaga tekshiramiz.", "Suv tiklandi."]
    assert number not in (await doctor.get("/inbox")).text
    assert number in (await doctor.get("/inbox?view=answered")).text


async def test_forwarding_extending_and_closing(
    people: People, register: Registering, sit_down: SitDown
) -> None:
    first, second = (await register()).number, (await register()).number
    minister = await sit_down("minister")
    extended = await minister.post(
        f"/appeals/{first}/extensions", {"until": "2026-04-10", "extension_reason": "Tekshiruv kerak"}
    )
    assert extended.headers["location"].endswith("done=extended"), extended.text
    closed = await minister.post(
        f"/appeals/{first}/closure",
        {"ending": "left_without_consideration:anonymous", "conclusion": "Ism koʻrsatilmagan."},
    )
    assert closed.headers["location"].endswith("done=closed"), closed.text
    page = (await minister.get(f"/appeals/{second}")).text
    assert "By law it is passed on by 7 March 2026 (5 days left)" in page
    unknown = await minister.post(
        f"/appeals/{second}/transfers", {"to": "qurilish", "reason": "Ularning ishi"}
    )
    assert unknown.status_code == 422
    assert "There is no such agency" in unknown.text
    assert "Ularning ishi" in unknown.text
    name = "Ministry of Construction"
    assert name in page
    forwarded = await minister.post(
        f"/appeals/{second}/transfers", {"to": "construction_housing", "reason": "Ularning ishi"}
    )
    assert forwarded.headers["location"].endswith("done=forwarded"), forwarded.text
    left = (await minister.get(f"/appeals/{second}")).text
    assert WATER not in left
    assert "Aziza" not in left
    assert second in (await minister.get("/inbox?view=forwarded")).text
    assert WATER in (await (await sit_down("builder")).get(f"/appeals/{second}")).text


async def test_every_word_is_in_the_language_of_the_reader(
    people: People, register: Registering, sit_down: SitDown
) -> None:
    number = (await register()).number
    doctor = await sit_down("doctor")
    english = (await doctor.get(f"/appeals/{number}?language=en")).text
    assert "granted</option>" in english
    russian = (await doctor.get(f"/appeals/{number}?language=ru")).text
    assert "удовлетворено</option>" in russian
    assert "granted</option>" not in russian
