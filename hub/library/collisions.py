"""Entries that fight over the same questions: first and second with nearly the same right."""

from dataclasses import dataclass

from hub.foundation.db import UnitOfWork
from hub.people.actors import Actor


@dataclass(frozen=True, slots=True)
class EntryRef:
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Collision:
    """`questions` of the last month and `phrasings` of the library where the two stood nearly level.

    `examples`: up to three of those questions, masked and cut, phrasings where there are no questions.
    """

    first: EntryRef
    second: EntryRef
    questions: int
    phrasings: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Collisions:
    """Most contested first. `complete` is False when the time was up before everything was looked at."""

    pairs: tuple[Collision, ...]
    questions_looked_at: int
    phrasings_looked_at: int
    complete: bool


async def find_collisions(uow: UnitOfWork, actor: Actor, *, limit: int = 50) -> Collisions:
    """Of the running library. Errors: not_allowed."""
    raise NotImplementedError
