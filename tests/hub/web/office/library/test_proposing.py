"""An answered appeal becomes the draft of an entry, and the checks say what else is worth writing."""

from html import unescape

import pytest

from tests.hub.appeals.conftest import People, Registering
from tests.hub.library.conftest import Asking
from tests.hub.web.office.conftest import SitDown

pytestmark = pytest.mark.anyio

BUTTON = "Propose as a library entry"
REPLY = "Suv bir kunda tiklanadi. Murojaat uchun suv taʼminoti boshqarmasiga kiring."


async def test_an_answer_is_proposed_once_and_finished_by_an_editor(
    people: People, register: Registering, sit_down: SitDown
) -> None:
    number = (await register()).number
    doctor, writer = await sit_down("doctor"), await sit_down("writer")
    assert BUTTON not in (await doctor.get(f"/appeals/{number}")).text, "nothing is answered yet"
    early = await doctor.post(f"/appeals/{number}/proposal")
    assert early.status_code == 409
    await doctor.reply(number, REPLY, word="final", outcome="satisfied")
    assert BUTTON in (await doctor.get(f"/appeals/{number}")).text
    for _ in range(2):
        proposed = await doctor.post(f"/appeals/{number}/proposal")
        assert proposed.headers["location"] == f"/appeals/{number}?done=proposed", proposed.text
    assert "an editor finishes it" in (await doctor.get(f"/appeals/{number}?done=proposed")).text
    assert (await doctor.get("/library")).status_code == 404
    drafts = unescape((await writer.get("/library?state=draft")).text)
    assert drafts.count("data-row-link") == 1
    place = drafts.split('data-row-link href="')[1].split('"')[0]
    entry = unescape((await writer.get(place)).text)
    assert REPLY in entry
    assert "Aziza" not in entry, "nobody's name goes into the library"


async def test_a_confidential_answer_is_not_offered(
    people: People, register: Registering, sit_down: SitDown
) -> None:
    number = (await register(confidential=True)).number
    doctor = await sit_down("doctor")
    await doctor.reply(number, REPLY, word="final", outcome="satisfied")
    assert BUTTON not in (await doctor.get(f"/appeals/{number}")).text
    assert (await doctor.post(f"/appeals/{number}/proposal")).status_code == 404


async def test_the_checks_lead_to_what_is_worth_writing(
    people: People, sit_down: SitDown, ask: Asking
) -> None:
    await ask(
        *["chiqindi mashinasi kelmadi"] * 3, "chiqindi mashinasi ikki hafta kelmadi", "notarius qayerda"
    )
    editor = await sit_down("editor")
    page = unescape((await editor.get("/library/checks")).text)
    assert "3 questions" in page
    assert "Write an answer" in page
    place = page.split('href="/library/new?asked=')[1].split('"')[0]
    assert "chiqindi mashinasi" in unescape((await editor.get(f"/library/new?asked={place}")).text)
    fights = await editor.get("/library/checks?look=collisions")
    assert fights.status_code == 200
    assert "phrasing" in fights.text
    for look in ("languages", "review"):
        assert (await editor.get(f"/library/checks?look={look}")).status_code == 200
    assert "Write an answer" not in (await (await sit_down("admin")).get("/library/checks")).text
