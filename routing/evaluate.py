"""How good routing is on judged messages: the numbers behind every claim.

A folder holds `entries.jsonl` {"id","text"} and `queries.jsonl` {"q","id"} (id null = out of scope). One half
of the queries (every second one) calibrates, the other half is measured, and then the reverse.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from routing.calibrate import PRECISION
from routing.decide import Router
from routing.types import Entry, Kind


@dataclass(frozen=True, slots=True)
class Judged:
    """One message that was decided: what was right, what came out."""

    right: str | None
    decision: str
    confidence: float
    ranking: tuple[str, ...]
    seconds: float

    @property
    def hit(self) -> bool:
        return self.right is not None and self.ranking[:1] == (self.right,)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Shares are 0..1 and NaN where undefined; times are milliseconds, build is seconds."""

    queries: int
    in_scope: int
    top1: float
    top3: float
    auroc: float
    coverage: float  # share of in-scope messages decided as `answer` or `route` at the promised threshold
    precision: float  # of the messages decided as `answer` or `route`: the share that was right
    oracle_coverage: float  # the best coverage any threshold on these very messages gives at PRECISION
    calibration_error: float
    build: float
    p50: float
    p99: float

    def as_text(self) -> str:
        return (
            f"n={self.queries} in-scope={self.in_scope} "
            f"top1={100 * self.top1:.1f} top3={100 * self.top3:.1f} "
            f"AUROC={self.auroc:.3f} decided={100 * self.coverage:.1f}% right={100 * self.precision:.1f}% "
            f"oracle@95={100 * self.oracle_coverage:.1f}% ECE={self.calibration_error:.3f} "
            f"build={self.build:.2f}s p50={self.p50:.2f}ms p99={self.p99:.2f}ms"
        )


def evaluate_folder(folder: Path, *, kind: Kind = "faq", calibrate: bool = True) -> Evaluation:
    """Measure one folder of the format above."""
    entries = [Entry(row["id"], row["text"], kind) for row in _rows(folder / "entries.jsonl")]
    queries = [(row["q"], row["id"]) for row in _rows(folder / "queries.jsonl")]
    if not calibrate:
        judged, build = judge(entries, None, queries)
        return summarize(judged, build)
    first, second = queries[::2], queries[1::2]
    judged, build = judge(entries, first, second)
    more, _ = judge(entries, second, first)
    return summarize([*judged, *more], build)


def judge(
    entries: Sequence[Entry],
    calibration: Sequence[tuple[str, str | None]] | None,
    queries: Sequence[tuple[str, str | None]],
) -> tuple[list[Judged], float]:
    """Decide every query; returns the judged decisions and the seconds the build took."""
    started = time.perf_counter()
    router = Router.build(entries, calibration)
    build = time.perf_counter() - started
    judged = []
    for text, right in queries:
        started = time.perf_counter()
        decision = router.decide(text)
        seconds = time.perf_counter() - started
        ranking = tuple(match.id for match in decision.ranking)
        judged.append(Judged(right, decision.kind, decision.confidence, ranking, seconds))
    return judged, build


def summarize(judged: Sequence[Judged], build: float = 0.0) -> Evaluation:
    """All figures of a list of judged decisions."""
    inside = [j for j in judged if j.right is not None]
    decided = [j for j in judged if j.decision in ("answer", "route")]
    times = [1000 * j.seconds for j in judged] or [0.0]
    return Evaluation(
        queries=len(judged),
        in_scope=len(inside),
        top1=_mean([j.hit for j in inside]),
        top3=_mean([j.right in j.ranking[:3] for j in inside]),
        auroc=auroc([j.confidence for j in inside], [j.confidence for j in judged if j.right is None]),
        coverage=sum(j.right is not None for j in decided) / len(inside) if inside else float("nan"),
        precision=_mean([j.hit for j in decided]),
        oracle_coverage=oracle_coverage(judged),
        calibration_error=calibration_error(judged),
        build=build,
        p50=float(np.percentile(times, 50)),
        p99=float(np.percentile(times, 99)),
    )


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """The chance that an in-scope message has more confidence than an out-of-scope one (ties count half)."""
    if not inside or not outside:
        return float("nan")
    ordered = np.sort(np.asarray(outside))
    below = np.searchsorted(ordered, inside, side="left")
    upto = np.searchsorted(ordered, inside, side="right")
    return float(np.mean((below + upto) / 2) / len(ordered))


def oracle_coverage(judged: Sequence[Judged]) -> float:
    """Largest share of in-scope messages above one threshold whose precision is at least `PRECISION`."""
    inside = sum(j.right is not None for j in judged)
    ordered = sorted(judged, key=lambda j: -j.confidence)
    best = covered = hits = 0
    for count, one in enumerate(ordered, start=1):
        hits += one.hit
        covered += one.right is not None
        last_of_ties = count == len(ordered) or ordered[count].confidence < one.confidence
        if last_of_ties and hits >= PRECISION * count:
            best = covered
    return best / inside if inside else float("nan")


def calibration_error(judged: Sequence[Judged], bins: int = 10) -> float:
    """Expected calibration error: mean distance of confidence from the share that was right, over bins."""
    if not judged:
        return float("nan")
    confidence = np.array([j.confidence for j in judged])
    hits = np.array([j.hit for j in judged])
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [abs(confidence[place == b].sum() - hits[place == b].sum()) for b in range(bins)]
    return float(sum(gaps) / len(judged))


def _mean(values: Sequence[bool]) -> float:
    return float(np.mean(values)) if values else float("nan")


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]
