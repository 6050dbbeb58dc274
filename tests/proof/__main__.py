"""`python -m tests.proof [--minutes 55] [--seeds N] [--step NAME]... [--resume]`: figures as text and a file.

The file is var/proof.json. Without --resume every count starts at nought; with it, seeds and counts go on
where they stopped (after Ctrl-C as well: each finished seed is written down). --seeds N runs at most N seeds
of each step. Exit 1 when anything was lost; the seed that showed it is printed and kept in the file.
"""

import argparse
import asyncio
import json
import os
import platform
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.faults.checker import Report
from tests.faults.nursery import Nursery, open_nursery
from tests.proof.steps import STEPS, Step

RECORD = Path(__file__).parents[2] / "var" / "proof.json"


def main() -> int:
    options = read_options()
    record = json.loads(RECORD.read_text()) if options.resume and RECORD.exists() else {"steps": {}}
    record["machine"] = f"{os.cpu_count()} CPUs, Python {platform.python_version()}, {platform.system()}"
    steps = [step for step in STEPS if not options.step or step.name in options.step]
    began, whole = time.monotonic(), sum(step.share for step in steps)
    with open_nursery() as nursery:
        for place, step in enumerate(steps):
            left = options.minutes * 60 - (time.monotonic() - began)
            rest = sum(other.share for other in steps[place:])
            prove(step, nursery, record, left * step.share / min(rest, whole), options.seeds)
    print(summary(record))
    return 1 if any(found["failures"] for found in record["steps"].values()) else 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.proof", description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=55, help="for all steps together (default 55)")
    parser.add_argument("--seeds", type=int, default=10**6, help="at most so many seeds of each step")
    parser.add_argument("--step", action="append", choices=[step.name for step in STEPS])
    parser.add_argument("--resume", action="store_true", help="go on from var/proof.json")
    return parser.parse_args()


def prove(step: Step, nursery: Nursery, record: dict[str, Any], seconds: float, seeds: int) -> None:
    """Seeds of one step until its time is up, at least one; each finished one is written down."""
    found = record["steps"].setdefault(step.name, {"seeds": 0, "counts": {}, "failures": [], "resumed": []})
    print(f"\n{step.name}: {step.words}", flush=True)
    end, longest = time.monotonic() + seconds, 0.0
    for _run in range(seeds):
        began, seed = time.monotonic(), 1000 + found["seeds"]
        try:
            report: Report | None = asyncio.run(step.prove(seed, nursery))
            trouble = "" if report is not None and report.sound else str(report)
        except (AssertionError, TimeoutError) as error:
            report, trouble = None, f"{type(error).__name__}: {error}"
        found["seeds"] += 1
        if report is not None:
            found["counts"] = dict(Counter(found["counts"]) + Counter(report.figures()))
            found["resumed"] += [round(one, 1) for one in report.resumed]
        if trouble:
            found["failures"].append({"seed": seed, "trouble": trouble[:4000]})
        took = time.monotonic() - began
        print(
            f"  seed {seed}: {'FAILED ' + trouble if trouble else _short(report)} ({took:.0f} s)", flush=True
        )
        record["date"] = datetime.now(UTC).isoformat(timespec="minutes")
        RECORD.parent.mkdir(exist_ok=True)
        RECORD.write_text(json.dumps(record, indent=1))
        longest = max(longest, took)
        if time.monotonic() + longest > end:
            return


def _short(report: Report | None) -> str:
    assert report is not None
    updates, sent = report.of("update -> arrival").total, report.of("outbox -> chat")
    return f"{report.kills} kills, {updates} updates, {sent.total} messages, {sent.allowed} repeats, 0 lost"


def summary(record: dict[str, Any]) -> str:
    lines = [f"\n{record.get('date', '')}, {record['machine']}"]
    total: Counter[str] = Counter()
    for name, found in record["steps"].items():
        counts = found["counts"]
        total += Counter(counts)
        back = f", back after at most {max(found['resumed'])} s" if found["resumed"] else ""
        lines.append(
            f"{name:16} seeds {found['seeds']:4}  kills {counts.get('kills', 0):5}  "
            f"updates {counts.get('update -> arrival: N', 0):7}  "
            f"appeals {counts.get('confirmed -> appeal: N', 0):6}  "
            f"messages {counts.get('outbox -> chat: N', 0):7}  "
            f"repeats {counts.get('outbox -> chat: repeats after doubt', 0):4}  "
            f"failures {len(found['failures'])}{back}"
        )
    kills = total["kills"]
    lost = sum(len(found["failures"]) for found in record["steps"].values())
    if kills and not lost:
        lines.append(
            f"Nothing lost, nothing twice, nothing out of order in N = {kills} kills: with 95 % confidence "
            f"fewer than {3 / kills:.2%} of such kills lose anything."
        )
    for name, found in record["steps"].items():
        lines += [f"FAILED {name} seed {one['seed']}: {one['trouble'][:300]}" for one in found["failures"]]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
