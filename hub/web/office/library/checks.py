"""What the library lacks: questions without an answer, entries that fight, languages, old answers."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.i18n import LANGUAGE_NAMES, LANGUAGES, _
from hub.library.catalogue import EntryFilter, list_entries
from hub.library.collisions import find_collisions
from hub.library.unanswered import frequent_unanswered
from hub.people.actors import OfficialActor
from hub.people.permissions import may_edit_library, may_read_library
from hub.web.doors import Official, database_of
from hub.web.office.frame import show

router = APIRouter()

LOOKS = ("unanswered", "collisions", "languages", "review")
#: Entries shown of each list that the page only points to.
FIRST = 8


@router.get("/library/checks")
async def checks(request: Request, session: Official, look: str = "unanswered") -> Response:
    """One look at a time: two of them read the questions of a month. Errors: not_found, bad_filter."""
    if not may_read_library(session.actor):
        raise HubError("not_found")
    if look not in LOOKS:
        raise HubError("bad_filter")
    async with database_of(request).reading() as uow:
        found = await _look(uow, session.actor, look)
    return show(
        request,
        session,
        "office/library/checks.html",
        active="library",
        part="checks",
        look=look,
        tabs=_tabs(look),
        may_write=may_edit_library(session.actor),
        language_codes=LANGUAGES,
        language_names=LANGUAGE_NAMES,
        **found,
    )


async def _look(uow: UnitOfWork, actor: OfficialActor, look: str) -> dict[str, Any]:
    if look == "unanswered":
        return {"unanswered": await frequent_unanswered(uow, actor)}
    if look == "collisions":
        return {"collisions": await find_collisions(uow, actor)}
    if look == "review":
        return {"due": await list_entries(uow, actor, EntryFilter(review_due=True), limit=FIRST * 3)}
    return {
        "lacking": [
            (code, await list_entries(uow, actor, EntryFilter(kind="faq", missing=code), limit=FIRST))
            for code in LANGUAGES
        ]
    }


def _tabs(look: str) -> list[tuple[str, str, bool]]:
    names = {
        "unanswered": _("Questions without an answer"),
        "collisions": _("Entries that fight"),
        "languages": _("Missing languages"),
        "review": _("To be checked again"),
    }
    return [
        (label, "/library/checks" if name == LOOKS[0] else f"/library/checks?look={name}", name == look)
        for name, label in names.items()
    ]
