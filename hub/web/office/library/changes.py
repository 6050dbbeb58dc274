"""What changed between two texts, in words: for people who read, not for programs that patch."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Change = Literal["same", "added", "removed"]

#: Words, runs of blank space, and single signs; together they are the text again.
TOKENS = re.compile(r"\w+|\s+|[^\w\s]")
#: Longer texts are compared line by line: comparing words costs their number squared.
MAX_TOKENS = 3_000
#: Words that stay between two changes are shown; runs longer than this are cut in the middle.
MAX_SAME = 240
SHOWN_SAME = 100


@dataclass(frozen=True, slots=True)
class Piece:
    """`same` pieces may be shortened (with an ellipsis); `added` and `removed` ones are whole."""

    change: Change
    text: str


def word_changes(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces in reading order; one `same` piece when nothing changed, none when both are empty."""
    old, new = TOKENS.findall(before), TOKENS.findall(after)
    if max(len(old), len(new)) > MAX_TOKENS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if max(len(old), len(new)) > MAX_TOKENS:
        old, new = [before], [after]
    found: list[Piece] = []
    for name, start, end, begin, finish in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if name == "equal":
            found.append(Piece("same", "".join(old[start:end])))
            continue
        found += [Piece("removed", "".join(old[start:end]))] if end > start else []
        found += [Piece("added", "".join(new[begin:finish]))] if finish > begin else []
    return _readable(found)


def _readable(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Blank space alone between two changes belongs to them; long unchanged runs are cut."""
    joined: list[Piece] = []
    removed, added = "", ""
    for place, piece in enumerate(pieces):
        if piece.change == "removed":
            removed += piece.text
        elif piece.change == "added":
            added += piece.text
        elif (removed or added) and not piece.text.strip() and place + 1 < len(pieces):
            removed, added = removed + piece.text, added + piece.text
        else:
            joined += _changed(removed, added)
            removed = added = ""
            joined.append(piece)
    joined += _changed(removed, added)
    last = len(joined) - 1
    return tuple(
        Piece("same", _cut(piece.text, first=place == 0, last=place == last))
        if piece.change == "same" and last > 0
        else piece
        for place, piece in enumerate(joined)
    )


def _changed(removed: str, added: str) -> list[Piece]:
    found = [Piece("removed", removed)] if removed else []
    return [*found, Piece("added", added)] if added else found


def _cut(text: str, *, first: bool, last: bool) -> str:
    if len(text) <= MAX_SAME:
        return text
    before = "" if first else text[:SHOWN_SAME].rpartition(" ")[0]
    after = "" if last else text[-SHOWN_SAME:].partition(" ")[2]
    return f"{before} … {after}"
