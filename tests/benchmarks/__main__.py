"""`python -m tests.benchmarks [--size N] [--only NAME ...]`: tables on stdout, the same in var/bench.json.

The default size takes about three minutes; N makes each measurement N times as long.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from hub.foundation.logs import configure_logs
from tests.benchmarks import chat, databases, inbox, machine, register, routes, routes_large, similar
from tests.benchmarks.table import Table

ROOT = Path(__file__).parents[2]
#: A disk, where the folder for temporary files may be memory: a commit must reach something.
DISK = Path("/var/tmp")
NAMES = ("routing", "chat", "register", "inbox", "similar")


def main() -> int:
    arguments = read_arguments()
    if DISK.is_dir():
        tempfile.tempdir = str(DISK)
    configure_logs("WARNING")
    begun = time.monotonic()
    about = machine.describe()
    print("; ".join(f"{name} {value}" for name, value in about.items()), flush=True)
    with tempfile.TemporaryDirectory(prefix="qabul-bench-") as folder:
        tables = asyncio.run(measure(Path(folder), arguments.only or NAMES, arguments.size))
    seconds = time.monotonic() - begun
    target = ROOT / "var" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    report = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "size": arguments.size,
        "seconds": round(seconds, 1),
        "machine": about,
        "tables": [table.as_json() for table in tables],
    }
    target.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"\nTook {seconds:.0f} s; the same figures are in {target.relative_to(ROOT)}.")
    return 0


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Measure Qabul.")
    parser.add_argument("--size", type=int, default=1, help="how many times the small default")
    parser.add_argument("--only", nargs="+", choices=NAMES, help="only these measurements")
    return parser.parse_args()


async def measure(folder: Path, names: tuple[str, ...], size: int) -> list[Table]:
    tables: list[Table] = []

    def show(*made: Table) -> None:
        for table in made:
            print(f"\n{table.text()}", flush=True)
        tables.extend(made)

    if "routing" in names:
        show(await asyncio.to_thread(routes.measure, size))
        show(await asyncio.to_thread(routes_large.measure, size))
    if "chat" in names:
        show(*await chat.measure(made(folder, "run"), size))
    if {"register", "inbox", "similar"} & set(names):
        with databases.servers(made(folder, "databases")) as servers:
            if "register" in names:
                show(*await register.measure(made(folder, "serve"), servers, size))
            if "inbox" in names:
                show(*await inbox.measure(made(folder, "inbox"), servers, size))
            if "similar" in names:
                show(*await similar.measure(made(folder, "similar"), servers, size))
    return tables


def made(folder: Path, name: str) -> Path:
    path = folder / name
    path.mkdir()
    return path


if __name__ == "__main__":
    sys.exit(main())
