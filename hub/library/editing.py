"""Editors' acts on the library: write, publish, retire, and publish an earlier version again.

Nobody overwrites anybody: each act says which version it has seen, and of two that saw the same one the
second is told (version_conflict). What the public sees changes within two seconds of the commit.
"""

from dataclasses import dataclass, replace

from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.library import wording
from hub.library.catalogue import open_entry
from hub.library.entry_views import EntryContent, EntryView
from hub.library.library import Library
from hub.library.models import LibraryEntry
from hub.library.rights import check_edits_some, edits, sees_drafts
from hub.library.shipped import shipped_content
from hub.library.stored import add_version, content_of, find_row, new_row
from hub.people.actors import Actor


@dataclass(slots=True)
class _Open:
    """An entry under a lock: its newest content, and the row (None while only the pack has it)."""

    row: LibraryEntry | None
    content: EntryContent


async def create_entry(
    uow: UnitOfWork, actor: Actor, *, code: str, content: EntryContent, note: str = ""
) -> EntryView:
    """A new answer, as a draft. Errors: not_allowed, entry_taken, bad_entry_code, entry_kind_fixed, and those
    of `save_draft` about the content."""
    check_edits_some(actor)
    wording.check_code(code)
    if content.kind != "faq":
        raise HubError("entry_kind_fixed")
    pack = uow.of(Library).shipped
    content = wording.checked(pack, code, content)
    if not edits(uow, actor, content.agency):
        raise HubError("not_allowed")
    row = None
    if code not in pack.agency_by_code and shipped_content(pack, code) is None:
        row = await new_row(uow, code, "faq")
    if row is None:
        raise HubError("entry_taken")
    await add_version(uow, row, "drafted", content, actor=actor, note=wording.note(note))
    return await open_entry(uow, actor, code)


async def save_draft(
    uow: UnitOfWork, actor: Actor, *, code: str, content: EntryContent, version: int, note: str = ""
) -> EntryView:
    """The next version, which the public does not see yet.

    A draft may be unfinished: it needs a title in one language (a body's words: nothing).
    Errors: not_found, not_allowed, version_conflict, and about the content: entry_kind_fixed,
    entry_owner_fixed, entry_title_missing, entry_text_too_long, too_many_phrasings, unknown_topic,
    unknown_agency, bad_validity, bad_language.
    """
    opened = await _opened(uow, actor, code, version)
    content = _new_content(uow, actor, code, opened.content, content)
    row = await _row(uow, code, opened)
    await add_version(uow, row, "drafted", content, actor=actor, note=wording.note(note))
    return await open_entry(uow, actor, code)


async def publish(uow: UnitOfWork, actor: Actor, *, code: str, version: int, note: str = "") -> EntryView:
    """The newest version goes to the public.

    Errors: not_found, not_allowed, version_conflict, nothing_to_publish (it is public already), and about
    what is unfinished: entry_answer_missing, entry_title_missing, entry_source_missing,
    entry_checked_missing, entry_words_missing.
    """
    opened = await _opened(uow, actor, code, version)
    if opened.row is None or (opened.row.state == "published" and not opened.row.draft_waits):
        raise HubError("nothing_to_publish")
    content = wording.checked(uow.of(Library).shipped, code, opened.content)
    wording.finish(content)
    await add_version(uow, opened.row, "published", content, actor=actor, note=wording.note(note))
    return await open_entry(uow, actor, code)


async def retire(uow: UnitOfWork, actor: Actor, *, code: str, version: int, note: str = "") -> EntryView:
    """The public no longer sees the entry, nor the pack's of the same code. Errors: not_found, not_allowed,
    version_conflict, entry_not_public."""
    opened = await _opened(uow, actor, code, version)
    if opened.row is not None and opened.row.state != "published":
        raise HubError("entry_not_public")
    row = await _row(uow, code, opened)
    await add_version(uow, row, "retired", opened.content, actor=actor, note=wording.note(note))
    return await open_entry(uow, actor, code)


async def publish_again(
    uow: UnitOfWork, actor: Actor, *, code: str, number: int, version: int, note: str = ""
) -> EntryView:
    """Undo: the content of version `number` becomes the newest version, and public.

    Errors: not_found, not_allowed, version_conflict, and those of `publish` about what is unfinished.
    """
    opened = await _opened(uow, actor, code, version)
    if opened.row is None or not 0 < number <= opened.row.version:
        raise HubError("not_found")
    earlier = await content_of(uow, opened.row, number)
    content = _new_content(uow, actor, code, opened.content, earlier)
    wording.finish(content)
    await add_version(uow, opened.row, "restored", content, actor=actor, note=wording.note(note))
    return await open_entry(uow, actor, code)


async def _opened(uow: UnitOfWork, actor: Actor, code: str, version: int) -> _Open:
    """Locks the entry for a change by somebody who has seen `version`."""
    check_edits_some(actor)
    row = await find_row(uow, code, lock=True)
    content = await content_of(uow, row, row.version) if row else None
    if content is None:
        content = shipped_content(uow.of(Library).shipped, code)
    if content is None:
        raise HubError("not_found")
    if not edits(uow, actor, content.agency):
        hidden = row is not None and row.state == "draft" and not sees_drafts(uow, actor, content.agency)
        raise HubError("not_found" if hidden else "not_allowed")
    if version != (row.version if row else 0):
        raise HubError("version_conflict")
    return _Open(row, content)


def _new_content(
    uow: UnitOfWork, actor: Actor, code: str, before: EntryContent, content: EntryContent
) -> EntryContent:
    if content.kind != before.kind:
        raise HubError("entry_kind_fixed")
    if content.kind == "agency":
        content = replace(content, agency=before.agency)
    content = wording.checked(uow.of(Library).shipped, code, content)
    # An editor gives nothing away to a body they do not edit for.
    if not edits(uow, actor, content.agency):
        raise HubError("not_allowed")
    return content


async def _row(uow: UnitOfWork, code: str, opened: _Open) -> LibraryEntry:
    """The entry's row; the first change of an entry of the pack also keeps what the pack had."""
    if opened.row is not None:
        return opened.row
    row = await new_row(uow, code, opened.content.kind, state="published")
    if row is None:
        raise HubError("version_conflict")
    await add_version(uow, row, "shipped", opened.content)
    return row
