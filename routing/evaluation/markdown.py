"""Evaluations as one Markdown page: a table of all sets, then each in full with its reliability diagram."""

import platform
from collections.abc import Sequence
from datetime import date

from routing.evaluation.evaluation import Evaluation
from routing.evaluation.svg import reliability_svg
from routing.evaluation.text import as_text, interval, percent, share


def as_markdown(found: Sequence[Evaluation], command: str, today: date) -> str:
    """Ids may stand in it (the worst confusions), texts never."""
    head = [
        "# How good routing is",
        "",
        f"Measured on {today.isoformat()} with `{command}`; {machine()}.",
        "Shares in percent with 95 % intervals.",
        "",
        *overview(found),
    ]
    for one in found:
        diagram = reliability_svg(f"{one.name}: confidence and share right", one.bins)
        head += ["", f"## {one.name}", "", diagram, "", "```text", as_text(one), "```"]
    return "\n".join(head) + "\n"


def overview(found: Sequence[Evaluation]) -> list[str]:
    """The table of all sets."""
    lines = [
        "| set | n in / out | top-1 | top-3 | MRR@10 | decided | right of decided | AUROC | ECE |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for one in found:
        cells = (
            one.name,
            f"{one.queries - one.outside} / {one.outside}",
            share(one.top1),
            share(one.top3),
            interval(one.mrr),
            percent(one.covered.value),
            f"{share(one.precision)} of {one.precision.whole}",
            interval(one.auroc),
            f"{one.calibration_error:.3f}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def machine() -> str:
    """What the times were measured on, in a few words."""
    return f"{platform.machine()}, Python {platform.python_version()}"
