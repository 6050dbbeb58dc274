"""Routing in large libraries, each in a process of its own: ratios to a peer, build, memory, changes.

`python -m tests.benchmarks.routes_large COUNT IDS_EACH SIZE` prints one JSON object: the columns of a row.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from random import Random
from typing import Any

from routing import Entry, Router
from tests.benchmarks import library_rows, peer, texts
from tests.benchmarks.table import Table, Value, percentile

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
SIZES = ((10_000, 1), (10_000, 10), (100_000, 1))
ROUNDS = 3


def measure(size: int) -> Table:
    """One row for each library; `growth` compares 100,000 with 10,000 entries of one phrasing."""
    table = Table(
        "Routing: large libraries, `Router.decide` on misspelt questions",
        "peer: scikit-learn character TF-IDF (char_wb 2-5), ten best, same entries and process, in turns; "
        f"one thread, processor time; the best of {ROUNDS} times each; peak MB: added by the build",
    )
    medians: dict[tuple[int, int], float] = {}
    for count, each in SIZES:
        columns = _in_a_process(count, each, size)
        medians[count, each] = float(columns["p50 ms"])
        if count == 100_000:
            columns["growth"] = medians[count, each] / medians[10_000, 1]
        name = f"{count:,} entries" + (f", {each} phrasings each" if each > 1 else "")
        table.add(name, **columns)
    return table


def _in_a_process(count: int, each: int, size: int) -> dict[str, Value]:
    command = [sys.executable, "-m", "tests.benchmarks.routes_large", str(count), str(each), str(size)]
    done = subprocess.run(
        command, env={**os.environ, **ONE_THREAD}, check=True, capture_output=True, text=True
    )
    columns: dict[str, Value] = json.loads(done.stdout)
    return columns


def main(count: int, each: int, size: int) -> dict[str, Value]:
    entries = library_rows.entries(count) if each == 1 else library_rows.phrasings_of_few(count, each)
    random = Random(1)
    chosen = [random.choice(entries).text for _ in range(150 * size)]
    messages = [library_rows.misspelt(text, random) for text in chosen]
    Router.build(entries[:50]).decide(messages[0])
    before = _peak()
    router, build = _timed(Router.build, entries)
    memory = _peak() - before
    _, change = _timed(router.with_changes, [Entry("new", "yangi savol")], {entries[5].id})
    other = peer.Peer([entry.text for entry in entries])
    ours, theirs = [], []
    for message in messages:
        ours.append(_best(ROUNDS, router.decide, message))
        theirs.append(_best(ROUNDS, other.ten_best, message))
    book = texts.long_text(random, 65_536)
    worst = max(_best(2, router.decide, text) for text in _hostile(random))
    return {
        "p50 ms": 1000 * percentile(ours, 0.5),
        "p99 ms": 1000 * percentile(ours, 0.99),
        "p50 ratio": percentile(ours, 0.5) / percentile(theirs, 0.5),
        "p99 ratio": percentile(ours, 0.99) / percentile(theirs, 0.99),
        "build s": build,
        "peak MB": memory,
        "change s": change,
        "64 KB ms": 1000 * _best(ROUNDS, router.decide, book),
        "hostile ms": 1000 * worst,
    }


def _hostile(random: Random) -> list[str]:
    """Texts that are made to be slow."""
    return [
        "ж" * 65_536,
        "a b " * 16_384,
        "a\u0301\u0316\u0327\u0315" * 13_000,
        "\ufdfa" * 65_536,
        "o'" * 32_768,
        " ".join("".join(random.choices(library_rows.LETTERS, k=7)) for _ in range(512)),
        " ".join("".join(random.choices(library_rows.LETTERS, k=4)) for _ in range(13_000)),
        " ".join(library_rows.rare_words(random, 6_000)),
    ]


def _best(times: int, work: Callable[[str], object], text: str) -> float:
    return min(_timed(work, text)[1] for _ in range(times))


def _timed(work: Callable[..., Any], *arguments: object) -> tuple[Any, float]:
    """With the seconds of processor it took: the process has one thread, the machine may have company."""
    begun = time.process_time()
    made = work(*arguments)
    return made, time.process_time() - begun


def _peak() -> float:
    """The most memory this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(main(*map(int, sys.argv[1:4]))))
