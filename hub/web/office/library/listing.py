"""The list of the library: search, filters in the address, pages, and what each entry lacks."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from hub.foundation.errors import HubError
from hub.foundation.i18n import LANGUAGE_NAMES, LANGUAGES, _
from hub.foundation.paging import Page
from hub.library.catalogue import library_state, list_entries
from hub.people.permissions import may_edit_library
from hub.web.doors import Official, database_of
from hub.web.failures import told
from hub.web.library_words import state_options
from hub.web.office.frame import library_of, show
from hub.web.office.library.filters import PATH, Chosen, address, read_chosen

router = APIRouter()

PAGE = 50


@router.get("/library")
async def entries(request: Request, session: Official) -> Response:
    """Errors: not_found for whoever may not read the library."""
    query = request.query_params
    cursor = query.get("cursor") or None
    status, refusal = 200, ""
    async with database_of(request).reading() as uow:
        state = await library_state(uow, session.actor)
        try:
            chosen = read_chosen(query)
            found = await list_entries(uow, session.actor, chosen.filter(), cursor, PAGE)
        except HubError as error:
            if error.code not in ("bad_filter", "bad_cursor"):
                raise
            chosen, found, cursor = Chosen(), Page(()), None
            status, refusal = 400, told(error)
    return show(
        request,
        session,
        "office/library/list.html",
        status=status,
        active="library",
        part="agencies" if chosen.kind == "agency" else "entries",
        chosen=chosen,
        lines=found.items,
        refusal=refusal,
        state=state,
        may_write=may_edit_library(session.actor),
        tabs=_tabs(chosen),
        clear=address(Chosen(kind=chosen.kind)),
        first=address(chosen) if cursor else None,
        next=address(chosen, cursor=found.next) if found.next else None,
        state_options=state_options(),
        language_codes=LANGUAGES,
        language_names=LANGUAGE_NAMES,
        agency_options=_bodies(request, session.actor.language),
        path=PATH,
    )


def _tabs(chosen: Chosen) -> list[tuple[str, str, bool]]:
    names = {"all": _("All"), "waiting": _("Changes not published"), "due": _("To be checked again")}
    return [
        (label, address(Chosen(kind=chosen.kind, view=view)), chosen.view == view)
        for view, label in names.items()
    ]


def _bodies(request: Request, language: str) -> list[tuple[str, str]]:
    """Bodies that own answers in practice: all but the two hundred local ones."""
    library = library_of(request)
    return [
        (agency.code, library.agency_name(agency.code, language))
        for agency in library.pack.agencies
        if agency.kind != "local"
    ]
