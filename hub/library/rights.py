"""Which entries an actor may edit, and which of the others they may read."""

from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.vocabulary import Role
from hub.library.library import Library
from hub.people.actors import Actor, OfficialActor
from hub.people.permissions import may_edit_entry, may_edit_library, may_read_library


def check_reads(actor: Actor) -> None:
    """Errors: not_allowed."""
    if not may_read_library(actor):
        raise HubError("not_allowed")


def check_edits_some(actor: Actor) -> None:
    """Errors: not_allowed."""
    if not may_edit_library(actor):
        raise HubError("not_allowed")


def edits(uow: UnitOfWork, actor: Actor, owner: str | None) -> bool:
    return may_edit_entry(actor, owner, uow.of(Library).pack.info.triage)


def edits_all(uow: UnitOfWork, actor: Actor) -> bool:
    """An editor of the whole hub."""
    return edits(uow, actor, None)


def sees_drafts(uow: UnitOfWork, actor: Actor, owner: str | None) -> bool:
    administers = isinstance(actor, OfficialActor) and actor.has(Role.ADMIN)
    return administers or edits(uow, actor, owner)


def own_codes(actor: Actor) -> tuple[str, ...]:
    """Codes of the agencies whose entries the actor edits, in the order of the posts."""
    if not isinstance(actor, OfficialActor):
        return ()
    codes = [p.agency_code for p in actor.posts if p.role is Role.EDITOR and p.agency_code]
    return tuple(dict.fromkeys(codes))
