"""An evaluation as text for a terminal. Ids, never texts: some sets are real people's messages."""

import math
from collections.abc import Iterator, Sequence

from routing.calibrate import PRECISION
from routing.evaluation.evaluation import Evaluation, Group
from routing.evaluation.measures import Bin, Interval, Share

BAR = 40
ID_AT_MOST = 48


def as_text(found: Evaluation) -> str:
    """The whole report, without a newline at its end."""
    sections = (_head, _accuracy, _decisions, _reliability, _robustness, _groups, _confusions, _latency)
    return "\n".join(line for section in sections for line in section(found))


def percent(value: float) -> str:
    return "–" if math.isnan(value) else f"{100 * value:.1f}"


def share(one: Share) -> str:
    """`95.3 (92.2-97.2)`, in percent."""
    return f"{percent(one.value)} ({percent(one.low)}-{percent(one.high)})" if one.whole else "–"


def interval(one: Interval) -> str:
    """`0.891 (0.870-0.911)`, the interval only where it was measured."""
    if math.isnan(one.value):
        return "–"
    return f"{one.value:.3f}" + ("" if math.isnan(one.low) else f" ({one.low:.3f}-{one.high:.3f})")


def shortened(id_: str) -> str:
    return id_ if len(id_) <= ID_AT_MOST else id_[: ID_AT_MOST - 1] + "…"


def bars(bins: Sequence[Bin]) -> Iterator[str]:
    """One line a bin: `=` as far as messages were right, `|` where the confidence said they would be."""
    yield f"{'confidence':10}  {'n':>5}  {'said':>5}  {'right':>5}"
    for one in bins:
        span = f"{one.low:.1f}-{one.high:.1f}"
        if not one.right.whole:
            yield f"{span:10}  {0:5}"
            continue
        figures = f"{one.right.whole:5}  {percent(one.said):>5}  {percent(one.right.value):>5}"
        yield f"{span:10}  {figures}  {_bar(one.right.value, one.said)}"


def _bar(right: float, said: float) -> str:
    drawn = ("=" * round(BAR * right)).ljust(BAR)
    mark = min(BAR - 1, int(BAR * said))
    return f"{drawn[:mark]}|{drawn[mark + 1 :]}".rstrip()


def _head(found: Evaluation) -> Iterator[str]:
    yield found.name
    yield "=" * len(found.name)
    yield (
        f"{found.entries} entries of {found.ids} ids; {found.queries} queries: "
        f"{found.queries - found.outside} in scope, {found.outside} out of scope"
    )
    yield f"Measured so: {found.protocol}."
    yield from (f"Note: {note}." for note in found.notes)


def _accuracy(found: Evaluation) -> Iterator[str]:
    yield ""
    yield "Accuracy of in-scope messages, % with 95 % interval"
    yield f"  top-1 {share(found.top1)}   top-3 {share(found.top3)}   MRR@10 {interval(found.mrr)}"
    yield f"  AUROC of confidence, in scope against out of scope: {interval(found.auroc)}"


def _decisions(found: Evaluation) -> Iterator[str]:
    yield ""
    yield f"The promise: at least {100 * PRECISION:.0f} % right of what is decided without a person"
    yield f"  decided: {share(found.covered)} of in-scope messages"
    yield f"  right of all {found.precision.whole} decided: {share(found.precision)}"
    yield f"  one threshold chosen afterwards could decide: {percent(found.ceiling.value)}"
    yield f"  {'decision':8}  {'n':>5}  {'first right':>20}  {'among first three':>20}"
    for one in found.decisions:
        yield f"  {one.decision:8}  {one.right.whole:5}  {share(one.right):>20}  {share(one.offered):>20}"


def _reliability(found: Evaluation) -> Iterator[str]:
    yield ""
    yield f"Confidence against truth, %; expected calibration error {found.calibration_error:.3f}"
    yield from (f"  {line}" for line in bars(found.bins))


def _robustness(found: Evaluation) -> Iterator[str]:
    if not found.spoiled:
        return
    yield ""
    yield "Damaged texts: top-1 of the same messages, %"
    yield f"  {'mode':16} {'n':>5}  {'clean':>6}  {'damaged':>7}  {'kept':>6}"
    for one in found.spoiled:
        yield (
            f"  {one.mode:16} {one.clean.whole:5}  {percent(one.clean.value):>6}"
            f"  {percent(one.spoiled.value):>7}  {percent(one.kept):>6}"
        )


def _groups(found: Evaluation) -> Iterator[str]:
    for title, groups in (("language", found.languages), ("script", found.scripts)):
        yield ""
        yield f"  {title:10}  {'n':>5}  {'top-1 %':>20}  {'top-3 %':>20}  {'decided %':>20}"
        yield from (_group(one) for one in groups)


def _group(one: Group) -> str:
    shares = "  ".join(f"{share(part):>20}" for part in (one.top1, one.top3, one.covered))
    return f"  {one.name:10}  {one.top1.whole:5}  {shares}"


def _confusions(found: Evaluation) -> Iterator[str]:
    if found.confusions:
        yield ""
        yield "Most frequent confusions (ids): right -> given"
        for one in found.confusions:
            yield f"  {one.count:4}  {shortened(one.right)} -> {shortened(one.given)}"


def _latency(found: Evaluation) -> Iterator[str]:
    yield ""
    yield (
        f"On this machine, one thread: decision p50 {found.p50:.2f} ms, p99 {found.p99:.2f} ms;"
        f" index and confidence built in {found.build:.2f} s"
    )
