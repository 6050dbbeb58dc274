"""The measures against their definitions: brute force, exact enumeration, bounds."""

import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.evaluation.measures import (
    BINS,
    Share,
    auroc,
    auroc_interval,
    best_coverage,
    calibration_error,
    coverage_at,
    mean_interval,
    reciprocal_rank,
    reliability,
    wilson,
)

PROBABILITY = st.floats(0, 1) | st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.95, 1.0])
PROBABILITIES = st.lists(PROBABILITY, min_size=1, max_size=40)


@given(PROBABILITIES, PROBABILITIES)
def test_auroc_is_the_share_of_pairs_in_the_right_order(inside: list[float], outside: list[float]) -> None:
    pairs = list(product(inside, outside))
    counted = sum(1.0 if i > o else 0.5 if i == o else 0.0 for i, o in pairs) / len(pairs)
    assert auroc(inside, outside) == pytest.approx(counted)
    assert auroc(inside, outside) + auroc(outside, inside) == pytest.approx(1)


def test_auroc_of_nothing_is_not_a_number() -> None:
    assert math.isnan(auroc([], [0.5]))
    assert math.isnan(auroc_interval([0.5], []).low)


@pytest.mark.parametrize("whole", [1, 2, 5, 12, 20])
@pytest.mark.parametrize("truth", [0.05, 0.3, 0.5, 0.8, 0.95])
def test_wilson_holds_exactly_the_shares_that_a_score_test_would_not_reject(whole: int, truth: float) -> None:
    """The interval is the set of true shares whose own spread explains what was seen, by its definition."""
    for part in range(whole + 1):
        low, high = wilson(part, whole)
        assert 0 <= low <= part / whole <= high <= 1
        distance = abs(part / whole - truth)
        explained = distance <= 1.959964 * math.sqrt(truth * (1 - truth) / whole)
        assert explained == (low - 1e-12 <= truth <= high + 1e-12)


@pytest.mark.parametrize("whole", [10, 20, 50])
def test_wilson_really_holds_the_truth_about_19_times_of_20(whole: int) -> None:
    """Over every possible outcome, weighted by its exact probability."""
    held = []
    for percent in range(10, 91, 5):
        truth = percent / 100
        chances = [math.comb(whole, k) * truth**k * (1 - truth) ** (whole - k) for k in range(whole + 1)]
        inside = [wilson(k, whole)[0] <= truth <= wilson(k, whole)[1] for k in range(whole + 1)]
        held.append(sum(chance for chance, holds in zip(chances, inside, strict=True) if holds))
    assert min(held) > 0.9
    assert sum(held) / len(held) == pytest.approx(0.95, abs=0.015)


def test_a_share_of_nothing() -> None:
    nothing = Share(0, 0)
    assert all(math.isnan(figure) for figure in (nothing.value, nothing.low, nothing.high))


JUDGED = st.lists(st.tuples(PROBABILITY, st.booleans()), max_size=60)


@given(JUDGED)
def test_calibration_error_lies_between_the_overall_gap_and_one(judged: list[tuple[float, bool]]) -> None:
    said, right = [one for one, _ in judged], [one for _, one in judged]
    bins = reliability(said, right)
    assert len(bins) == BINS
    assert sum(one.right.whole for one in bins) == len(judged)
    assert sum(one.right.part for one in bins) == sum(right)
    error = calibration_error(bins)
    if not judged:
        assert math.isnan(error)
        return
    gap = abs(sum(said) - sum(right)) / len(judged)
    assert gap - 1e-9 <= error <= 1
    for one in bins:
        assert not one.right.whole or one.low - 1e-9 <= one.said <= one.high + 1e-9


def test_calibration_error_of_the_honest_and_of_the_boastful() -> None:
    honest = reliability([0.75] * 4 + [0.25] * 4, [True, True, True, False, False, False, False, True])
    assert calibration_error(honest) == pytest.approx(0)
    assert calibration_error(reliability([1.0] * 5, [False] * 5)) == 1


@given(st.lists(st.tuples(PROBABILITY, st.booleans()), min_size=1, max_size=40), PROBABILITY, PROBABILITY)
def test_a_higher_threshold_never_covers_more(
    judged: list[tuple[float, bool]], one: float, other: float
) -> None:
    said, inside = [c for c, _ in judged], [i for _, i in judged]
    low, high = sorted((one, other))
    assert coverage_at(said, inside, low).part >= coverage_at(said, inside, high).part
    assert coverage_at(said, inside, 0).part == sum(inside)


@given(
    st.lists(st.tuples(PROBABILITY, st.booleans(), st.booleans()), min_size=1, max_size=30),
    PROBABILITY,
    PROBABILITY,
)
def test_the_ceiling_is_the_best_threshold_and_falls_with_the_promise(
    judged: list[tuple[float, bool, bool]], one: float, other: float
) -> None:
    said, inside = [c for c, _, _ in judged], [i for _, i, _ in judged]
    hits = [hit and in_scope for _, in_scope, hit in judged]
    low, high = sorted((one, other))
    found = best_coverage(said, hits, inside, high)
    assert best_coverage(said, hits, inside, low).part >= found.part

    best = 0
    for threshold in set(said):
        above = [n for n, confidence in enumerate(said) if confidence >= threshold]
        if sum(hits[n] for n in above) >= high * len(above):
            best = max(best, sum(inside[n] for n in above))
    assert found == Share(best, sum(inside))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_the_mean_lies_in_its_interval(values: list[float]) -> None:
    found = mean_interval(values, 50)
    assert found.value == pytest.approx(sum(values) / len(values))
    assert min(values) - 1e-9 <= found.low <= found.high <= max(values) + 1e-9
    assert found == mean_interval(values, 50), "the same on every machine"
    assert math.isnan(mean_interval(values, 0).low)


def test_reciprocal_rank() -> None:
    ranking = [f"id{n}" for n in range(12)]
    assert [reciprocal_rank(one, ranking) for one in ("id0", "id3", "id9", "id10", "none")] == [
        1, 0.25, 0.1, 0, 0,
    ]  # fmt: skip
