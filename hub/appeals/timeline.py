"""The history as sentences in the reader's language."""

from datetime import date

from hub.appeals.models import AppealEvent
from hub.appeals.names import agency_views, official_names
from hub.appeals.views import EventView
from hub.appeals.words import outcome_word, verdict_word
from hub.foundation.dates import write_date
from hub.foundation.db import UnitOfWork
from hub.foundation.i18n import N_, _, speaking
from hub.library.library import Library

SENTENCES = {
    "registered": N_("Registered and sent to: %(agency)s"),
    "claimed": N_("Taken by an official"),
    "released": N_("Released by the official"),
    "replied": N_("A message was sent to the applicant"),
    "answered": N_("The final answer was sent: %(outcome)s"),
    "noted": N_("An internal note was added"),
    "forwarded": N_("Forwarded from %(from_)s to %(to)s. Reason: %(reason)s"),
    "extended": N_("The term was extended to %(until)s. Reason: %(reason)s"),
    "closed": N_("Closed: %(outcome)s"),
    "added": N_("The applicant added a message"),
    "withdrawn": N_("The applicant withdrew the appeal"),
    "read": N_("The applicant has read the answer"),
    "judged": N_("The applicant's verdict: %(verdict)s"),
    "rated": N_("The applicant rated the answer: %(stars)s of 5"),
    "reopened": N_("Reopened by the applicant"),
    "adopted": N_("The applicant tied the appeal to a chat"),
    "tied": N_("The applicant tied an e-mail address"),
    "joined": N_("Joined to the earlier appeal %(to)s of the same person"),
    "took_in": N_("The appeal %(number)s of the same person was joined to this one"),
    "separated": N_("Separated from the appeal %(from_)s again"),
    "let_go": N_("The appeal %(number)s is considered by itself again"),
    "warned": N_("%(stage)s %% of the term has passed"),
    "breached": N_("The term has passed without an answer"),
}
#: Nobody outside the bodies sees these.
INTERNAL = frozenset({"noted", "claimed", "released", "warned"})


async def tell(
    uow: UnitOfWork, events: list[AppealEvent], language: str, *, for_citizen: bool
) -> tuple[EventView, ...]:
    """Oldest first. Citizens read bodies' names, officials also each other's."""
    people = {} if for_citizen else await official_names(uow, _officials(events))
    bodies = await agency_views(uow, {e.agency_id for e in events if e.agency_id}, language)
    with speaking(language):
        return tuple(
            EventView(
                type=event.type,
                at=event.at,
                sentence=_sentence(uow, event, language),
                by=_author(event, people, bodies[event.agency_id].name if event.agency_id else ""),
            )
            for event in events
            if not (for_citizen and event.type in INTERNAL)
        )


def _officials(events: list[AppealEvent]) -> set[int]:
    return {e.actor_id for e in events if e.actor_kind == "official" and e.actor_id}


def _sentence(uow: UnitOfWork, event: AppealEvent, language: str) -> str:
    params = dict(event.data)
    library = uow.of(Library)
    for name in ("agency", "from_", "to"):
        if params.get(name) in library.pack.agency_by_code:
            params[name] = library.agency_name(params[name], language)
    if "outcome" in params:
        params["outcome"] = outcome_word(params["outcome"])
    if "verdict" in params:
        params["verdict"] = verdict_word(params["verdict"])
    if "until" in params:
        params["until"] = write_date(date.fromisoformat(params["until"]))
    return _(SENTENCES[event.type]) % params if event.type in SENTENCES else event.type


def _author(event: AppealEvent, people: dict[int, str], body: str) -> str:
    if event.actor_kind == "citizen":
        return _("the applicant")
    if event.actor_kind == "official":
        return people.get(event.actor_id or 0, body)
    return _("Qabul")
