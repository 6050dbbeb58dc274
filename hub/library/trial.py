"""Trying a new or changed entry on the questions of the last month, before anybody sees it."""

from dataclasses import dataclass

from hub.foundation.db import UnitOfWork
from hub.library.collisions import EntryRef
from hub.library.entry_views import EntryContent
from hub.people.actors import Actor


@dataclass(frozen=True, slots=True)
class TrialLine:
    """A question, masked and cut; `other` is the entry it is taken from or falls to (None: to nobody)."""

    text: str
    other: EntryRef | None


@dataclass(frozen=True, slots=True)
class Trial:
    """The counts are exact for what was looked at; the lists hold at most 50 examples each.

    would_answer: nobody answers them now, the entry would. steals: another entry answers them now.
    loses: the entry answers them now and no longer would. `complete` is False when the time was up.
    """

    would_answer: tuple[TrialLine, ...]
    steals: tuple[TrialLine, ...]
    loses: tuple[TrialLine, ...]
    would_answer_count: int
    steals_count: int
    loses_count: int
    looked_at: int
    asked: int
    complete: bool


async def try_entry(uow: UnitOfWork, actor: Actor, *, code: str, content: EntryContent) -> Trial:
    """What would change if `content` were published under `code`. Nothing is stored; off the event loop.

    For the routing words of a body "answers" means "is sent to". `asked`: questions of the last month, of
    which the newest 2,000 are looked at. Errors: not_found, not_allowed, those of `save_draft` about
    the content, and those of `publish` about what is unfinished.
    """
    raise NotImplementedError
