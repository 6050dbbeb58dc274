"""Medians and percentiles of measured times."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """`median` and `p90` are None when nothing was measured; `count` says of how many."""

    count: int
    median: float | None
    p90: float | None


def spread_of(values: Sequence[float]) -> Spread:
    """Nearest-rank percentiles: every figure is a time that some appeal really took."""
    if not values:
        return Spread(0, None, None)
    ordered = sorted(values)
    return Spread(len(ordered), _nearest_rank(ordered, 50), _nearest_rank(ordered, 90))


def _nearest_rank(ordered: Sequence[float], percent: int) -> float:
    return ordered[max(0, -(-percent * len(ordered) // 100) - 1)]
