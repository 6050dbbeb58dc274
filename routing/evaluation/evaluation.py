"""All figures of one set of judged decisions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from routing.calibrate import PRECISION
from routing.evaluation.judging import Judged, Spoiled
from routing.evaluation.measures import (
    RESAMPLES,
    Bin,
    Interval,
    Share,
    auroc_interval,
    best_coverage,
    calibration_error,
    mean_interval,
    reciprocal_rank,
    reliability,
)

DECISIONS = ("answer", "route", "ask", "human")
WORST = 10
OFFERED = 3  # so many are shown when the person chooses


@dataclass(frozen=True, slots=True)
class ByDecision:
    """Messages decided so; `right`: the first was right; `offered`: right was among the first three."""

    decision: str
    right: Share
    offered: Share


@dataclass(frozen=True, slots=True)
class Group:
    """In-scope messages of one language or script, as `routing.scripts` recognizes them."""

    name: str
    top1: Share
    top3: Share
    covered: Share


@dataclass(frozen=True, slots=True)
class Confusion:
    """`given` was ranked first where `right` was right; only ids, for texts may be people's own."""

    right: str
    given: str
    count: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Shares and intervals are 0..1 (NaN where undefined); `p50`, `p99` milliseconds; `build` seconds."""

    name: str
    entries: int
    ids: int
    queries: int
    outside: int
    protocol: str
    notes: tuple[str, ...]
    top1: Share
    top3: Share
    mrr: Interval
    covered: Share  # in-scope messages decided by the router itself
    precision: Share  # of all messages decided by the router itself: the first was right
    ceiling: Share  # the most that any one threshold could cover at the promise, found on these messages
    decisions: tuple[ByDecision, ...]
    auroc: Interval
    calibration_error: float
    bins: tuple[Bin, ...]
    spoiled: tuple[Spoiled, ...]
    languages: tuple[Group, ...]
    scripts: tuple[Group, ...]
    confusions: tuple[Confusion, ...]
    build: float
    p50: float
    p99: float

    def in_one_line(self) -> str:
        return (
            f"{self.name}: top1={100 * self.top1.value:.1f} top3={100 * self.top3.value:.1f} "
            f"AUROC={self.auroc.value:.3f} decided={100 * self.covered.value:.1f}% "
            f"right={100 * self.precision.value:.1f}% ECE={self.calibration_error:.3f} "
            f"p50={self.p50:.2f}ms p99={self.p99:.2f}ms"
        )


def summarize(
    judged: Sequence[Judged],
    *,
    name: str = "",
    entries: int = 0,
    ids: int = 0,
    protocol: str = "",
    notes: Sequence[str] = (),
    spoiled: Sequence[Spoiled] = (),
    build: float = 0.0,
    resamples: int = RESAMPLES,
) -> Evaluation:
    """`resamples` 0 leaves the bootstrap intervals out (NaN)."""
    inside = [one for one in judged if one.right is not None]
    bins = reliability([one.confidence for one in judged], [one.hit for one in judged])
    times = [1000 * one.seconds for one in judged] or [0.0]
    return Evaluation(
        name=name,
        entries=entries,
        ids=ids,
        queries=len(judged),
        outside=len(judged) - len(inside),
        protocol=protocol,
        notes=tuple(notes),
        top1=Share.of(one.hit for one in inside),
        top3=Share.of(_offered(one) for one in inside),
        mrr=mean_interval([reciprocal_rank(one.right or "", one.ranking) for one in inside], resamples),
        covered=Share.of(one.decided for one in inside),
        precision=Share.of(one.hit for one in judged if one.decided),
        ceiling=ceiling(judged),
        decisions=tuple(_by_decision(judged, decision) for decision in DECISIONS),
        auroc=auroc_interval(
            [one.confidence for one in inside],
            [one.confidence for one in judged if one.right is None],
            resamples,
        ),
        calibration_error=calibration_error(bins),
        bins=bins,
        spoiled=tuple(spoiled),
        languages=_groups([(one.language or "unknown", one) for one in inside]),
        scripts=_groups([(one.script or "neither", one) for one in inside]),
        confusions=confusions(inside),
        build=build,
        p50=float(np.percentile(times, 50)),
        p99=float(np.percentile(times, 99)),
    )


def ceiling(judged: Sequence[Judged], precision: float = PRECISION) -> Share:
    """`best_coverage` of these decisions."""
    return best_coverage(
        [one.confidence for one in judged],
        [one.hit for one in judged],
        [one.right is not None for one in judged],
        precision,
    )


def confusions(inside: Sequence[Judged], most: int = WORST) -> tuple[Confusion, ...]:
    """The most frequent pairs of right and given ids, those that happened once left out."""
    wrong = Counter((one.right or "", one.ranking[0]) for one in inside if one.ranking and not one.hit)
    ordered = sorted(wrong.items(), key=lambda item: (-item[1], item[0]))[:most]
    return tuple(Confusion(right, given, count) for (right, given), count in ordered if count > 1)


def _by_decision(judged: Sequence[Judged], decision: str) -> ByDecision:
    chosen = [one for one in judged if one.decision == decision]
    return ByDecision(
        decision, Share.of(one.hit for one in chosen), Share.of(_offered(one) for one in chosen)
    )


def _groups(named: Sequence[tuple[str, Judged]]) -> tuple[Group, ...]:
    sizes = Counter(name for name, _ in named)
    return tuple(
        _group(name, [one for other, one in named if other == name]) for name, _ in sizes.most_common()
    )


def _group(name: str, members: Sequence[Judged]) -> Group:
    return Group(
        name,
        Share.of(one.hit for one in members),
        Share.of(_offered(one) for one in members),
        Share.of(one.decided for one in members),
    )


def _offered(one: Judged) -> bool:
    return one.right is not None and one.right in one.ranking[:OFFERED]
