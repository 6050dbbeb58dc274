"""The words and tables of `docs/routing.md`; the figures come from `routing.evaluation`."""

import math
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from routing.calibrate import PRECISION
from routing.evaluation import Evaluation
from routing.evaluation.judging import Spoiled
from routing.evaluation.measures import Bin, Share
from routing.evaluation.text import bars, interval, percent, share

BEGIN = "<!-- written by hand from here -->"
END = "<!-- to here -->"
#: Groups of fewer messages say nothing.
SMALLEST_GROUP = 20
WIDTH = 110

Figure = Callable[[Evaluation], tuple[float, float, float]]


@dataclass(frozen=True)
class Target:
    """What a set should reach; `figure` gives the value and its interval (both ends NaN when it has none)."""

    name: str
    least: float
    figure: Figure
    percents: bool = True


def top1(found: Evaluation) -> tuple[float, float, float]:
    return found.top1.value, found.top1.low, found.top1.high


def top3(found: Evaluation) -> tuple[float, float, float]:
    return found.top3.value, found.top3.low, found.top3.high


def auroc(found: Evaluation) -> tuple[float, float, float]:
    return found.auroc.value, found.auroc.low, found.auroc.high


def covered(found: Evaluation) -> tuple[float, float, float]:
    """Nothing counts as covered where the promise was not kept."""
    kept = found.precision.value >= PRECISION
    return (found.covered.value, found.covered.low, found.covered.high) if kept else (0.0, 0.0, 0.0)


def kept(mode: str) -> Figure:
    def of(found: Evaluation) -> tuple[float, float, float]:
        value = next((one.kept for one in found.spoiled if one.mode == mode), float("nan"))
        return value, float("nan"), float("nan")

    return of


TARGETS: dict[str, tuple[Target, ...]] = {
    "clinc_k5": (
        Target("top-1", 0.75, top1),
        Target("AUROC", 0.91, auroc, percents=False),
        Target("decided, the promise kept", 0.35, covered),
        Target("top-1 kept with 20 % typos", 0.97, kept("typo20")),
    ),
    "clinc_k50": (Target("top-1", 0.915, top1),),
    "bank77_k5": (Target("top-1", 0.65, top1),),
    "stackfaq": (
        Target("top-1", 0.79, top1),
        Target("AUROC", 0.87, auroc, percents=False),
        Target("decided, the promise kept", 0.45, covered),
    ),
    "uz_guides_oos": (
        Target("top-1", 0.58, top1),
        Target("top-3", 0.82, top3),
        Target("AUROC", 0.87, auroc, percents=False),
        Target("top-1 kept with 20 % typos", 0.97, kept("typo20")),
        Target("top-1 kept typed in Cyrillic", 1.0, kept("cyrillic")),
        Target("top-1 kept in chat spelling", 0.99, kept("chat")),
    ),
    "kursk_agency": (Target("top-1", 0.49, top1), Target("top-3", 0.84, top3)),
    "kursk_category": (
        Target("top-1", 0.83, top1),
        Target("top-3", 0.97, top3),
        Target("decided, the promise kept", 0.45, covered),
    ),
    "uz_places_cyr": (Target("top-1", 0.995, top1),),
    "uz_places_ru": (Target("top-1", 0.75, top1),),
    "qq_gov": (Target("top-1 (the target is for Karakalpak queries, these are Russian)", 0.93, top1),),
}


def page(
    found: Sequence[Evaluation], command: str, today: date, machine: str, by_hand: str, picture: str
) -> str:
    """The whole page."""
    sections = [
        _head(command, today, machine),
        _targets(found),
        ["", "## Not reached, and what was tried", "", BEGIN, by_hand.rstrip("\n"), END],
        _sets(found),
        _promise(found),
        _confidence(found, picture),
        _damage(found),
        _groups(found),
        _how(),
    ]
    return "\n".join(line for section in sections for line in section) + "\n"


def _head(command: str, today: date, machine: str) -> Iterator[str]:
    yield "# How good routing is"
    yield ""
    yield from wrap(
        f"""Written by `{command}` on {today.isoformat()} ({machine}); only the part between the marks is by
        hand. `qabul evaluate` measures any folder of judged messages in the same way, `qabul evaluate
        --live` the running system. Shares are in percent, in brackets their 95 % interval. The sets are
        public ones and stay outside the repository; `synth_uz` is made up and says nothing of real
        Uzbek messages."""
    )


def wrap(text: str) -> list[str]:
    """A paragraph in lines of the house's width."""
    return textwrap.wrap(" ".join(text.split()), width=WIDTH, break_long_words=False, break_on_hyphens=False)


def _targets(found: Sequence[Evaluation]) -> Iterator[str]:
    yield ""
    yield "## Against the targets"
    yield ""
    yield "The targets were set for other parts of the same sets, which nobody working on routing has seen."
    yield ""
    yield "| set | figure | target | measured | reached |"
    yield "|---|---|---|---|---|"
    for one in found:
        for target in TARGETS.get(one.name, ()):
            value, low, high = target.figure(one)
            shown = [_shown(figure, target.percents) for figure in (target.least, value, low, high)]
            measured = shown[1] if math.isnan(low) else f"{shown[1]} ({shown[2]}-{shown[3]})"
            cells = (one.name, target.name, shown[0], measured, _reached(target, value, high))
            yield f"| {' | '.join(cells)} |"


def _shown(figure: float, percents: bool) -> str:
    return percent(figure) if percents else f"{figure:.3f}"


def _reached(target: Target, value: float, high: float) -> str:
    if value >= target.least:
        return "yes"
    return "within the interval" if high >= target.least else "**no**"


def _sets(found: Sequence[Evaluation]) -> Iterator[str]:
    yield ""
    yield "## Every set"
    yield ""
    yield "| set | entries / ids | in / out | top-1 | top-3 | MRR@10 | AUROC | p50 / p99 ms | built s |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for one in found:
        cells = (
            one.name,
            f"{one.entries} / {one.ids}",
            f"{one.queries - one.outside} / {one.outside}",
            share(one.top1),
            share(one.top3),
            interval(one.mrr),
            interval(one.auroc),
            f"{one.p50:.1f} / {one.p99:.1f}",
            f"{one.build:.1f}",
        )
        yield f"| {' | '.join(cells)} |"
    yield ""
    yield from wrap(
        "Times are of this machine with one set on each core; `make bench` has ratios to plain TF-IDF."
    )


def _promise(found: Sequence[Evaluation]) -> Iterator[str]:
    yield ""
    yield "## The promise"
    yield ""
    yield from wrap(
        f"""`answer` is given only where at least {100 * PRECISION:.0f} % should be right. Decided: in-scope
        messages answered or routed without asking. Right: of everything decided, out-of-scope messages
        counted as wrong. Ceiling: what one threshold, chosen afterwards on these very messages, could
        have covered."""
    )
    yield ""
    yield "| set | decided | right of decided | ceiling | by itself: n, right | ask: n, in three | human: n |"
    yield "|---|---|---|---|---|---|---|"
    for one in found:
        by = {decision.decision: decision for decision in one.decisions}
        acted = by["answer"] if by["answer"].right.whole >= by["route"].right.whole else by["route"]
        cells = (
            one.name,
            share(one.covered),
            f"{share(one.precision)} of {one.precision.whole}",
            percent(one.ceiling.value),
            f"{acted.decision}: {acted.right.whole}, {percent(acted.right.value)}",
            f"{by['ask'].offered.whole}, {percent(by['ask'].offered.value)}",
            str(by["human"].right.whole),
        )
        yield f"| {' | '.join(cells)} |"
    builtin = [one.name for one in found if any("too few" in note for note in one.notes)]
    if builtin:
        yield ""
        yield f"Too few judged messages to fit confidence, so the built-in one stood: {', '.join(builtin)}."


def _confidence(found: Sequence[Evaluation], picture: str) -> Iterator[str]:
    yield ""
    yield "## Confidence"
    yield ""
    yield f"![Reliability diagrams: confidence against the share right, one for each set]({picture})"
    yield ""
    yield from wrap(
        """A dot on the dashed line tells the truth; its size is the number of messages, its line the
        interval. All sets together (`=` right, `|` said):"""
    )
    yield ""
    yield "```text"
    yield from bars(pooled([one.bins for one in found if "," not in one.name]))
    yield "```"
    yield ""
    yield "| set | expected calibration error |"
    yield "|---|---|"
    yield from (f"| {one.name} | {one.calibration_error:.3f} |" for one in found)


def pooled(parts: Sequence[Sequence[Bin]]) -> list[Bin]:
    """The same bins of several sets as one."""
    return [_together(bins) for bins in zip(*parts, strict=True)]


def _together(bins: Sequence[Bin]) -> Bin:
    right = Share(sum(one.right.part for one in bins), sum(one.right.whole for one in bins))
    said = sum(one.said * one.right.whole for one in bins if one.right.whole)
    return Bin(bins[0].low, bins[0].high, said / right.whole if right.whole else float("nan"), right)


def _damage(found: Sequence[Evaluation]) -> Iterator[str]:
    modes = list(dict.fromkeys(spoiled.mode for one in found for spoiled in one.spoiled))
    yield ""
    yield "## Damaged texts"
    yield ""
    yield "Top-1 of damaged texts in percent of top-1 of the same texts when clean; how many, where not all."
    yield ""
    yield f"| set | n | {' | '.join(modes)} |"
    yield f"|---|---|{'---|' * len(modes)}"
    for one in (one for one in found if one.spoiled):
        by = {spoiled.mode: spoiled for spoiled in one.spoiled}
        most = max(spoiled.clean.whole for spoiled in one.spoiled)
        cells = [_kept(by.get(mode), most) for mode in modes]
        yield f"| {one.name} | {most} | {' | '.join(cells)} |"


def _kept(one: Spoiled | None, most: int) -> str:
    if one is None:
        return ""
    return percent(one.kept) + ("" if one.clean.whole == most else f" ({one.clean.whole})")


def _groups(found: Sequence[Evaluation]) -> Iterator[str]:
    rows = list(_group_rows(found))
    if not rows:
        return
    yield ""
    yield "## Languages and scripts"
    yield ""
    yield f"As `routing.scripts` recognizes them; sets with several, groups of {SMALLEST_GROUP} and more."
    yield ""
    yield "| set | written in | n | top-1 | top-3 | decided |"
    yield "|---|---|---|---|---|---|"
    yield from rows


def _group_rows(found: Sequence[Evaluation]) -> Iterator[str]:
    for one in found:
        for groups in (one.languages, one.scripts):
            large = [group for group in groups if group.top1.whole >= SMALLEST_GROUP]
            for group in large if len(large) > 1 else ():
                cells = (share(group.top1), share(group.top3), percent(group.covered.value))
                yield f"| {one.name} | {group.name} | {group.top1.whole} | {' | '.join(cells)} |"


def _how() -> Iterator[str]:
    yield ""
    yield "## How it was measured"
    yield ""
    yield from wrap(
        """Entries fit the index. The judged messages are split into two halves by a fixed seed; confidence
        and its threshold are fitted on one half and the other is measured, and then the reverse, so
        that no message is measured by what it taught. Top-1, top-3, MRR@10: in-scope messages. AUROC:
        confidence of in-scope against out-of-scope messages, ties count half. Intervals: Wilson for
        shares, bootstrap for MRR and AUROC. Damage (`routing/spoil.py`): `typoN` damages N percent of
        the words of three letters and more by one keyboard error; the Uzbek spellings are measured on
        messages recognized as Uzbek Latin only."""
    )
