"""The measures of routing as plain functions over numbers: shares, AUROC, calibration, coverage."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Z95 = 1.959964
BINS = 10
RESAMPLES = 1000
SEED = 20261121

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`; the interval is Wilson's at 95 %. All three are NaN when `whole` is 0."""

    part: int
    whole: int

    @classmethod
    def of(cls, marks: Iterable[bool]) -> "Share":
        found = list(marks)
        return cls(sum(found), len(found))

    @property
    def value(self) -> float:
        return self.part / self.whole if self.whole else math.nan

    @property
    def low(self) -> float:
        return wilson(self.part, self.whole)[0]

    @property
    def high(self) -> float:
        return wilson(self.part, self.whole)[1]


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 95 % interval; NaN where undefined."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Messages whose confidence lies in [low, high): what was said on average, and how many were right."""

    low: float
    high: float
    said: float
    right: Share


def wilson(part: int, whole: int, z: float = Z95) -> tuple[float, float]:
    """Two-sided score interval of a share, inside 0..1; (NaN, NaN) of nothing."""
    if not whole:
        return math.nan, math.nan
    share = part / whole
    centre = share + z * z / (2 * whole)
    spread = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    # At the ends the formula gives 0 and 1 up to rounding.
    low = 0.0 if part == 0 else max(0.0, (centre - spread) / scale)
    high = 1.0 if part == whole else min(1.0, (centre + spread) / scale)
    return low, high


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """The chance that an in-scope message has more confidence than an out-of-scope one (ties count half)."""
    if not len(inside) or not len(outside):
        return math.nan
    ordered = np.sort(np.asarray(outside))
    below = np.searchsorted(ordered, inside, side="left")
    upto = np.searchsorted(ordered, inside, side="right")
    return float(np.mean((below + upto) / 2) / len(ordered))


def auroc_interval(inside: Sequence[float], outside: Sequence[float], resamples: int = RESAMPLES) -> Interval:
    """AUROC with a percentile bootstrap in which both sides are drawn anew."""
    drawn = _bootstrap((np.asarray(inside), np.asarray(outside)), auroc, resamples)
    return Interval(auroc(inside, outside), *drawn)


def mean_interval(values: Sequence[float], resamples: int = RESAMPLES) -> Interval:
    """The mean with a percentile bootstrap."""
    if not values:
        return Interval(math.nan, math.nan, math.nan)
    array = np.asarray(values, dtype=np.float64)
    return Interval(float(array.mean()), *_bootstrap((array,), lambda one: float(np.mean(one)), resamples))


def _bootstrap(
    sides: tuple[Numbers, ...], measure: Callable[..., float], resamples: int
) -> tuple[float, float]:
    if resamples < 1 or any(not len(side) for side in sides):
        return math.nan, math.nan
    chance = np.random.default_rng(SEED)
    drawn = [
        measure(*(side[chance.integers(0, len(side), len(side))] for side in sides)) for _ in range(resamples)
    ]
    low, high = np.percentile(drawn, (2.5, 97.5))
    return float(low), float(high)


def reciprocal_rank(right: str, ranking: Sequence[str], k: int = 10) -> float:
    """1 divided by the place of `right` among the first `k`; 0 when it is not there."""
    return next((1 / place for place, one in enumerate(ranking[:k], start=1) if one == right), 0.0)


def reliability(confidences: Sequence[float], hits: Sequence[bool], bins: int = BINS) -> tuple[Bin, ...]:
    """Equal-width bins over 0..1, empty ones too; 1 itself belongs to the last."""
    places = [min(bins - 1, int(confidence * bins)) for confidence in confidences]
    found = []
    for number in range(bins):
        said = [c for c, place in zip(confidences, places, strict=True) if place == number]
        right = Share.of(hit for hit, place in zip(hits, places, strict=True) if place == number)
        mean = sum(said) / len(said) if said else math.nan
        found.append(Bin(number / bins, (number + 1) / bins, mean, right))
    return tuple(found)


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: the mean distance, over messages, of what was said from what was right."""
    count = sum(one.right.whole for one in bins)
    gaps = (abs(one.said * one.right.whole - one.right.part) for one in bins if one.right.whole)
    return sum(gaps) / count if count else math.nan


def coverage_at(confidences: Sequence[float], inside: Sequence[bool], threshold: float) -> Share:
    """In-scope messages whose confidence reaches `threshold`."""
    pairs = zip(confidences, inside, strict=True)
    return Share.of(confidence >= threshold for confidence, in_scope in pairs if in_scope)


def best_coverage(
    confidences: Sequence[float], hits: Sequence[bool], inside: Sequence[bool], precision: float
) -> Share:
    """Most in-scope messages above any one threshold that is right in at least `precision` of all above it.

    The threshold is picked on these very messages: a ceiling for what a promise could cover, not a promise.
    """
    order = sorted(range(len(confidences)), key=lambda n: -confidences[n])
    best = covered = right = 0
    for count, number in enumerate(order, start=1):
        right += hits[number]
        covered += inside[number]
        last_of_ties = count == len(order) or confidences[order[count]] < confidences[number]
        if last_of_ties and right >= precision * count:
            best = covered
    return Share(best, sum(inside))
