"""The list of appeals: tabs, search, filters, pages; and the part of it that refreshes itself."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from hub.appeals.inbox import InboxFilter, count_inbox, list_inbox
from hub.appeals.inbox_pulse import COUNTED, bodies, last_event, tallies
from hub.appeals.similar import narrowed
from hub.appeals.words import kind_word, status_word
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.i18n import LANGUAGE_NAMES, _
from hub.foundation.paging import Page
from hub.foundation.sentences import sentence
from hub.foundation.vocabulary import OPEN_STATUSES, Kind, Status
from hub.people.permissions import may_list
from hub.web.doors import Official, SignedIn, Watching, database_of
from hub.web.office.filters import address, read_filter, write_filter
from hub.web.office.frame import home, library_of, see_other, show, wants_part

router = APIRouter()

PAGE = 50
#: How many dangerous ones stand above the list; the tab has them all.
LOUD = 5


@router.get("/inbox")
async def inbox(request: Request, session: Official) -> Response:
    if not may_list(session.actor):
        if home(session.actor) != "/inbox":
            return see_other(home(session.actor))
        return show(request, session, "office/nothing.html")
    return await _list(request, session, "list" if wants_part(request) else None)


@router.get("/inbox/rows")
async def rows(request: Request, session: Watching) -> Response:
    """The list again, asked for by the open page itself."""
    return await _list(request, session, "list")


async def _list(request: Request, session: SignedIn, block: str | None) -> Response:
    zone = library_of(request).zone
    cursor = request.query_params.get("cursor") or None
    status, refusal = 200, ""
    async with database_of(request).reading() as uow:
        counts = await tallies(uow, session.actor)
        try:
            chosen = await narrowed(uow, session.actor, read_filter(request.query_params, zone))
            found = await list_inbox(uow, session.actor, chosen, cursor, PAGE)
        except HubError as error:
            if error.code not in ("bad_filter", "bad_cursor"):
                raise
            chosen, found = InboxFilter(), Page(())
            status, refusal, cursor = 400, sentence(error), None
        context = await _around(uow, session, chosen, counts, cursor)
    first = address(chosen, zone)
    return show(
        request,
        session,
        "office/inbox.html",
        status=status,
        block=block,
        active="inbox",
        chosen=chosen,
        fields=write_filter(chosen, zone),
        lines=found.items,
        refusal=refusal,
        tabs=_tabs(chosen, counts),
        here=address(chosen, zone, **({"cursor": cursor} if cursor else {})),
        rows=address(chosen, zone, "/inbox/rows", **({"cursor": cursor} if cursor else {})),
        first=first if cursor else None,
        next=address(chosen, zone, cursor=found.next) if found.next else None,
        open_statuses=OPEN_STATUSES,
        kind_options=[(kind.value, kind_word(kind)) for kind in Kind],
        status_options=[(status.value, status_word(status)) for status in Status],
        language_names=LANGUAGE_NAMES,
        **context,
    )


async def _around(
    uow: UnitOfWork, session: SignedIn, chosen: InboxFilter, counts: dict[str, int], cursor: str | None
) -> dict[str, Any]:
    """What stands around the rows, in as few questions as it takes."""
    plain = chosen == InboxFilter(view=chosen.view)
    total = counts.get(chosen.view) if plain else None
    loud: tuple[Any, ...] = ()
    if chosen == InboxFilter() and cursor is None and counts["urgent"]:
        loud = (await list_inbox(uow, session.actor, InboxFilter(view="urgent"), limit=LOUD)).items
    spanned = await bodies(uow, session.actor)
    return {
        "counts": counts,
        "total": await count_inbox(uow, session.actor, chosen) if total is None else total,
        "loud": loud,
        "bodies": spanned,
        "agency_options": [(body.code, body.name) for body in spanned],
        "last_event": await last_event(uow),
        "narrowed": not plain,
    }


def _tabs(chosen: InboxFilter, counts: dict[str, int]) -> list[tuple[str, str, bool]]:
    """Views with their counts; a tab starts afresh, without the filters of another."""
    names = {
        "open": _("Open"),
        "mine": _("Mine"),
        "unassigned": _("Unassigned"),
        "due_soon": _("Due soon"),
        "overdue": _("Overdue"),
        "urgent": _("Danger to life"),
        "answered": _("Answered"),
        "forwarded": _("Forwarded away"),
        "all": _("All"),
    }
    return [
        (
            f"{label} {counts[view]}" if view in COUNTED else label,
            "/inbox" if view == "open" else f"/inbox?view={view}",
            chosen.view == view,
        )
        for view, label in names.items()
    ]
