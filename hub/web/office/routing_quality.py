"""The block on routing of the supervision page: weeks as rows, each count with its list, one drawing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from hub.foundation.db import UnitOfWork
from hub.foundation.i18n import _
from hub.people.actors import OfficialActor
from hub.reports.routing_quality import RoutingQuality, Week, list_of, routing_quality
from hub.web.office.filters import address
from routing.evaluation.measures import Share

WEEKS = 8
#: The drawing, in its own units.
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 360, 290, 42, 8, 22


@dataclass(frozen=True, slots=True)
class Point:
    """A share of one week in the drawing: its place, and the ends of its interval."""

    x: float
    y: float
    low: float
    high: float


async def block(uow: UnitOfWork, actor: OfficialActor, zone: tzinfo) -> dict[str, Any]:
    """What `office/routing_quality.html` shows."""
    found = await routing_quality(uow, actor, weeks=WEEKS)
    return {
        "found": found,
        "href": lambda week, state: address(list_of(week, state, zone), zone),
        "share": share_in_words,
        "calibration": calibration_in_words(found),
        "drawing": drawing(found),
    }


def share_in_words(one: Share) -> str:
    """`92 % (85–96)`: the share and the ends of its 95 % interval."""
    if not one.whole:
        return "–"
    return f"{round(100 * one.value)} % ({round(100 * one.low)}–{round(100 * one.high)})"


def calibration_in_words(found: RoutingQuality) -> str:
    """How sure the router was of what people judged, and how often it was right; empty when nothing was."""
    judged = sum(one.right.whole for one in found.bins)
    if not judged:
        return ""
    said = sum(one.said * one.right.whole for one in found.bins if one.right.whole) / judged
    right = sum(one.right.part for one in found.bins) / judged
    return _(
        "Of everything judged (%(count)s) the router was sure by %(said)s %% on average,"
        " and %(right)s %% was right.",
        count=judged,
        said=round(100 * said),
        right=round(100 * right),
    )


def drawing(found: RoutingQuality) -> dict[str, Any]:
    """Points of two series, agencies kept and answers confirmed; a week without judged messages has none."""
    step = (WIDTH - LEFT) / len(found.weeks)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "bottom": HEIGHT - BOTTOM,
        "rules": [(percent, _down(percent / 100)) for percent in (0, 50, 100)],
        "weeks": [
            (f"{week.since:%d.%m}", LEFT + step * (place + 0.5)) for place, week in enumerate(found.weeks)
        ],
        "kept": _points(found, step, 0.38, lambda week: week.routed.share),
        "answers": _points(found, step, 0.62, lambda week: week.questions["answer"].share),
    }


def _points(found: RoutingQuality, step: float, offset: float, share: Callable[[Week], Share]) -> list[Point]:
    shares = [(LEFT + step * (place + offset), share(week)) for place, week in enumerate(found.weeks)]
    return [
        Point(round(x, 1), _down(one.value), _down(one.low), _down(one.high))
        for x, one in shares
        if one.whole
    ]


def _down(share: float) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - share), 1)
