"""Whatever is sent to the library's pages comes back as a plain sentence, and what was typed stays."""

import io
import zipfile
from html import unescape

import pytest

from tests.hub.appeals.conftest import People
from tests.hub.web.office.conftest import SitDown
from tests.hub.web.office.library.conftest import ADDRESS, ANSWER, send

pytestmark = pytest.mark.anyio

MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"
NOWHERE = (
    "/library/entries/nothing", "/library/entries/health", "/library/agencies/who-notary", "/library/nothing",
    "/library/somewhere/who-notary", "/library/entries/who-notary/fly", "/library/new/fly",
    "/library/entries/%00", "/library/entries/..%2f..%2fetc", "/library/agencies/hokimiyat:1726",
    "/library/entries/nothing/history", "/library/exchange/passwords.csv", f"/library/entries/{'a' * 3000}",
)  # fmt: skip
ODD = (
    "/library?kind=x", "/library?view=x", "/library?state=x", "/library?missing=tlh", "/library?cursor=AAAA",
    "/library?cursor=%5B1%5D", "/library/checks?look=x",
)  # fmt: skip


async def test_addresses_that_lead_nowhere(people: People, sit_down: SitDown) -> None:
    editor = await sit_down("editor")
    for path in NOWHERE:
        answer = await editor.get(path)
        assert answer.status_code == 404, (path, answer.status_code)
        assert "There is nothing here that you may see" in answer.text, path
    for path in ODD:
        answer = await editor.get(path)
        assert answer.status_code == 400, (path, answer.status_code)
        assert "Please" in answer.text
    for path in (
        f"/library?q={'%00'}x",
        f"/library?q={'ш' * 500}",
        "/library?agency=%00&q=%25_",
        "/library?q=zzz",
    ):
        assert (await editor.get(path)).status_code == 200, path
    assert (await editor.get(f"/library/entries/who-notary/history?before={10**40}")).status_code in (
        200,
        422,
    )


async def test_what_cannot_be_saved_stays_in_the_form(people: People, sit_down: SitDown) -> None:
    writer = await sit_down("writer")
    made = await writer.post("/library/new", {**ANSWER, "code": "emlash-kartasi"})
    assert made.status_code == 303
    refused = (
        ({"checked_on": "31.02.2026"}, "This date cannot be read"),
        ({"checked_on": "0001-01-01"}, "This date cannot be read"),
        ({"valid_from": "2026-05-01", "valid_to": "2026-04-01"}, "The last day lies before the first one"),
        ({"topic": "magic"}, "There is no such topic"),
        ({"agency": "atlantis"}, "There is no such agency"),
        ({"answer-ru": "я" * 12_001}, "longer than 12000 characters"),
        ({"title-ru": "", "title-uz-Latn": ""}, "question is missing"),
        ({"phrasings-ru": "\n".join(f"савол {number}" for number in range(400))}, "more than 300 ways"),
        ({"answer-ru": "ы" * 150_000}, "longer than 12000 characters"),
    )  # fmt: skip
    for fields, sentence in refused:
        answer = await writer.post(
            f"{ADDRESS}/draft", {**ANSWER, "version": "1", "note": "Mening izohim", **fields}
        )
        page = unescape(answer.text)
        assert answer.status_code == 422, (list(fields), answer.status_code)
        assert sentence in page, (list(fields), sentence)
        assert "Mening izohim</textarea>" in page, "nothing typed is lost"
    for version in ("", "-1", "x", "9" * 30):
        status, _, page = await send(writer, "draft", version=version, note="Mening izohim")
        assert status == 409
        assert "Mening izohim" in page
    unfinished = {**ANSWER, "version": "1", "source": "", "answer-ru": ""}
    answer = await writer.post(f"{ADDRESS}/publication", unfinished)
    assert answer.status_code == 422
    assert "The answer is missing in a language that has a question" in answer.text
    assert "one sentence to test" not in answer.text
    assert (await send(writer, "sentence", sentence=" "))[0] == 422
    assert (await send(writer, "sentence", sentence="х" * 5000))[0] == 422


async def test_markup_is_only_text(people: People, sit_down: SitDown) -> None:
    writer = await sit_down("writer")
    marked = dict.fromkeys(("title-ru", "answer-ru", "phrasings-ru", "source", "note"), MARKUP)
    made = await writer.post("/library/new", {**ANSWER, **marked, "code": "emlash-kartasi"})
    assert made.status_code == 303, made.text
    await send(writer, "draft", answer__ru=MARKUP * 2)
    for path in (
        ADDRESS,
        f"{ADDRESS}?shown=ru",
        f"{ADDRESS}/history",
        "/library?view=waiting",
        "/library/checks?look=languages",
    ):
        page = (await writer.get(path)).text
        assert "<script>alert" not in page, path
        assert "<img src=x" not in page, path
    assert MARKUP in unescape((await writer.get(ADDRESS)).text)


async def test_codes_are_made_from_the_question_and_never_taken_twice(
    people: People, sit_down: SitDown
) -> None:
    writer = await sit_down("writer")
    places = [(await writer.post("/library/new", ANSWER)).headers["location"] for _ in range(2)]
    assert places[0] != places[1]
    assert all(place.startswith("/library/entries/") for place in places)
    for title, code in (
        ("Muzlatgichni axlatga qanday topshiraman?", "muzlatgichni-axlatga-qanday-topshiraman"),
        ("Кўчада чироқ йўқ", "kochada-chirok-yok"),
    ):
        made = await writer.post("/library/new", {**ANSWER, "title-uz-Latn": title, "code": ""})
        assert made.headers["location"].startswith(f"/library/entries/{code}?"), "readable in the address"
    taken = await writer.post("/library/new", {**ANSWER, "code": "who-notary"})
    assert taken.status_code == 409
    assert "An entry with this code exists already" in taken.text
    bad = await writer.post("/library/new", {**ANSWER, "code": "../Etc"})
    assert bad.status_code == 422
    others = await writer.post("/library/new", {**ANSWER, "agency": "justice"})
    assert others.status_code == 404


async def test_files_that_are_no_library(people: People, sit_down: SitDown) -> None:
    editor = await sit_down("editor")
    traversal = io.BytesIO()
    with zipfile.ZipFile(traversal, "w") as archive:
        archive.writestr("../../evil.yaml", "entries: []")
        archive.writestr("/etc/evil.yaml", "entries: []")
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("faq/a.yaml", b"0" * 101_000_000)
    refused = (
        (("a.exe", b"MZ"), "cannot be read as a library"),
        (("a.zip", b"PK\x03\x04 broken"), "cannot be read as a library"),
        (("bomb.zip", bomb.getvalue()), "cannot be read as a library"),
        (("empty.csv", b""), "This file is empty"),
        (("evil.zip", traversal.getvalue()), "there are no entries"),
        (("bytes.csv", b"\xff\xfe\x00code"), "not UTF-8"),
        (("a.yaml", b"entries:\n  - id: x\n    topic: [\n"), "a.yaml:"),
        (("a.yaml", b"entries:\n  - id: x\n"), "a.yaml:2"),
    )
    for file, sentence in refused:
        answer = await editor.post("/library/exchange/look", files={"file": file})
        page = unescape(answer.text)
        assert answer.status_code == 422, (file[0], answer.status_code, page[-800:])
        assert sentence in page, (file[0], page[-3000:])
    nothing = await editor.post("/library/exchange/look")
    assert "Please choose a file first" in nothing.text
    for note in ("", "x" * 5000, "AAAA"):
        answer = await editor.post("/library/exchange/import", {"held": note})
        assert "no longer kept" in answer.text
