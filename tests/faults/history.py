"""What people did and were told, written down apart from the system: the checker believes nothing else."""

import re
from dataclasses import dataclass, field

#: One marked text is one appeal, whatever number it gets.
MARK = r"belgi-[a-z0-9]+-\d+-\d+"


@dataclass
class Filed:
    """An appeal that a citizen confirmed. `numbers` are those they were shown."""

    mark: str
    chat: int
    attachments: int = 0
    pressed_at: float = 0.0
    receipt_seen: bool = False


@dataclass
class Answered:
    """A final answer that the API accepted for one of these appeals."""

    mark: str
    number: str
    chat: int


@dataclass
class History:
    filed: dict[str, Filed] = field(default_factory=dict)
    answered: list[Answered] = field(default_factory=list)
    #: Instants (Unix seconds) at which something was killed, and what.
    kills: list[tuple[float, str]] = field(default_factory=list)
    #: Updates that rightly get no answer of their own: the further parts of an album.
    silent: int = 0
    acts: int = 0
    #: Seconds from the return of a part that was away to the first sign of life.
    resumed: list[float] = field(default_factory=list)


def mark_of(text: str) -> str | None:
    """The mark in an appeal's text; None for a text that is none of ours."""
    found = re.search(MARK, text)
    return found.group(0) if found else None
