"""What a benchmark gives back: named rows of numbers, shown as text and kept as JSON."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Value = float | int | str


@dataclass(frozen=True)
class Row:
    """`values`: column -> number; a column that a row lacks stays empty."""

    name: str
    values: dict[str, Value]


@dataclass
class Table:
    """`note` says how it was measured, so that a figure can be quoted with it."""

    title: str
    note: str
    rows: list[Row] = field(default_factory=list)

    def add(self, name: str, **values: Value) -> None:
        self.rows.append(Row(name, values))

    def as_json(self) -> dict[str, Any]:
        rows = [{"name": row.name, **row.values} for row in self.rows]
        return {"title": self.title, "note": self.note, "rows": rows}

    def text(self) -> str:
        columns = list(dict.fromkeys(name for row in self.rows for name in row.values))
        cells = [["", *columns]]
        cells += [[row.name, *(shown(row.values.get(name, "")) for name in columns)] for row in self.rows]
        widths = [max(len(line[number]) for line in cells) for number in range(len(columns) + 1)]
        lines = [
            "  ".join(
                cell.ljust(width) if number == 0 else cell.rjust(width)
                for number, (cell, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip()
            for line in cells
        ]
        return "\n".join([self.title, f"({self.note})", *lines])


def shown(value: Value) -> str:
    """Three digits that mean something."""
    if isinstance(value, str | int):
        return str(value)
    if value == 0 or not math.isfinite(value):
        return str(value)
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:.{min(digits, 4)}f}"


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of all do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def spread(seconds: Sequence[float], high: float = 0.95) -> dict[str, Value]:
    """Columns of a list of durations, in milliseconds."""
    return {
        "n": len(seconds),
        "p50 ms": percentile(seconds, 0.5) * 1000,
        f"p{high * 100:.0f} ms": percentile(seconds, high) * 1000,
        "max ms": max(seconds) * 1000,
    }
