"""Drafts that officials propose, for an editor of the owner to finish."""

import secrets

from sqlalchemy import select

from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.library import wording
from hub.library.entry_views import EntryContent
from hub.library.library import Library
from hub.library.models import LibraryEntry
from hub.library.stored import add_version, new_row
from hub.people.actors import Actor

TRIES = 5


async def propose(uow: UnitOfWork, actor: Actor, *, key: str, content: EntryContent, stem: str) -> str:
    """The code of a new draft made from what `key` names, or of the draft made from it before.

    Whether the actor may propose it is the caller's to know. `stem` begins the code. Errors: those of
    `save_draft` about the content.
    """
    known = await uow.session.scalar(select(LibraryEntry.code).where(LibraryEntry.proposed_key == key))
    if known is not None:
        return known
    content = wording.checked(uow.of(Library).shipped, stem, content)
    for _try in range(TRIES):
        row = await new_row(uow, f"{stem}-{secrets.token_hex(3)}", "faq", key=key)
        if row is not None:
            await add_version(uow, row, "proposed", content, actor=actor)
            return row.code
    raise HubError("unexpected")
