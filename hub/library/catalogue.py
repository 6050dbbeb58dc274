"""The library as editors read it: the list, one entry, its versions and their differences."""

from dataclasses import dataclass

from hub.foundation.db import UnitOfWork
from hub.foundation.paging import Page
from hub.library.entry_views import (
    Change,
    EntryKind,
    EntryLine,
    EntryState,
    EntryView,
    LibraryState,
    VersionView,
)
from hub.people.actors import Actor


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """`q` is looked for in titles and codes. `mine`: only what the actor may edit. `agency` is a code."""

    q: str = ""
    kind: EntryKind | None = None
    state: EntryState | None = None
    agency: str | None = None
    mine: bool = False
    draft_waits: bool = False
    review_due: bool = False


async def list_entries(
    uow: UnitOfWork, actor: Actor, wanted: EntryFilter, cursor: str | None = None, limit: int = 50
) -> Page[EntryLine]:
    """By code: the pack's entries and the stored ones as one list. Drafts only to those who may edit them.

    Errors: not_allowed, bad_cursor.
    """
    raise NotImplementedError


async def open_entry(uow: UnitOfWork, actor: Actor, code: str) -> EntryView:
    """Errors: not_allowed; not_found, also for another agency's draft."""
    raise NotImplementedError


async def open_version(uow: UnitOfWork, actor: Actor, code: str, number: int) -> VersionView:
    """One version, whole. Errors: not_allowed, not_found."""
    raise NotImplementedError


async def compare(uow: UnitOfWork, actor: Actor, code: str, *, older: int, newer: int) -> tuple[Change, ...]:
    """What changed from version `older` to `newer`. Errors: not_allowed, not_found."""
    raise NotImplementedError


async def library_state(uow: UnitOfWork, actor: Actor) -> LibraryState:
    """Which edition serves here, and why a newer one does not. Errors: not_allowed."""
    raise NotImplementedError


def topics(uow: UnitOfWork, language: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of the pack's topics, for a select."""
    raise NotImplementedError


async def own_agencies(uow: UnitOfWork, actor: Actor, language: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of the owners the actor may give an entry; the first is the one to propose.

    An editor of the whole hub may give any body, and the code "" for the hub itself.
    """
    raise NotImplementedError
