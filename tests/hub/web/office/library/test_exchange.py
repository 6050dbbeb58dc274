"""The library goes out as a table and as a pack, and comes back: looked through first, then brought in."""

import csv
import io
import re
import zipfile
from html import unescape

import pytest

from tests.hub.appeals.conftest import People
from tests.hub.web.office.conftest import Desk, SitDown
from tests.hub.web.office.library.conftest import ADDRESS, ANSWER, send

pytestmark = pytest.mark.anyio

TITLE = "Куда обратиться по вопросам нотариуса и ЗАГС?"


async def looked_through(desk: Desk, name: str, content: bytes) -> tuple[int, str, str]:
    """Status, page, and what stands for the kept file."""
    answer = await desk.post("/library/exchange/look", files={"file": (name, content)})
    found = re.search(r'name="held" value="([^"]+)"', answer.text)
    return answer.status_code, unescape(answer.text), found.group(1) if found else ""


def only_answers(packed: bytes) -> bytes:
    """Without the bodies: those of the small country are fewer than its files say."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(kept, "w") as target:
        assert {"library/pack.toml", "library/agencies.yaml"} <= set(source.namelist())
        for name in source.namelist():
            if name.startswith("library/faq/"):
                target.writestr(name, source.read(name))
    return kept.getvalue()


async def test_a_table_is_changed_in_a_spreadsheet_and_brought_back(
    people: People, sit_down: SitDown
) -> None:
    editor = await sit_down("editor")
    sheet = await editor.get("/library/exchange/library.csv")
    assert sheet.headers["content-disposition"] == 'attachment; filename="library.csv"'
    status, page, held = await looked_through(editor, "library.csv", sheet.content)
    assert (status, held) == (200, ""), page
    assert "there is nothing to bring in" in page
    assert TITLE in sheet.text
    changed = sheet.text.replace(TITLE, "Нотариус и ЗАГС: к кому идти?").encode()
    status, page, held = await looked_through(editor, "library.csv", changed)
    assert status == 200
    assert "who-notary" in page
    assert "Nothing has been changed yet" in page
    assert TITLE in (await editor.get("/library/entries/who-notary")).text
    other = await (await sit_down("writer")).post("/library/exchange/import", {"held": held})
    assert "no longer kept" in other.text, "a file is brought in by whoever looked it through"
    done = await editor.post("/library/exchange/import", {"held": held, "note": "Notarius qisqardi"})
    assert done.headers["location"] == "/library/exchange?done=imported", done.text
    assert "к кому идти" in (await editor.get("/library/entries/who-notary")).text
    assert "Notarius qisqardi" in (await editor.get("/library/entries/who-notary/history")).text
    again = await editor.post("/library/exchange/import", {"held": held})
    assert "no longer kept" in again.text


async def test_a_pack_goes_out_and_comes_back_the_same(people: People, sit_down: SitDown) -> None:
    editor = await sit_down("editor")
    await editor.post("/library/new", {**ANSWER, "code": "emlash-kartasi"})
    await send(editor, "publication")
    packed = await editor.get("/library/exchange/library.zip")
    assert packed.headers["content-type"] == "application/zip"
    answers = only_answers(packed.content)
    status, page, held = await looked_through(editor, "library.zip", answers)
    assert status == 200, page
    assert "there is nothing to bring in" in page
    assert held == ""
    await send(editor, "retirement")
    status, page, held = await looked_through(editor, "library.zip", answers)
    assert held, page
    await editor.post("/library/exchange/import", {"held": held})
    assert "Published" in (await editor.get(ADDRESS)).text


async def test_faults_are_told_by_line_and_nothing_is_brought_in(people: People, sit_down: SitDown) -> None:
    editor, writer = await sit_down("editor"), await sit_down("writer")
    rows = list(
        csv.reader(io.StringIO((await editor.get("/library/exchange/library.csv")).text.lstrip("\ufeff")))
    )
    place = next(number for number, row in enumerate(rows) if "who-notary" in row)
    rows[place][rows[0].index("checked_on")] = "yesterday"
    target = io.StringIO()
    csv.writer(target).writerows(rows)
    status, page, held = await looked_through(editor, "table.csv", target.getvalue().encode())
    assert (status, held) == (422, "")
    assert "Nothing was changed: there" in page
    assert "table.csv:" in page
    sheet = (await writer.get("/library/exchange/library.csv")).text
    status, page, held = await looked_through(writer, "mine.csv", sheet.replace(TITLE, "Бошқа").encode())
    assert (status, held) == (422, ""), "another agency's entries are not a writer's"
    assert (await (await sit_down("admin")).post("/library/exchange/look")).status_code == 404
