"""What the forms of an appeal do. After each the browser fetches the page again (303).

A refused form comes back with everything that was typed and every file that was uploaded: nothing is lost.
"""

from collections.abc import Awaitable, Callable
from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from hub.appeals import joining, official_acts, to_library, transfers
from hub.appeals.attachments import store_upload
from hub.appeals.case import open_case
from hub.appeals.words import GROUNDS_OF
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.vocabulary import Outcome
from hub.library import agencies
from hub.library.agencies import AgencyContact
from hub.people.actors import OfficialActor
from hub.web.doors import Acting, SignedIn, database_of
from hub.web.forms import Fields, chunks_of, read_form
from hub.web.office.appeal import EVERY_BODY, Refused, case_page
from hub.web.office.frame import see_other

router = APIRouter()

#: Told as pages of their own: there is no appeal to show the form on, or it was no form of ours.
NO_PAGE = frozenset({"not_found", "csrf_failed", "bad_request", "request_too_large"})
TYPED = (
    "text",
    "word",
    "outcome",
    "note",
    "to",
    "reason",
    "until",
    "extension_reason",
    "ending",
    "conclusion",
)
CANDIDATES = 8
MAX_KEPT = 10

Perform = Callable[[UnitOfWork, OfficialActor, Fields], Awaitable[object]]


@router.post("/appeals/{number}/claim")
async def claim(request: Request, session: Acting, number: str) -> Response:
    async def perform(uow: UnitOfWork, actor: OfficialActor, _form: Fields) -> None:
        await official_acts.claim(uow, actor, number)

    return await _act(request, session, number, "claim", "claimed", perform)


@router.post("/appeals/{number}/release")
async def release(request: Request, session: Acting, number: str) -> Response:
    async def perform(uow: UnitOfWork, actor: OfficialActor, _form: Fields) -> None:
        await official_acts.release(uow, actor, number)

    return await _act(request, session, number, "release", "released", perform)


@router.post("/appeals/{number}/notes")
async def note(request: Request, session: Acting, number: str) -> Response:
    async def perform(uow: UnitOfWork, actor: OfficialActor, form: Fields) -> None:
        await official_acts.note(uow, actor, number, text=form.one("note"))

    return await _act(request, session, number, "notes", "noted", perform)


@router.post("/appeals/{number}/transfers")
async def transfer(request: Request, session: Acting, number: str) -> Response:
    async def perform(uow: UnitOfWork, actor: OfficialActor, form: Fields) -> None:
        to = await _meant(uow, actor, form.one("to"))
        await transfers.transfer(uow, actor, number, to=to, reason=form.one("reason"))

    return await _act(request, session, number, "transfers", "forwarded", perform)


@router.post("/appeals/{number}/extensions")
async def extend(request: Request, session: Acting, number: str) -> Response:
    async def perform(uow: UnitOfWork, actor: OfficialActor, form: Fields) -> None:
        try:
            until = date.fromisoformat(form.one("until"))
        except ValueError:
            raise HubError("bad_date", field="until") from None
        await transfers.extend(uow, actor, number, until=until, reason=form.one("extension_reason"))

    return await _act(request, session, number, "extensions", "extended", perform)


@router.post("/appeals/{number}/closure")
async def close(request: Request, session: Acting, number: str) -> Response:
    async def perform(uow: UnitOfWork, actor: OfficialActor, form: Fields) -> None:
        name, _, ground = form.one("ending").partition(":")
        if name not in GROUNDS_OF:
            raise HubError("ground_missing", grounds="")
        await official_acts.close(
            uow, actor, number, outcome=Outcome(name), ground=ground, conclusion=form.one("conclusion")
        )

    return await _act(request, session, number, "closure", "closed", perform)


@router.post("/appeals/{number}/proposal")
async def proposal(request: Request, session: Acting, number: str) -> Response:
    """The answer becomes the draft of an entry of the library; a second press makes no second one."""

    async def perform(uow: UnitOfWork, actor: OfficialActor, _form: Fields) -> None:
        await to_library.propose_entry(uow, actor, number)

    return await _act(request, session, number, "proposal", "proposed", perform)


@router.post("/appeals/{number}/join")
async def join(request: Request, session: Acting, number: str) -> Response:
    async def perform(uow: UnitOfWork, actor: OfficialActor, form: Fields) -> None:
        await joining.join(uow, actor, number, to=form.one("to"))

    return await _act(request, session, number, "join", "joined", perform)


@router.post("/appeals/{number}/separation")
async def separate(request: Request, session: Acting, number: str) -> Response:
    async def perform(uow: UnitOfWork, actor: OfficialActor, _form: Fields) -> None:
        await joining.separate(uow, actor, number)

    return await _act(request, session, number, "separation", "separated", perform)


@router.post("/appeals/{number}/replies")
async def reply(request: Request, session: Acting, number: str) -> Response:
    form = await read_form(request)
    final = form.one("word") == "final"
    kept = _kept(form)
    try:
        kept += await _upload(request, session.actor, number, form)
        async with database_of(request).unit_of_work() as uow:
            await official_acts.reply(
                uow,
                session.actor,
                number,
                text=form.one("text"),
                final=final,
                outcome=_outcome(form.one("outcome")) if final else None,
                attachments=[attachment_id for attachment_id, _name in kept],
                version=_version(form.one("version")),
                ask=form.one("word") == "question",
            )
    except HubError as error:
        if error.code in NO_PAGE:
            raise
        if error.code in ("version_conflict", "already_answered") and await _sent_already(
            request, session, number, form.one("text")
        ):
            return _done(number, "answered" if final else "replied")
        lost = error.code == "unknown_attachment"
        return await case_page(
            request, session, number, Refused("replies", error, _typed(form), () if lost else tuple(kept))
        )
    return _done(number, "answered" if final else "replied")


async def _act(
    request: Request, session: SignedIn, number: str, act: str, done: str, perform: Perform
) -> Response:
    form = await read_form(request)
    try:
        async with database_of(request).unit_of_work() as uow:
            await perform(uow, session.actor, form)
    except HubError as error:
        if error.code in NO_PAGE:
            raise
        candidates: tuple[AgencyContact, ...] = ()
        if error.code == "unknown_agency" and form.one("to"):
            async with database_of(request).reading() as uow:
                found = await agencies.search(uow, form.one("to"), session.actor.language, CANDIDATES)
            candidates = tuple(found)
        return await case_page(
            request, session, number, Refused(act, error, _typed(form), candidates=candidates)
        )
    return _done(number, done)


def _done(number: str, done: str) -> Response:
    return see_other(f"/appeals/{number}?done={done}")


async def _meant(uow: UnitOfWork, actor: OfficialActor, typed: str) -> str:
    """The code of the body whose code or whole name was typed. Errors: unknown_agency."""
    wanted = typed.casefold()
    for body in await agencies.search(uow, "", actor.language, EVERY_BODY):
        if wanted in (body.code.casefold(), body.name.casefold()):
            return body.code
    raise HubError("unknown_agency")


async def _upload(request: Request, actor: OfficialActor, number: str, form: Fields) -> list[tuple[str, str]]:
    """Each file is kept in a unit of its own, so that a lost race loses none of them."""
    stored = []
    chosen = form.files("files")
    if chosen:
        async with database_of(request).unit_of_work() as uow:
            if not (await open_case(uow, actor, number)).rights.reply:
                raise HubError("not_open")
    for file in chosen:
        async with database_of(request).unit_of_work() as uow:
            view = await store_upload(
                uow,
                actor,
                name=file.filename or "",
                media_type=file.content_type or "",
                chunks=chunks_of(file),
            )
        stored.append((view.id, view.name))
    return stored


def _kept(form: Fields) -> list[tuple[str, str]]:
    """Files uploaded with an earlier, refused sending of the same form."""
    pairs = [one.partition("|") for one in form.many("kept", MAX_KEPT)]
    return [(attachment_id, name) for attachment_id, _, name in pairs]


def _typed(form: Fields) -> dict[str, str]:
    return {name: form.one(name) for name in TYPED}


def _outcome(text: str) -> Outcome | None:
    try:
        return Outcome(text) if text else None
    except ValueError:
        raise HubError("bad_outcome") from None


def _version(text: str) -> int | None:
    """Which state of the appeal the writer saw; a form without it saw none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


async def _sent_already(request: Request, session: SignedIn, number: str, text: str) -> bool:
    """A second press of the button: the very text of this official stands there as the last word."""
    async with database_of(request).unit_of_work() as uow:
        case = await open_case(uow, session.actor, number)
    words = [message for message in case.messages if message.kind != "note"]
    last = words[-1] if words else None
    return (
        last is not None
        and last.author == "official"
        and last.author_name.startswith(session.actor.name)
        and last.body == text
    )
