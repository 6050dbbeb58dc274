"""A folder of judged messages: `entries.jsonl`, `queries.jsonl` and perhaps `calibration.jsonl`.

Entries `{"id","text","kind"?,"lang"?}`; queries and calibration `{"q" or "text","id"}`, where id null means
out of scope. With `calibration.jsonl` the confidence is fitted on it and every query is measured.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from routing.evaluation.judging import Pair
from routing.types import KINDS, Entry, Kind

_T = TypeVar("_T")

ENTRIES, QUERIES, CALIBRATION = "entries.jsonl", "queries.jsonl", "calibration.jsonl"


class FolderError(Exception):
    """One plain sentence that names the file, and the line where there is one."""


@dataclass(frozen=True, slots=True)
class Folder:
    """`calibration` is None when the queries themselves have to serve for it, half by half."""

    name: str
    entries: list[Entry]
    queries: list[Pair]
    calibration: list[Pair] | None

    @property
    def unknown(self) -> int:
        """Queries whose right id no entry has: nothing can get them right."""
        ids = {entry.id for entry in self.entries}
        return sum(right is not None and right not in ids for _, right in self.queries)


def read_folder(path: Path, kind: Kind = "faq") -> Folder:
    """`kind` is that of entries which do not say theirs. Raises FolderError."""
    if not path.is_dir():
        raise FolderError(f"There is no folder {path}.")
    kinds: dict[str, Kind] = {}

    def entry(data: dict[str, Any]) -> Entry:
        made = _entry(data, kind)
        if kinds.setdefault(made.id, made.kind) != made.kind:
            raise ValueError(f"the id {made.id!r} was already used for kind {kinds[made.id]!r}")
        return made

    entries = _rows(path / ENTRIES, entry)
    fitting = path / CALIBRATION
    return Folder(
        name=path.resolve().name,
        entries=entries,
        queries=read_pairs(path / QUERIES),
        calibration=read_pairs(fitting) if fitting.exists() else None,
    )


def read_pairs(path: Path) -> list[Pair]:
    """Judged messages of one file, at least one. Raises FolderError."""
    return _rows(path, _pair)


def _rows(path: Path, read: Callable[[dict[str, Any]], _T]) -> list[_T]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as problem:
        raise FolderError(f"The file {path} cannot be read: {problem.strerror}.") from None
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found.append(read(_object(line)))
        except ValueError as problem:
            raise FolderError(f"{path}, line {number}: {problem}.") from None
    if not found:
        raise FolderError(f"The file {path} is empty.")
    return found


def _object(line: bytes) -> dict[str, Any]:
    try:
        data = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None
    except json.JSONDecodeError as problem:
        raise ValueError(f"not JSON ({problem.msg})") from None
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(data, dict):
        raise ValueError("a JSON object was expected")
    return data


def _entry(data: dict[str, Any], kind: Kind) -> Entry:
    said = data.get("kind", kind)
    if said not in KINDS:
        raise ValueError('"kind" must be "faq" or "agency"')
    lang = data.get("lang")
    return Entry(_text(data, "id"), _text(data, "text"), said, lang if isinstance(lang, str) else None)


def _pair(data: dict[str, Any]) -> Pair:
    if "id" not in data:
        raise ValueError('"id" is missing (null means out of scope)')
    return _text(data, "q" if "q" in data else "text"), None if data["id"] is None else _text(data, "id")


def _text(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str):
        raise ValueError(f'"{key}" must be a text')
    return value
