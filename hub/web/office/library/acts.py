"""What the form of an entry does. What was typed is on the page again after every refusal."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.library import editing
from hub.library.catalogue import open_entry
from hub.library.entry_views import EntryContent, EntryKind
from hub.library.rehearsal import rehearse
from hub.library.trial import try_entry
from hub.people.actors import OfficialActor
from hub.web.doors import Acting, SignedIn, database_of
from hub.web.forms import Fields, read_form
from hub.web.office.frame import see_other, wants_part
from hub.web.office.library.entry import Shown, address_of, differences, entry_page, kind_of
from hub.web.office.library.fields import Typed, content_of, typed_in, typed_of

router = APIRouter()

#: Told as pages of their own: there is no entry to show the form on, or it was no form of ours.
NO_PAGE = frozenset({"not_found", "not_allowed", "csrf_failed", "bad_request", "request_too_large"})

Perform = Callable[[UnitOfWork, OfficialActor, EntryContent, int, str], Awaitable[object]]


@router.post("/library/{part}/{code}/draft")
async def draft(request: Request, session: Acting, part: str, code: str) -> Response:
    async def save(
        uow: UnitOfWork, actor: OfficialActor, content: EntryContent, version: int, note: str
    ) -> None:
        await editing.save_draft(uow, actor, code=code, content=content, version=version, note=note)

    return await _act(request, session, kind_of(part), code, "draft", "drafted", save)


@router.post("/library/{part}/{code}/publication")
async def publication(request: Request, session: Acting, part: str, code: str) -> Response:
    """What stands in the form goes to the public; it is saved as a version first when it is new."""

    async def publish(
        uow: UnitOfWork, actor: OfficialActor, content: EntryContent, version: int, note: str
    ) -> None:
        entry = await open_entry(uow, actor, code)
        if content != entry.content:
            entry = await editing.save_draft(
                uow, actor, code=code, content=content, version=version, note=note
            )
            version = entry.version
        await editing.publish(uow, actor, code=code, version=version, note=note)

    return await _act(request, session, kind_of(part), code, "publication", "published", publish)


@router.post("/library/{part}/{code}/retirement")
async def retirement(request: Request, session: Acting, part: str, code: str) -> Response:
    kind, form = kind_of(part), await read_form(request)
    try:
        async with database_of(request).unit_of_work() as uow:
            await editing.retire(
                uow, session.actor, code=code, version=read_number(form, "version"), note=form.one("note")
            )
    except HubError as error:
        return await _refused(request, session, kind, code, form, "retirement", error)
    return see_other(f"{address_of(kind, code)}?done=retired")


@router.post("/library/{part}/{code}/preview")
async def preview(request: Request, session: Acting, part: str, code: str) -> Response:
    """As the citizen will see what stands in the form; nothing is saved."""
    form = await read_form(request)
    shown = Shown(_typed(form), read_number(form, "version"), "preview")
    block = "preview" if wants_part(request) else None
    return await entry_page(request, session, kind_of(part), code, shown, block)


@router.post("/library/{part}/{code}/trial")
async def trial(request: Request, session: Acting, part: str, code: str) -> Response:
    """What stands in the form, tried on the questions of the last month; nothing is saved."""

    async def look(uow: UnitOfWork, content: EntryContent, _form: Fields) -> dict[str, Any]:
        return {"trial": await try_entry(uow, session.actor, code=code, content=content)}

    return await _look(request, session, kind_of(part), code, "trial", look)


@router.post("/library/{part}/{code}/sentence")
async def sentence(request: Request, session: Acting, part: str, code: str) -> Response:
    """One sentence tried on the library with what stands in the form; nothing is saved."""

    async def look(uow: UnitOfWork, content: EntryContent, form: Fields) -> dict[str, Any]:
        text = form.one("sentence")
        return {"rehearsal": await rehearse(uow, session.actor, text=text, code=code, content=content)}

    return await _look(request, session, kind_of(part), code, "sentence", look)


async def _look(
    request: Request,
    session: SignedIn,
    kind: EntryKind,
    code: str,
    act: str,
    look: Callable[[UnitOfWork, EntryContent, Fields], Awaitable[dict[str, Any]]],
) -> Response:
    form = await read_form(request)
    typed, version, said = _typed(form), read_number(form, "version"), form.one("sentence")
    block = act if wants_part(request) else None
    try:
        content = content_of(typed, kind)
        async with database_of(request).reading() as uow:
            seen = await look(uow, content, form)
    except HubError as error:
        if error.code in NO_PAGE:
            raise
        return await entry_page(
            request, session, kind, code, Shown(typed, version, act, error, sentence=said), block
        )
    return await entry_page(
        request, session, kind, code, Shown(typed, version, act, sentence=said, **seen), block
    )


async def _act(
    request: Request, session: SignedIn, kind: EntryKind, code: str, act: str, done: str, perform: Perform
) -> Response:
    form = await read_form(request)
    try:
        content = content_of(_typed(form), kind)
        async with database_of(request).unit_of_work() as uow:
            await perform(uow, session.actor, content, read_number(form, "version"), form.one("note"))
    except HubError as error:
        return await _refused(request, session, kind, code, form, act, error)
    return see_other(f"{address_of(kind, code)}?done={done}")


async def _refused(
    request: Request, session: SignedIn, kind: EntryKind, code: str, form: Fields, act: str, error: HubError
) -> Response:
    """The form with what was typed; after a lost race with the other's version beside it.

    The form then carries the newest version: whoever saves again has seen it.
    """
    if error.code in NO_PAGE:
        raise error
    typed, version = _typed(form), read_number(form, "version")
    if error.code != "version_conflict":
        return await entry_page(request, session, kind, code, Shown(typed, version, act, error))
    async with database_of(request).reading() as uow:
        entry = await open_entry(uow, session.actor, code)
    theirs = differences(typed, typed_of(entry.content))
    return await entry_page(
        request, session, kind, code, Shown(typed, entry.version, act, error, theirs=theirs)
    )


def _typed(form: Fields) -> Typed:
    typed = typed_in(form)
    typed["shown"] = form.one("shown")
    return typed


def read_number(form: Fields, name: str) -> int:
    """The number of a version; a form without it has seen none."""
    text = form.one(name)
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else -1
