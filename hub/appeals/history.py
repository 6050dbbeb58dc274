"""The append-only history: every change of an appeal leaves an event, in one call."""

from typing import Any

from hub.appeals.models import Appeal, AppealEvent
from hub.foundation.db import UnitOfWork
from hub.foundation.live import Bell
from hub.people.actors import Actor, CitizenActor, HolderActor, OfficialActor, VisitorActor


def record(uow: UnitOfWork, appeal: Appeal, type_: str, actor: Actor, **data: Any) -> AppealEvent:
    """Adds the event and tells the agency's open pages, once the transaction holds."""
    appeal.last_seq += 1
    event = AppealEvent(
        appeal_id=appeal.id,
        seq=appeal.last_seq,
        type=type_,
        at=uow.now,
        actor_kind=actor_kind(actor),
        actor_id=actor_id(actor),
        agency_id=appeal.agency_id,
        data=data,
    )
    uow.session.add(event)
    uow.after_commit(uow.of(Bell).ringer("inbox"))
    return event


def actor_kind(actor: Actor) -> str:
    match actor:
        case OfficialActor():
            return "official"
        case CitizenActor() | HolderActor() | VisitorActor():
            return "citizen"
    return "system"


def actor_id(actor: Actor) -> int | None:
    return actor.id if isinstance(actor, OfficialActor | CitizenActor) else None
