"""`docs/routing.md`, measured and written: `python -m tests.house.routing_report DIR`.

DIR holds folders as `qabul evaluate` takes them; their texts stay there, only figures are written. What
stands between the two marks of the page is written by hand and kept.
"""

import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from routing.evaluation import Evaluation, FolderError, evaluate_folder
from routing.evaluation.svg import gallery_svg
from tests.benchmarks.machine import describe
from tests.house.routing_page import BEGIN, END, page

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "routing.md"
PICTURE = ROOT / "docs" / "pictures" / "routing-reliability.svg"
COMMAND = "python -m tests.house.routing_report DIR"
#: Measured a second time with its entries as agencies: decided at the bar of routing instead of answering.
ALSO_AS_AGENCY = ("kursk_agency",)
NOTHING_YET = "What is not reached is marked in the table; what was tried for it is not written down yet.\n"


def measure(folder: Path) -> list[Evaluation]:
    """Every folder in `folder`, in order of name, one to a core. Raises FolderError."""
    folders = sorted(one.parent for one in folder.glob("*/entries.jsonl"))
    if not folders:
        raise FolderError(f"No folder in {folder} has an entries.jsonl.")
    with ProcessPoolExecutor(min(len(folders), os.cpu_count() or 1)) as pool:
        return [one for part in pool.map(measured, folders) for one in part]


def measured(folder: Path) -> list[Evaluation]:
    found = [evaluate_folder(folder, progress=progress)]
    if folder.name in ALSO_AS_AGENCY:
        again = evaluate_folder(folder, kind="agency", fast=True, progress=progress)
        found.append(replace(again, name=f"{folder.name}, as agencies"))
    return found


def progress(words: str) -> None:
    print(words, file=sys.stderr)


def by_hand(before: str) -> str:
    """What a person wrote into the page so far."""
    if BEGIN not in before or END not in before:
        return NOTHING_YET
    return before.split(BEGIN, 1)[1].split(END, 1)[0].lstrip("\n")


def write(found: Sequence[Evaluation], today: date, page_path: Path = PAGE, picture: Path = PICTURE) -> None:
    """The page and its picture; the part written by hand stays as it is."""
    before = page_path.read_text(encoding="utf-8") if page_path.exists() else ""
    machine = describe()
    where = ", ".join([machine["processor"], f"{machine['cores']} cores", f"Python {machine['python']}"])
    text = page(found, COMMAND, today, where, by_hand(before), f"pictures/{picture.name}")
    page_path.write_text(text, encoding="utf-8")
    drawn = gallery_svg("Confidence and share right", [(one.name, one.bins) for one in found])
    picture.write_text(drawn + "\n", encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 1:
        print(f"Usage: {COMMAND}", file=sys.stderr)
        return 2
    try:
        found = measure(Path(arguments[0]))
    except FolderError as error:
        print(error, file=sys.stderr)
        return 1
    write(found, datetime.now(UTC).date())
    print(
        f"{PAGE.relative_to(ROOT)} and {PICTURE.relative_to(ROOT)} are written from {len(found)} measurements"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
