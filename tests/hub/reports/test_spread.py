"""Figures that some appeal really took."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.reports.spread import Spread, spread_of


@pytest.mark.parametrize(
    ("values", "median", "p90"),
    [([], None, None), ([5], 5, 5), ([1, 2], 1, 2), ([3, 1, 2], 2, 3), (list(range(1, 11)), 5, 9)],
)
def test_nearest_rank(values: list[float], median: float | None, p90: float | None) -> None:
    assert spread_of(values) == Spread(len(values), median, p90)


@given(st.lists(st.integers(0, 10_000), min_size=1))
def test_at_least_the_share_took_no_longer(values: list[int]) -> None:
    spread = spread_of(values)
    assert spread.median in values
    assert spread.p90 in values
    assert sum(value <= (spread.median or 0) for value in values) * 2 >= len(values)
    assert sum(value <= (spread.p90 or 0) for value in values) * 10 >= len(values) * 9
