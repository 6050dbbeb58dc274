"""The live routing report as text for a terminal and as JSON. Figures only."""

import math
from collections.abc import Iterator
from typing import Any

from hub.reports.routing_quality import DECISIONS, RoutingQuality, Tally, Week
from routing.evaluation.text import bars, share

COLUMNS = ("answered", "right %", "of", "asked", "right %", "of", "route", "human",
           "routed", "kept", "corrected", "unjudged", "kept %", "desk", "chosen")  # fmt: skip
WIDTHS = (8, 20, 4, 6, 20, 4, 6, 6, 7, 5, 9, 8, 20, 5, 6)


def as_text(found: RoutingQuality) -> str:
    """Weeks, totals, calibration of what was judged; without a newline at its end."""
    return "\n".join(_lines(found))


def as_record(found: RoutingQuality) -> dict[str, Any]:
    """Plain JSON values; NaN becomes null."""
    return {
        "whole_hub": found.whole_hub,
        "weeks": [_record(one) for one in found.weeks],
        "totals": _record(found.totals),
        "calibration_error": _number(found.calibration_error),
        "bins": [
            {"low": one.low, "said": _number(one.said), "right": one.right.part, "judged": one.right.whole}
            for one in found.bins
        ],
    }


def _lines(found: RoutingQuality) -> Iterator[str]:
    yield "Questions: decided so, right among those whose asker said so (95 % interval), of how many judged."
    yield "Appeals: body found by the router, kept by officials or corrected; the rest is not judged yet."
    yield ""
    yield "  ".join(["week of   ", *(name.rjust(width) for name, width in zip(COLUMNS, WIDTHS, strict=True))])
    for one in found.weeks:
        yield _line(one.since.isoformat(), one)
    yield _line("all weeks ", found.totals)
    yield ""
    judged = sum(one.right.whole for one in found.bins)
    yield f"Confidence against truth of the {judged} judged, %; expected calibration error " + (
        "–" if math.isnan(found.calibration_error) else f"{found.calibration_error:.3f}"
    )
    yield from bars(found.bins)


def _line(name: str, week: Week) -> str:
    answer, ask = week.questions["answer"], week.questions["ask"]
    cells = (
        answer.total, share(answer.share), answer.share.whole,
        ask.total, share(ask.share), ask.share.whole,
        week.questions["route"].total, week.questions["human"].total,
        week.routed.total, week.routed.right, week.routed.wrong, week.routed.unjudged,
        share(week.routed.share), week.desk, week.chosen,
    )  # fmt: skip
    return "  ".join([name, *(str(cell).rjust(width) for cell, width in zip(cells, WIDTHS, strict=True))])


def _record(week: Week) -> dict[str, Any]:
    return {
        "since": week.since.isoformat(),
        "until": week.until.isoformat(),
        "questions": {one: _tally(week.questions[one]) for one in DECISIONS},
        "routed": _tally(week.routed),
        "desk": week.desk,
        "chosen": week.chosen,
    }


def _tally(one: Tally) -> dict[str, Any]:
    shown = {"share": one.share.value, "low": one.share.low, "high": one.share.high}
    counts = {"right": one.right, "wrong": one.wrong, "unjudged": one.unjudged}
    return {**counts, **{name: _number(value) for name, value in shown.items()}}


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value
