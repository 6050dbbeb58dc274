"""`python -m tests.routing.similar_figures`: how the pairs of data/similar.jsonl come out, least alike first.

The pairs were written for this purpose, in five languages; the thresholds of `routing.similar` were chosen on
them, so the figures say that nothing got worse, not how good they are on other texts.
"""

import json
from collections import Counter
from pathlib import Path

from routing import similar

PAIRS = Path(__file__).with_name("data") / "similar.jsonl"


def pairs() -> list[dict[str, str]]:
    return [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    scored = sorted(
        (similar.similarity(one["a"], one["b"]), one["expected"], one["id"], one["how"]) for one in pairs()
    )
    for score, expected, id_, how in scored:
        print(f"{score:.3f} {expected:9} {id_:10} {how}")
    told = Counter((one["expected"], similar.likeness(one["a"], one["b"])) for one in pairs())
    for (expected, said), count in sorted(told.items()):
        print(f"{expected:9} said to be {said:9} {count}")


if __name__ == "__main__":
    main()
