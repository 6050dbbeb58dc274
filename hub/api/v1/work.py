"""What officials' programs do with appeals: list, claim, reply, note, pass on, extend, close."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from hub.api import answers, bodies
from hub.api.calls import OfficialCall
from hub.appeals import inbox, official_acts, transfers
from hub.appeals.inbox import InboxFilter
from hub.appeals.similar import narrowed
from hub.foundation.db import UnitOfWork
from hub.foundation.vocabulary import Status
from hub.library import agencies

router = APIRouter()
PROBLEMS = answers.responses(400, 401, 404, 409, 422, 429)


@router.get(
    "/inbox",
    summary="Appeals that the official may see, most urgent first",
    responses={200: {"model": answers.InboxPage}, **answers.responses(400, 401, 404, 422, 429)},
)
async def list_inbox(
    call: OfficialCall,
    q: Annotated[str, Query(max_length=300)] = "",
    status: Annotated[str, Query(max_length=40)] = "",
    kind: Annotated[str, Query(max_length=40)] = "",
    agency: Annotated[str, Query(max_length=100)] = "",
    view: Annotated[str, Query(max_length=40)] = "",
    similar: Annotated[str, Query(max_length=60, description="Number: that appeal and those like it")] = "",
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    # A caller who names a status or searches means all appeals, not only the open ones.
    chosen = InboxFilter(
        q=q,
        status=status,
        kind=kind,
        agency=agency,
        similar=similar,
        view=view or ("all" if status or q else "open"),
    )

    async def query(uow: UnitOfWork) -> answers.InboxPage:
        narrow = await narrowed(uow, call.official, chosen)
        page = await inbox.list_inbox(uow, call.official, narrow, cursor, limit)
        items = [answers.InboxLine.model_validate(line) for line in page.items]
        return answers.InboxPage(items=items, next=page.next)

    return await call.read(query)


@router.post(
    "/appeals/{number}/claim",
    summary="Take an appeal: while the claim lasts nobody else can answer",
    responses={200: {"model": answers.Claim}, **PROBLEMS},
)
async def claim(number: str, call: OfficialCall, body: bodies.EmptyBody | None = None) -> Response:
    async def perform(uow: UnitOfWork) -> answers.Claim:
        return answers.Claim.model_validate(await official_acts.claim(uow, call.official, number))

    return await call.act(perform, status=200)


@router.post(
    "/appeals/{number}/replies",
    status_code=201,
    summary="Write to the citizen; a final reply answers the appeal and closes it",
    responses={201: {"model": answers.Reply}, **PROBLEMS, **answers.responses(403)},
)
async def reply(number: str, body: bodies.ReplyBody, call: OfficialCall) -> Response:
    async def perform(uow: UnitOfWork) -> answers.Reply:
        view = await official_acts.reply(
            uow,
            call.official,
            number,
            text=body.text,
            final=body.final,
            outcome=body.outcome,
            attachments=tuple(body.attachments),
        )
        return answers.Reply.model_validate(view)

    return await call.act(perform, status=201)


@router.post(
    "/appeals/{number}/notes",
    status_code=201,
    summary="An internal note that no citizen sees",
    responses={201: {"model": answers.Note}, **PROBLEMS},
)
async def note(number: str, body: bodies.NoteBody, call: OfficialCall) -> Response:
    async def perform(uow: UnitOfWork) -> answers.Note:
        view = await official_acts.note(uow, call.official, number, text=body.text)
        return answers.Note(id=view.id, at=view.at)

    return await call.act(perform, status=201)


@router.post(
    "/appeals/{number}/transfers",
    status_code=201,
    summary="Pass the appeal on to the competent agency; the citizen is told",
    responses={201: {"model": answers.Transferred}, **PROBLEMS},
)
async def transfer(number: str, body: bodies.TransferBody, call: OfficialCall) -> Response:
    async def perform(uow: UnitOfWork) -> answers.Transferred:
        passed_on = await transfers.transfer(uow, call.official, number, to=body.to, reason=body.reason)
        agency = agencies.view(await agencies.find(uow, body.to), call.official.language)
        return answers.Transferred(
            number=passed_on.number,
            status=Status(passed_on.status),
            agency=answers.Agency.model_validate(agency),
        )

    return await call.act(perform, status=201)


@router.post(
    "/appeals/{number}/extensions",
    status_code=201,
    summary="The head extends the term once, with a reason; the citizen is told",
    responses={201: {"model": answers.Extended}, **PROBLEMS},
)
async def extend(number: str, body: bodies.ExtensionBody, call: OfficialCall) -> Response:
    async def perform(uow: UnitOfWork) -> answers.Extended:
        view = await transfers.extend(uow, call.official, number, until=body.until, reason=body.reason)
        return answers.Extended.model_validate(view)

    return await call.act(perform, status=201)


@router.post(
    "/appeals/{number}/closure",
    status_code=201,
    summary="End the appeal on a formal ground with a written conclusion",
    responses={201: {"model": answers.Reply}, **PROBLEMS, **answers.responses(403)},
)
async def close(number: str, body: bodies.ClosureBody, call: OfficialCall) -> Response:
    async def perform(uow: UnitOfWork) -> answers.Reply:
        view = await official_acts.close(
            uow,
            call.official,
            number,
            outcome=body.outcome,
            ground=body.ground,
            conclusion=body.conclusion,
        )
        return answers.Reply.model_validate(view)

    return await call.act(perform, status=201)
