"""The versions of an entry: who, when, why, what changed; and an earlier one published again."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.i18n import LANGUAGE_NAMES
from hub.library import editing
from hub.library.catalogue import compare, open_entry, open_version
from hub.library.entry_views import EntryKind, EntryView, VersionLine
from hub.web.doors import Acting, Official, SignedIn, database_of
from hub.web.failures import status_of, told
from hub.web.forms import read_form
from hub.web.library_words import field_word
from hub.web.office.frame import see_other, show
from hub.web.office.library.acts import NO_PAGE, read_number
from hub.web.office.library.changes import word_changes
from hub.web.office.library.entry import address_of, kind_of

router = APIRouter()

#: Versions on one page, newest first, each with what it changed.
PAGE = 20


@router.get("/library/{part}/{code}/history")
async def history(request: Request, session: Official, part: str, code: str, before: int = 0) -> Response:
    return await _page(request, session, kind_of(part), code, before=before)


@router.get("/library/{part}/{code}/restoration")
async def reloaded(_session: Official, part: str, code: str) -> Response:
    return see_other(f"{address_of(kind_of(part), code)}/history")


@router.post("/library/{part}/{code}/restoration")
async def restoration(request: Request, session: Acting, part: str, code: str) -> Response:
    """Undo: what an earlier version said becomes the newest version, and public."""
    kind, form = kind_of(part), await read_form(request)
    try:
        async with database_of(request).unit_of_work() as uow:
            await editing.publish_again(
                uow,
                session.actor,
                code=code,
                number=read_number(form, "number"),
                version=read_number(form, "version"),
                note=form.one("note"),
            )
    except HubError as error:
        if error.code in NO_PAGE:
            raise
        return await _page(request, session, kind, code, error=error)
    return see_other(f"{address_of(kind, code)}?done=restored")


async def _page(
    request: Request,
    session: SignedIn,
    kind: EntryKind,
    code: str,
    *,
    before: int = 0,
    error: HubError | None = None,
) -> Response:
    """Errors: not_found, also for whoever may not edit the entry."""
    async with database_of(request).reading() as uow:
        entry = await open_entry(uow, session.actor, code)
        if entry.kind != kind:
            raise HubError("not_found")
        older = [line for line in entry.history if not before or line.number < before]
        shown = older[:PAGE]
        steps = [await _step(uow, session, entry, line) for line in shown]
    home = address_of(kind, code)
    return show(
        request,
        session,
        "office/library/history.html",
        status=status_of(error.code) if error else 200,
        active="library",
        part="agencies" if kind == "agency" else "entries",
        entry=entry,
        home=home,
        steps=steps,
        sentence=told(error) if error else "",
        language_names=LANGUAGE_NAMES,
        next=f"{home}/history?before={shown[-1].number}" if len(older) > PAGE else None,
        first=f"{home}/history" if before else None,
    )


async def _step(uow: UnitOfWork, session: SignedIn, entry: EntryView, line: VersionLine) -> dict[str, Any]:
    """A version with what it changed against the one before it; of the first one, all of it is new."""
    numbers = [one.number for one in entry.history if one.number < line.number]
    if numbers:
        found = await compare(uow, session.actor, entry.code, older=max(numbers), newer=line.number)
        changes = [
            (field_word(one.field), one.language, word_changes(one.before, one.after)) for one in found
        ]
        return {"line": line, "changes": changes, "content": None}
    version = await open_version(uow, session.actor, entry.code, line.number)
    return {"line": line, "changes": [], "content": version.content}
