"""Several matters in one message, noticed so that each can be filed alone. Cautious: one matter stays one.

A message falls apart only where its writer shows it: numbered points, paragraphs, or sentences that begin
with "also", "secondly". Each part must speak of another body, and surely enough.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from routing.clauses import said, tells
from routing.normalize import cap
from routing.reading import Reading

#: Says whose matter a part is and how surely; None when nobody's.
Judge = Callable[[str], tuple[str, float] | None]

SURE = 0.5
MOST = 5
#: Pieces looked at; a longer message is left whole.
PIECES = 24
#: Telling words of a part; a sentence alone must say more than a point or a paragraph does.
TELLING, TELLING_ALONE = 2, 3
_POINT = re.compile(r"(?m)^[ \t]*(?:\d{1,2}[.)]|[-•*–])[ \t]+")
_INLINE_POINT = re.compile(r"(?:(?<=\s)|^)(?:\d{1,2}\)|\d{1,2}\.)\s+(?=[^\W\d])")
_PARAGRAPH = re.compile(r"\n\s*\n|\n")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True, slots=True)
class Part:
    """One matter of a message: the writer's own words and whose matter they are."""

    text: str
    id: str
    confidence: float


def split_matters(text: str, judge: Judge) -> tuple[Part, ...]:
    """Two to five parts of different bodies, in the order of the text; empty when it is one matter.

    What comes before the first matter (who writes, where they live) stands before every part.
    """
    text = text.strip()
    if len(cap(text)) < len(text):
        return ()
    for (pieces, shown), least in (
        (_points(text), TELLING), (_paragraphs(text), TELLING), (_sentences(text), TELLING_ALONE),
    ):  # fmt: skip
        parts = _parts(pieces, shown, judge, least) if 2 <= len(pieces) <= PIECES else ()
        if parts:
            return parts
    return ()


def _points(text: str) -> tuple[list[str], list[bool | None]]:
    """Pieces, and whether each shows that a new matter begins; None: words before the points, never one."""
    for pattern in (_POINT, _INLINE_POINT):
        starts = [match.start() for match in pattern.finditer(text)]
        if len(starts) < 2:
            continue
        opening = text[: starts[0]].strip()
        ends = [*starts[1:], len(text)]
        points = [pattern.sub("", text[a:b], count=1).strip() for a, b in zip(starts, ends, strict=True)]
        return (
            ([opening, *points], [None, *(True for _ in points)])
            if opening
            else (points, [True] * len(points))
        )
    return [], []


def _paragraphs(text: str) -> tuple[list[str], list[bool | None]]:
    pieces = [piece.strip() for piece in _PARAGRAPH.split(text) if piece.strip()]
    return pieces, [True] * len(pieces)


def _sentences(text: str) -> tuple[list[str], list[bool | None]]:
    pieces = [piece.strip() for piece in _SENTENCE.split(text) if piece.strip()]
    return pieces, [_begins_another(piece) for piece in pieces]


def _begins_another(sentence: str) -> bool:
    reading = Reading(sentence[:200])
    return any(reading.at("also", place) for place in range(min(2, len(reading.words))))


def _parts(pieces: Sequence[str], shown: Sequence[bool | None], judge: Judge, least: int) -> tuple[Part, ...]:
    groups: list[list[str]] = []
    verdicts: list[tuple[str, float]] = []
    opening: list[str] = []
    for piece, begins in zip(pieces, shown, strict=True):
        verdict = judge(piece) if begins is not None and tells(said(piece), least) else None
        if verdict is None or verdict[1] < SURE:
            (groups[-1] if groups else opening).append(piece)
        elif not groups:
            groups.append([piece])
            verdicts.append(verdict)
        elif verdict[0] in (known := [one for one, _ in verdicts]):
            groups[known.index(verdict[0])].append(piece)
        elif begins:
            groups.append([piece])
            verdicts.append(verdict)
        else:
            return ()  # two bodies in one breath: more likely one matter that touches both
    if not 2 <= len(groups) <= MOST:
        return ()
    before = "\n".join(opening)
    return tuple(
        Part("\n".join(([before] if before else []) + group), verdict[0], verdict[1])
        for group, verdict in zip(groups, verdicts, strict=True)
    )
