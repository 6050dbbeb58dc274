"""What people did and were told, written down apart from the system: the checker believes nothing else."""

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
