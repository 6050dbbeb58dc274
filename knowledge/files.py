"""Reading pack files so that every complaint names the file and the line."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

Built = TypeVar("Built", bound=BaseModel)
Loc = tuple[str | int, ...]

# The C parser is ten times faster; wheels carry it, a source build of PyYAML may not.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class PackError(Exception):
    """A pack file cannot be used. `str()` is `file:line: what is wrong`."""

    def __init__(self, path: Path, line: int | None, message: str) -> None:
        self.path, self.line, self.message = path, line, message
        super().__init__(f"{path.name}:{line}: {message}" if line else f"{path.name}: {message}")


@dataclass(frozen=True)
class Document:
    """Data of one YAML file together with the line on which each of its parts begins."""

    path: Path
    data: Any
    lines: Mapping[Loc, int] = field(repr=False)

    def line(self, loc: Loc) -> int | None:
        """Line of the nearest part that exists: a missing field is reported where its owner begins."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return self.lines.get(loc)

    def section(self, name: str, kind: type) -> Any:
        """A top-level part of the given type, or PackError."""
        if not isinstance(self.data, dict) or not isinstance(self.data.get(name), kind):
            raise PackError(self.path, self.line((name,)) or 1, f"expected `{name}:` as a {kind.__name__}")
        return self.data[name]

    def build(self, model: type[Built], loc: Loc, value: Any, **extra: Any) -> Built:
        """`value`, found at `loc`, as a model; PackError on the line of the first fault."""
        try:
            return model.model_validate(value | extra if isinstance(value, dict) else value)
        except ValidationError as error:
            fault, message = _first_fault(error)
            raise PackError(self.path, self.line((*loc, *fault)), message) from error


def read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PackError(path, None, "the file is missing") from None
    except UnicodeDecodeError as error:
        raise PackError(path, None, f"not UTF-8 at byte {error.start}") from error


def read_yaml(path: Path) -> Document:
    """A YAML file with the lines of its parts. Repeated keys are an error, not a silent overwrite."""
    text = read_text(path)
    try:
        loader = _LOADER(text)
        try:
            node = loader.get_single_node()
            lines: dict[Loc, int] = {}
            if node is not None:
                _walk(path, node, (), lines)
            data = loader.construct_document(node) if node is not None else None
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise PackError(path, mark.line + 1 if mark else None, error.problem or "not YAML") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise PackError(path, None, "not YAML") from error
    return Document(path, data, lines)


#: Parts of one file; aliases repeat a part, so a small file could otherwise unfold into a huge one.
MOST_PARTS = 1_000_000


def _walk(path: Path, node: yaml.Node, loc: Loc, lines: dict[Loc, int]) -> None:
    lines.setdefault(loc, node.start_mark.line + 1)
    if len(lines) > MOST_PARTS:
        raise PackError(path, node.start_mark.line + 1, "the file has too many parts")
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*loc, str(key.value))
            if inner in lines:
                raise PackError(path, key.start_mark.line + 1, f"`{key.value}` is given twice")
            lines[inner] = key.start_mark.line + 1
            _walk(path, value, inner, lines)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            _walk(path, value, (*loc, number), lines)


def read_toml(path: Path) -> Document:
    """A TOML file; syntax errors carry a line, wrong values only a name (the parser keeps no lines)."""
    try:
        return Document(path, tomllib.loads(read_text(path)), {})
    except tomllib.TOMLDecodeError as error:
        raise PackError(path, None, str(error)) from error


def read_csv(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows with their line numbers. PackError if a wanted column is missing or a row is too short or long."""
    reader = csv.DictReader(read_text(path).splitlines())
    missing = [name for name in columns if name not in (reader.fieldnames or ())]
    if missing:
        raise PackError(path, 1, f"missing column {', '.join(missing)}")
    for row in reader:
        if None in row or None in row.values():
            raise PackError(path, reader.line_num, "the row has too many or too few fields")
        yield reader.line_num, {key: value.strip() for key, value in row.items()}


def build_row(model: type[Built], path: Path, line: int, values: Mapping[str, Any]) -> Built:
    """One CSV row as a model; PackError with the row's line."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise PackError(path, line, _first_fault(error)[1]) from error


def _first_fault(error: ValidationError) -> tuple[Loc, str]:
    """Where and what. A misspelt name explains the missing one, so it comes first."""
    faults = error.errors(include_url=False)
    first = min(faults, key=lambda fault: fault["type"] != "extra_forbidden")
    where = ".".join(str(part) for part in first["loc"])
    what = PLAIN.get(first["type"], first["msg"])
    return first["loc"], f"{where}: {what}" if where else what


#: The checker's commonest complaints in words of people who write packs.
PLAIN = {
    "date_from_datetime_parsing": "this is no date; write it as 2026-03-31",
    "date_type": "this is no date; write it as 2026-03-31",
    "extra_forbidden": "there is no such field; is it misspelt?",
    "missing": "this field is missing",
    "string_too_short": "the text is empty",
    "string_type": "expected a text; put it in quotation marks",
}
