"""The library as a table: one row for each entry and language, for spreadsheets; it comes back unchanged.

Ways to ask stand one a line in their cell. A cell that a spreadsheet would take for a formula has an
apostrophe before it in the file.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, get_args

from hub.library.brought import Brought, Problems
from hub.library.content import DATES
from hub.library.entry_views import EntryContent, EntryKind, LanguageText

COLUMNS = (
    "code", "kind", "state", "agency", "topic", "source", "checked_on", "review_on", "valid_from",
    "valid_to", "language", "title", "answer", "phrasings",
)  # fmt: skip
#: The same on every row of an entry.
SHARED = COLUMNS[1:10]
STATES = ("published", "retired")
MAX_ROWS = 100_000
_FORMULA = ("=", "+", "-", "@", "\t", "'")


def write_sheet(entries: Iterable[tuple[str, EntryContent]], retired: Iterable[tuple[str, EntryKind]]) -> str:
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(COLUMNS)
    for code, content in entries:
        for text in content.texts or (LanguageText(""),):
            table.writerow(map(_guarded, _row(code, content, text)))
    for code, kind in retired:
        table.writerow([code, kind, "retired", *[""] * (len(COLUMNS) - 3)])
    return written.getvalue()


def _row(code: str, content: EntryContent, text: LanguageText) -> tuple[str, ...]:
    dates = (day.isoformat() if (day := getattr(content, name)) else "" for name in DATES)
    return (
        code, content.kind, "published", content.agency or "", content.topic, content.source, *dates,
        text.language, text.title, text.answer, "\n".join(text.phrasings),
    )  # fmt: skip


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def read_sheet(name: str, text: str, problems: Problems) -> list[Brought]:
    """Entries in the order of their first rows; every row that cannot be used is a problem with its line."""
    found: dict[str, Brought] = {}
    shared: dict[str, tuple[int, tuple[str, ...]]] = {}
    seen: dict[tuple[str, str], int] = {}
    for line, row in _rows(name, text, problems):
        code = row["code"]
        where = f"{name}:{line}"
        if not code:
            problems.add(where, "the row has no code")
            continue
        facts = tuple(row[column] for column in SHARED)
        first, known = shared.setdefault(code, (line, facts))
        if known != facts:
            column = next(c for c, one, two in zip(SHARED, known, facts, strict=True) if one != two)
            problems.add(where, f"{code} has another {column} here than on line {first}")
            continue
        before = seen.setdefault((code, row["language"]), line)
        if before != line:
            problems.add(where, f"{code} in “{row['language']}” stands on line {before} already")
            continue
        one = found.get(code) or _begun(where, row, problems)
        if one is not None:
            found[code] = _with_text(one, row)
        if problems.full:
            break
    return list(found.values())


def _rows(name: str, text: str, problems: Problems) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=_delimiter(text))
    line = 1
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        missing = [column for column in COLUMNS if column not in header]
        if missing:
            problems.add(f"{name}:1", f"the first row must name the columns; missing: {', '.join(missing)}")
            return
        for number, cells in enumerate(reader):
            line, begun = reader.line_num, line + 1
            if not any(cells):
                continue
            if number >= MAX_ROWS:
                problems.add(f"{name}:{begun}", f"more than {MAX_ROWS} rows; please bring them in parts")
                return
            if len(cells) != len(header):
                problems.add(f"{name}:{begun}", f"{len(cells)} cells instead of {len(header)}")
            else:
                yield begun, {key: _unguarded(cell.strip()) for key, cell in zip(header, cells, strict=True)}
            if problems.full:
                return
    except csv.Error as error:
        problems.add(f"{name}:{line + 1}", f"the row cannot be read ({error})")


def _delimiter(text: str) -> str:
    """Spreadsheets write commas, semicolons or tabs, depending on their country."""
    header = text[:1000].partition("\n")[0]
    return max(",;\t", key=header.count)


def _begun(where: str, row: Mapping[str, str], problems: Problems) -> Brought | None:
    if row["kind"] not in get_args(EntryKind):
        problems.add(where, f"kind is “{row['kind']}” and must be one of {', '.join(get_args(EntryKind))}")
        return None
    if row["state"] not in ("", *STATES):
        problems.add(where, f"state is “{row['state']}” and must be one of {', '.join(STATES)}")
        return None
    dates: dict[str, Any] = {}
    for column in DATES:
        try:
            dates[column] = date.fromisoformat(row[column]) if row[column] else None
        except ValueError:
            problems.add(where, f"{column} is “{row[column]}”, which is no date; write it as 2026-03-31")
            return None
    content = EntryContent(
        kind="agency" if row["kind"] == "agency" else "faq",
        topic=row["topic"],
        agency=row["agency"] or None,
        source=row["source"],
        texts=(),
        **dates,
    )
    return Brought(where, row["code"], content, row["state"] == "retired")


def _with_text(one: Brought, row: Mapping[str, str]) -> Brought:
    phrasings = tuple(line for line in row["phrasings"].split("\n") if line.strip())
    text = LanguageText(row["language"], row["title"], row["answer"], phrasings)
    if text == LanguageText(""):
        return one
    return replace(one, content=replace(one.content, texts=(*one.content.texts, text)))
