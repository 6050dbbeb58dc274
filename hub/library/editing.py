"""Editors' acts on the library: write, publish, retire, and publish an earlier version again.

Nobody overwrites anybody: each act says which version it has seen, and of two that saw the same one the
second is told (version_conflict). What the public sees changes within two seconds of the commit.
"""

from hub.foundation.db import UnitOfWork
from hub.library.entry_views import EntryContent, EntryView
from hub.people.actors import Actor


async def create_entry(
    uow: UnitOfWork, actor: Actor, *, code: str, content: EntryContent, note: str = ""
) -> EntryView:
    """A new answer, as a draft. Errors: not_allowed, entry_taken, bad_entry_code, and those of `save_draft`
    about the content."""
    raise NotImplementedError


async def save_draft(
    uow: UnitOfWork, actor: Actor, *, code: str, content: EntryContent, version: int, note: str = ""
) -> EntryView:
    """The next version, which the public does not see yet.

    A draft may be unfinished: it needs a title in one language (a body's words: nothing).
    Errors: not_found, not_allowed, version_conflict, and about the content: entry_kind_fixed,
    entry_owner_fixed, entry_title_missing, entry_text_too_long, unknown_topic, unknown_agency, bad_validity,
    bad_language.
    """
    raise NotImplementedError


async def publish(uow: UnitOfWork, actor: Actor, *, code: str, version: int, note: str = "") -> EntryView:
    """The newest version goes to the public.

    Errors: not_found, not_allowed, version_conflict, nothing_to_publish (it is public already), and about
    what is unfinished: entry_answer_missing, entry_title_missing, entry_source_missing,
    entry_checked_missing, entry_words_missing.
    """
    raise NotImplementedError


async def retire(uow: UnitOfWork, actor: Actor, *, code: str, version: int, note: str = "") -> EntryView:
    """The public no longer sees the entry, nor the pack's of the same code. Errors: not_found, not_allowed,
    version_conflict, entry_not_public."""
    raise NotImplementedError


async def publish_again(
    uow: UnitOfWork, actor: Actor, *, code: str, number: int, version: int, note: str = ""
) -> EntryView:
    """Undo: the content of version `number` becomes the newest version, and public. Errors: not_found,
    not_allowed, version_conflict."""
    raise NotImplementedError
