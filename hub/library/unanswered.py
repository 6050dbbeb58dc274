"""What people ask and nobody has written an answer to: similar questions together, most frequent first."""

from dataclasses import dataclass

from hub.foundation.db import UnitOfWork
from hub.people.actors import Actor


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """`words`: what the questions have in common, as typed. `examples`: up to three, masked and cut."""

    count: int
    words: tuple[str, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """`looked_at` questions of the last month without an answer (the newest 2,000 of `asked`)."""

    groups: tuple[QuestionGroup, ...]
    looked_at: int
    asked: int


async def frequent_unanswered(uow: UnitOfWork, actor: Actor, *, limit: int = 20) -> Unanswered:
    """Errors: not_allowed."""
    raise NotImplementedError
