"""An editor writes an answer in two languages, tries and publishes it; a citizen gets it; it is undone."""

from html import unescape

import pytest

from bot.wording import answers
from hub.foundation.db import Database
from hub.foundation.i18n import speaking
from hub.library.library import Library
from hub.library.shelf import Shelf
from tests.hub.appeals.conftest import People
from tests.hub.library.conftest import Asking
from tests.hub.web.office.conftest import SitDown
from tests.hub.web.office.library.conftest import ADDRESS, ANSWER, Citizen, send

pytestmark = pytest.mark.anyio

LOST = "bolamning emlash kartasini yoʻqotdim"


async def test_from_a_blank_page_to_the_citizen_and_back(
    people: People, sit_down: SitDown, ask: Asking, citizen_asks: Citizen
) -> None:
    await ask(LOST, "emlash kartasi yoʻqoldi +998 90 123 45 67", "notarius qayerda")
    assert ANSWER["answer-uz-Latn"] not in await citizen_asks("uz-Latn", LOST)
    writer = await sit_down("writer")
    blank = unescape((await writer.get("/library/new?asked=bolaning emlash kartasi yoʻqoldi")).text)
    assert ">bolaning emlash kartasi yoʻqoldi</textarea>" in blank.split('id="language-ru"')[0]
    made = await writer.post("/library/new", {**ANSWER, "code": "emlash-kartasi", "note": "Koʻp soʻraladi"})
    assert made.headers["location"] == f"{ADDRESS}?done=drafted", made.text
    page = unescape((await writer.get(made.headers["location"])).text)
    assert "It is not in force until you publish it." in page
    assert "Draft" in page

    status, _, tried = await send(writer, "trial")
    assert status == 200
    assert "Tried against the questions of the last month" in tried
    assert "would answer 3 questions that nobody answers now" in tried
    assert "emlash kartasi yoʻqoldi •••" in tried, "numbers are masked"
    assert "123 45 67" not in tried
    assert "takes nothing from other entries" in tried
    status, _, tested = await send(writer, "sentence", sentence="bolamning emlash kartasini yoʻqotib qoʻydim")
    assert status == 200
    assert "this entry" in tested
    assert "because of:" in tested
    assert ANSWER["answer-uz-Latn"] not in await citizen_asks("uz-Latn", LOST), "nothing is public yet"

    status, where, page = await send(writer, "publication", note="Nashr")
    assert (status, where) == (303, f"{ADDRESS}?done=published"), page
    assert ANSWER["answer-uz-Latn"] in await citizen_asks("uz-Latn", LOST)
    english = await citizen_asks("en", LOST)
    assert ANSWER["answer-uz-Latn"] in english
    assert "This answer is not translated into your language yet." in english

    shorter = "Nusxa shu kunning oʻzida beriladi."
    status, where, page = await send(writer, "publication", answer__uz__Latn=shorter, note="Muddat qisqardi")
    assert where.endswith("published"), page
    history = unescape((await writer.get(f"{ADDRESS}/history")).text)
    assert "Version 4: Published" in history
    assert "Muddat qisqardi" in history
    undone = await writer.post(f"{ADDRESS}/restoration", {"number": "2", "version": "4"})
    assert undone.headers["location"] == f"{ADDRESS}?done=restored", undone.text
    assert ANSWER["answer-uz-Latn"] in await citizen_asks("uz-Latn", LOST)

    status, where, page = await send(writer, "retirement", note="Eskirdi")
    assert (status, where) == (303, f"{ADDRESS}?done=retired"), page
    assert ANSWER["answer-uz-Latn"] not in await citizen_asks("uz-Latn", LOST)
    assert "Retired" in (await writer.get(ADDRESS)).text


async def test_the_preview_is_word_for_word_what_citizens_get(
    database: Database, people: People, sit_down: SitDown, citizen_asks: Citizen
) -> None:
    writer = await sit_down("writer")
    await writer.post("/library/new", {**ANSWER, "code": "emlash-kartasi"})
    for reader in ("uz-Latn", "ru", "kaa"):
        _, _, before = await send(writer, "preview", shown=reader)
        if reader == "uz-Latn":
            await send(writer, "publication")
        card = await citizen_asks(reader, LOST)
        answer = database.resources.of(Library).answer("emlash-kartasi", reader)
        assert answer is not None
        with speaking(reader):
            assert answers.faq(answer) in before
        assert answer.title in card
        foot = before.split('border-t pt-2 text-sm" lang="')[1].split(">")[1].split("<")[0]
        assert foot in card


async def test_two_editors_at_one_entry_lose_nothing(
    database: Database, people: People, sit_down: SitDown
) -> None:
    writer, editor = await sit_down("writer"), await sit_down("editor")
    await writer.post("/library/new", {**ANSWER, "code": "emlash-kartasi"})
    status, _, _ = await send(writer, "draft", answer__uz__Latn="Nusxa uch kunda beriladi.", version="1")
    assert status == 303
    status, _, page = await send(
        editor, "publication", answer__uz__Latn="Nusxa besh kunda beriladi.", version="1"
    )
    assert status == 409
    assert "Nusxa besh kunda beriladi.</textarea>" in page, "the loser's text stands in the form"
    assert "What somebody else saved meanwhile" in page
    assert "removed:" in page
    assert "uch" in page
    assert 'name="version" value="2"' in page, "who saves again has seen the other's version"
    status, where, page = await send(
        editor, "draft", answer__uz__Latn="Nusxa besh kunda beriladi.", version="2"
    )
    assert (status, where) == (303, f"{ADDRESS}?done=drafted"), page


async def test_words_of_a_body_are_edited_and_tried_the_same_way(
    database: Database, people: People, sit_down: SitDown
) -> None:
    editor = await sit_down("editor")
    address = "/library/agencies/health"
    page = unescape((await editor.get(address)).text)
    assert "Words and matters this body answers for" in page
    fields = {
        "topic": "", "agency": "health", "source": "2023 list", "checked_on": "", "version": "0",
        "phrasings-uz-Latn": "shifoxona\ntez yordam zzyzx", "sentence": "zzyzx kelmadi",
    }  # fmt: skip
    tested = unescape((await editor.post(f"{address}/sentence", fields)).text)
    assert "this entry" in tested
    assert "zzyzx</mark>" in tested
    published = await editor.post(f"{address}/publication", fields)
    assert published.headers["location"] == f"{address}?done=published", published.text
    await Shelf(database).look()
    ranked = database.resources.of(Library).rank_agencies("zzyzx kelmadi", None)
    assert ranked[0][0].code == "health"
