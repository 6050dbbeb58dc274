"""Import and export: unchanged there and back, all or nothing, every fault by file and line."""

import csv
import io
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import delete

from hub.foundation.db import Database
from hub.foundation.errors import HubError
from hub.library import agencies, catalogue, editing, exchange
from hub.library.catalogue import EntryFilter
from hub.library.entry_views import EntryContent, LanguageText
from hub.library.exchange import ImportReport
from hub.library.models import LibraryEdition, LibraryEntry, LibraryVersion
from hub.library.sheet import COLUMNS, MAX_ROWS
from hub.people.actors import OfficialActor, SystemActor
from knowledge.load import load_pack
from tests.conftest import shared_library
from tests.hub.library.conftest import VACCINE, Editors

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("small_country")]

AWKWARD = replace(
    VACCINE,
    texts=(
        LanguageText(
            "ru", "=СУММ(1;2), «так» и \"так\"?", "Строка.\n\n- Строка, три; и всё.", ("-а", "'=б")
        ),
        LanguageText("kaa", "", "", ("kene vakcinası",)),
        LanguageText("en", "Where?", "Here: 2026-03-31", ("yes", "null", "1: 2")),
    ),
)  # fmt: skip


async def publish(database: Database, actor: OfficialActor, code: str, content: EntryContent) -> None:
    async with database.unit_of_work() as uow:
        await editing.create_entry(uow, actor, code=code, content=content)
        await editing.publish(uow, actor, code=code, version=1)


async def bring(
    database: Database, path: Path, actor: object = None, *, dry_run: bool = False
) -> ImportReport:
    async with database.unit_of_work() as uow:
        return await exchange.import_entries(uow, actor or SystemActor(), path, dry_run=dry_run)  # type: ignore[arg-type]


async def sheet_of(database: Database, tmp_path: Path, name: str = "library.csv") -> Path:
    async with database.reading() as uow:
        (tmp_path / name).write_bytes(await exchange.export_sheet(uow, SystemActor()))
    return tmp_path / name


async def edited(database: Database, editors: Editors) -> None:
    """A new entry with awkward texts, a retired one of the pack, other words for a body."""
    await publish(database, editors.dilnoza, "tick-vaccine", AWKWARD)
    async with database.unit_of_work() as uow:
        await editing.retire(uow, editors.malika, code="appeal-kinds", version=0)
        words = (await catalogue.open_entry(uow, editors.malika, "justice")).content
        words = replace(words, texts=(LanguageText("ru", phrasings=("нотариус", "загс")),))
        await editing.save_draft(uow, editors.bobur, code="justice", content=words, version=0)
        await editing.publish(uow, editors.bobur, code="justice", version=2)


async def forget(database: Database) -> None:
    """As a hub that has only the pack."""
    async with database.unit_of_work() as uow:
        for model in (LibraryVersion, LibraryEntry, LibraryEdition):
            await uow.session.execute(delete(model))


async def test_a_sheet_comes_back_unchanged(database: Database, editors: Editors, tmp_path: Path) -> None:
    await edited(database, editors)
    first = await sheet_of(database, tmp_path)
    assert (await bring(database, first)) == ImportReport((), (), (), _count(first), ())
    await forget(database)
    report = await bring(database, first)
    assert (report.new, report.changed, report.retired) == (
        ("tick-vaccine",),
        ("justice",),
        ("appeal-kinds",),
    )
    async with database.reading() as uow:
        view = await catalogue.open_entry(uow, editors.dilnoza, "tick-vaccine")
    assert view.live == AWKWARD
    assert [(line.act, line.note) for line in view.history] == [("imported", "library.csv")]
    second = await sheet_of(database, tmp_path, "again.csv")
    assert first.read_bytes() == second.read_bytes()


def _count(sheet: Path) -> int:
    with sheet.open(encoding="utf-8-sig", newline="") as rows:
        return len({row["code"] for row in csv.DictReader(rows)})


async def test_a_pack_s_folder_comes_back_unchanged(
    database: Database, editors: Editors, tmp_path: Path
) -> None:
    await edited(database, editors)
    database.resources.add(shared_library())  # the folder is copied from the whole country's
    async with database.reading() as uow:
        await exchange.export_pack(uow, SystemActor(), tmp_path / "one")
    pack = load_pack(tmp_path / "one")
    assert pack.faq_by_id["tick-vaccine"].answer["ru"] == AWKWARD.texts[0].answer
    assert "appeal-kinds" not in pack.faq_by_id
    assert pack.agency_by_code["justice"].keywords == {"ru": ("нотариус", "загс")}
    await forget(database)
    report = await bring(database, tmp_path / "one")
    assert report.problems == ()
    assert (report.new, report.retired) == (("tick-vaccine",), ("appeal-kinds",))
    assert "justice" in report.changed
    async with database.reading() as uow:
        await exchange.export_pack(uow, SystemActor(), tmp_path / "two")
    for path in sorted((tmp_path / "one").rglob("*")):
        if path.is_file():
            assert (
                path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()
            ), path
    with pytest.raises(HubError, match="folder_not_empty"):
        async with database.reading() as uow:
            await exchange.export_pack(uow, SystemActor(), tmp_path / "one")


async def test_a_dry_run_says_what_would_happen(database: Database, editors: Editors, tmp_path: Path) -> None:
    sheet = tmp_path / "new.csv"
    sheet.write_text(_sheet(_row()), encoding="utf-8")
    report = await bring(database, sheet, dry_run=True)
    assert report.new == ("tick-vaccine",)
    async with database.reading() as uow:
        assert not (await catalogue.list_entries(uow, editors.malika, EntryFilter(q="tick-vaccine"))).items


def _row(**changes: str) -> dict[str, str]:
    plain = {
        "code": "tick-vaccine", "kind": "faq", "state": "published", "agency": "health", "topic": "health",
        "source": "Order 12", "checked_on": "2026-03-01", "language": "ru", "title": "Где прививка?",
        "answer": "В поликлинике.", "phrasings": "прививка",
    }  # fmt: skip
    return {column: plain.get(column, "") for column in COLUMNS} | changes


def _sheet(*rows: dict[str, str], delimiter: str = ",") -> str:
    written = io.StringIO()
    table = csv.DictWriter(written, COLUMNS, delimiter=delimiter)
    table.writeheader()
    table.writerows(rows)
    return written.getvalue()


BROKEN_SHEETS: dict[str, tuple[str | bytes, str]] = {
    "no columns": ("a,b\n1,2\n", "new.csv:1: the first row must name the columns; missing: code"),
    "empty": ("", "new.csv:1: the first row must name the columns"),
    "no code": (_sheet(_row(code="")), "new.csv:2: the row has no code"),
    "bad code": (_sheet(_row(code="Tick Vaccine")), "cannot be a code"),
    "bad kind": (_sheet(_row(kind="answer")), "new.csv:2: kind is “answer” and must be one of faq, agency"),
    "bad state": (_sheet(_row(state="gone")), "new.csv:2: state is “gone”"),
    "bad date": (_sheet(_row(checked_on="31.03.2026")), "new.csv:2: checked_on is “31.03.2026”"),
    "twice": (_sheet(_row(), _row()), "new.csv:3: tick-vaccine in “ru” stands on line 2 already"),
    "two topics": (
        _sheet(_row(), _row(topic="justice", language="en")),
        "new.csv:3: tick-vaccine has another topic here than on line 2",
    ),
    "clashing kinds": (_sheet(_row(code="health")), "new.csv:2: health is the words of a body and cannot be"),
    "empty text": (_sheet(_row(answer="")), "new.csv:2: tick-vaccine: The answer is missing"),
    "unknown topic": (_sheet(_row(topic="magic")), "new.csv:2: tick-vaccine: There is no such topic"),
    "unknown body": (_sheet(_row(agency="x")), "new.csv:2: tick-vaccine: There is no such agency"),
    "cp1251": (_sheet(_row()).encode("cp1251"), "new.csv: not UTF-8 at byte"),
    "utf-16": (_sheet(_row()).encode("utf-16"), "new.csv: not UTF-8 at byte 0"),
    "too few cells": (_sheet(_row()) + "a,b\n", "new.csv:3: 2 cells instead of 14"),
    "line after a long answer": (
        _sheet(_row(answer="one\ntwo\nthree"), _row(code="other", checked_on="soon")),
        "new.csv:5: checked_on is “soon”",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN_SHEETS)
async def test_a_broken_sheet_changes_nothing(sqlite_database: Database, tmp_path: Path, case: str) -> None:
    given, expected = BROKEN_SHEETS[case]
    sheet = tmp_path / "new.csv"
    good = _sheet(_row(code="good-one"))
    data = given if isinstance(given, bytes) else given.encode()
    sheet.write_bytes(data)
    (tmp_path / "good.csv").write_text(good, encoding="utf-8")
    await _agencies(sqlite_database)
    report = await bring(sqlite_database, sheet)
    assert any(expected in problem for problem in report.problems), report.problems
    async with sqlite_database.reading() as uow:
        assert (await exchange.export_sheet(uow, SystemActor())).count(b"tick-vaccine") == 0


async def _agencies(database: Database) -> None:
    async with database.unit_of_work() as uow:
        await agencies.sync(uow)


@pytest.mark.parametrize("delimiter", [";", "\t"])
async def test_sheets_of_other_spreadsheets(
    sqlite_database: Database, tmp_path: Path, delimiter: str
) -> None:
    await _agencies(sqlite_database)
    sheet = tmp_path / "new.csv"
    sheet.write_text(_sheet(_row(), delimiter=delimiter), encoding="utf-8-sig")
    assert (await bring(sqlite_database, sheet)).new == ("tick-vaccine",)


async def test_a_million_rows_are_told_once(sqlite_database: Database, tmp_path: Path) -> None:
    await _agencies(sqlite_database)
    one = _sheet(_row())
    row = one.partition("\n")[2]
    sheet = tmp_path / "new.csv"
    sheet.write_text(one + row * 1_000_000, encoding="utf-8")
    report = await bring(sqlite_database, sheet)
    assert report.problems == ("new.csv: larger than 50 MB; please bring it in parts",)
    sheet.write_text(one + row * (MAX_ROWS + 10), encoding="utf-8")
    report = await bring(sqlite_database, sheet)
    assert len(report.problems) == 101
    assert report.problems[0] == "new.csv:3: tick-vaccine in “ru” stands on line 2 already"


#: Nine lines that unfold into a billion parts.
BOMB = "a: &a [1,1,1,1,1,1,1,1,1,1]\n" + "\n".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 10)}]"
    for before, name in pairwise("abcdefghi")
)  # fmt: skip
BROKEN_FOLDERS: dict[str, tuple[str, str]] = {
    "no list": ("answers: []\n", "new.yaml:1: expected `entries:` as a list"),
    "broken": ("entries:\n  - id: [\n", "new.yaml:"),
    "unknown field": ("entries:\n  - id: a\n    titel: {}\n", "new.yaml:3: titel: there is no such"),
    "no text": ("entries:\n  - id: a\n    topic: health\n", "new.yaml:2: title: this field is missing"),
    "bomb": (BOMB, "new.yaml:"),
    "deep": ("[" * 5000, "new.yaml"),
    "binary": ("\x00\x01", "new.yaml"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN_FOLDERS)
async def test_a_broken_folder_changes_nothing(sqlite_database: Database, tmp_path: Path, case: str) -> None:
    text, expected = BROKEN_FOLDERS[case]
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq" / "new.yaml").write_text(text, encoding="utf-8")
    await _agencies(sqlite_database)
    report = await bring(sqlite_database, tmp_path)
    assert any(expected in problem for problem in report.problems), report.problems


async def test_an_editor_imports_only_what_they_edit(
    database: Database, editors: Editors, tmp_path: Path
) -> None:
    sheet = tmp_path / "new.csv"
    sheet.write_text(_sheet(_row()), encoding="utf-8")
    report = await bring(database, sheet, editors.bobur)
    assert report.problems == ("new.csv:2: tick-vaccine belongs to a body that you do not edit for",)
    assert (await bring(database, sheet, editors.dilnoza)).new == ("tick-vaccine",)
    for actor in (editors.doctor, editors.admin):
        with pytest.raises(HubError, match="not_allowed"):
            await bring(database, sheet, actor)


async def test_bodies_are_the_pack_s(sqlite_database: Database, tmp_path: Path) -> None:
    sqlite_database.resources.add(shared_library())
    async with sqlite_database.reading() as uow:
        await exchange.export_pack(uow, SystemActor(), tmp_path / "pack")
    path = tmp_path / "pack" / "agencies.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Ministry of Health", "Ministry of Magic"), encoding="utf-8"
    )
    report = await bring(sqlite_database, tmp_path / "pack")
    assert any("bodies come from the country pack" in problem for problem in report.problems)
    assert (report.new, report.changed, report.retired) == ((), (), ())
