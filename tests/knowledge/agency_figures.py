"""How often the right body comes first, or among three: `python -m tests.knowledge.agency_figures`.

Short messages in five languages with the citizen's own district, written by hand before the rules and words
were worked on. The `dev` half may be looked at; the `frozen` half is only measured. The `-hard` ones name
bodies that are not meant: negated, quoted, or standing beside the place of the matter.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hub.appeals.routing import place_in
from hub.library.library import Library

MESSAGES = Path(__file__).parent / "data" / "agencies.jsonl"


@dataclass(frozen=True, slots=True)
class Message:
    part: str
    lang: str
    place: str
    agency: str
    text: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of `count` messages."""

    count: int
    top1: float
    top3: float


def messages(part: str) -> list[Message]:
    lines = MESSAGES.read_text(encoding="utf-8").splitlines()
    found = [Message(**json.loads(line)) for line in lines]
    return [message for message in found if message.part == part]


def ranked(library: Library, message: Message) -> list[str]:
    """Bodies as an appeal would be sent: the place in the text decides, else the citizen's own."""
    place = place_in(library.pack, message.text) or message.place
    return [agency.code for agency, *_rest in library.rank_agencies(message.text, place)]


def measure(library: Library, judged: Sequence[Message]) -> Figures:
    rankings = [(message.agency, ranked(library, message)) for message in judged]
    count = len(rankings)
    top1 = sum(found[:1] == [right] for right, found in rankings)
    top3 = sum(right in found[:3] for right, found in rankings)
    return Figures(count, top1 / count, top3 / count)


def main() -> None:
    library = Library.open("uz")
    for part in ("dev", "frozen", "dev-hard", "frozen-hard"):
        judged = messages(part)
        for lang in ("", "uz-Latn", "uz-Cyrl", "ru", "kaa", "en"):
            own = [message for message in judged if lang in ("", message.lang)]
            figures = measure(library, own)
            sys.stdout.write(
                f"{part:11} {lang or 'all':8} n={figures.count:3} "
                f"top-1 {figures.top1:6.1%} top-3 {figures.top3:6.1%}\n"
            )
    if "--wrong" in sys.argv:
        for message in (*messages("dev"), *messages("dev-hard")):
            found = ranked(library, message)
            if found[:1] != [message.agency]:
                sys.stdout.write(f"{message.agency:24} {found[:3]} {message.text}\n")


if __name__ == "__main__":
    main()
