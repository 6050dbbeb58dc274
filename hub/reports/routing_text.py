"""The live routing report as text for a terminal and as JSON. Figures only."""

import math
from collections.abc import Callable, Iterator
from typing import Any

from hub.reports.routing_quality import DECISIONS, RoutingQuality, Tally, Week
from routing.evaluation.text import bars, share

QUESTIONS = {
    "answered": 8,
    "right %": 20,
    "judged": 6,
    "choice": 6,
    "in it %": 20,
    "of": 4,
    "route": 5,
    "human": 5,
}
APPEALS = {"found": 6, "kept": 5, "corrected": 9, "unjudged": 8, "kept %": 20, "to a person": 11, "chosen": 6}


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
    yield "Questions by what was decided; right: of those whose asker said so, with 95 % interval"
    yield from _table(QUESTIONS, found, _asked)
    yield ""
    yield "Appeals: agency found by the router, kept or corrected by officials; unjudged: neither yet"
    yield from _table(APPEALS, found, _filed)
    yield ""
    judged = sum(one.right.whole for one in found.bins)
    error = "–" if math.isnan(found.calibration_error) else f"{found.calibration_error:.3f}"
    yield f"Confidence against truth of the {judged} judged, %; expected calibration error {error}"
    yield from bars(found.bins)


def _table(
    columns: dict[str, int], found: RoutingQuality, cells: Callable[[Week], tuple[object, ...]]
) -> Iterator[str]:
    yield "  ".join(["week of   ", *(name.rjust(width) for name, width in columns.items())])
    named = [(one.since.isoformat(), one) for one in found.weeks] + [("all weeks ", found.totals)]
    for name, week in named:
        shown = zip(cells(week), columns.values(), strict=True)
        yield "  ".join([name, *(str(cell).rjust(width) for cell, width in shown)])


def _asked(week: Week) -> tuple[object, ...]:
    answer, ask = week.questions["answer"], week.questions["ask"]
    return (
        answer.total, share(answer.share), answer.share.whole,
        ask.total, share(ask.share), ask.share.whole,
        week.questions["route"].total, week.questions["human"].total,
    )  # fmt: skip


def _filed(week: Week) -> tuple[object, ...]:
    one = week.routed
    return one.total, one.right, one.wrong, one.unjudged, share(one.share), week.desk, week.chosen


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
