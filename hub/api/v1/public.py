"""What anybody may do: ask, file, track, look up agencies."""

from typing import Annotated

from fastapi import APIRouter, Header, Query
from starlette.responses import Response

from hub.api import answers, bodies
from hub.api.calls import AnyCall, Call
from hub.appeals import case, intake, mine
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.paging import read_cursor, write_cursor
from hub.library import agencies, questions
from hub.people.actors import OfficialActor

router = APIRouter()
#: Files of callers without a token: an id is 128 random bits, and knowing it is the right to use it.
ANONYMOUS_OWNER = "api"
MAX_PAGE = 200


@router.post(
    "/questions",
    summary="Ask: a checked answer, a few to choose from, or the agency to send it to",
    responses={200: {"model": answers.Question}, **answers.responses(400, 422, 429)},
)
async def ask(body: bodies.QuestionBody, call: AnyCall) -> Response:
    async def perform(uow: UnitOfWork) -> answers.Question:
        view = await questions.ask(uow, call.actor, text=body.text, language=body.language)
        return answers.Question(
            decision=view.decision,
            confidence=view.confidence,
            answer=answers.FaqAnswer.model_validate(view.answer) if view.answer else None,
            candidates=[answers.Candidate.model_validate(one) for one in view.candidates],
            agency=answers.Agency.model_validate(view.agency) if view.agency else None,
            emergency=answers.numbers(view.emergency.numbers) if view.emergency else None,
        )

    return await call.act(perform, status=200)


@router.post(
    "/appeals",
    status_code=201,
    summary="File an appeal",
    responses={201: {"model": answers.Receipt}, **answers.responses(400, 401, 422, 429)},
)
async def file_appeal(body: bodies.AppealBody, call: AnyCall) -> Response:
    async def perform(uow: UnitOfWork) -> answers.Receipt:
        receipt = await intake.register(uow, call.actor, body.draft(ANONYMOUS_OWNER))
        return answers.Receipt.model_validate(receipt)

    return await call.act(perform, status=201)


@router.get(
    "/appeals/{number}",
    summary="Follow an appeal with its tracking code, or open it as an official with a token",
    response_model=None,
    responses={200: {"model": answers.TrackedAppeal | answers.Case}, **answers.responses(404, 429)},
)
async def follow(
    number: str,
    call: AnyCall,
    code: Annotated[str | None, Query()] = None,
    x_tracking_code: Annotated[str | None, Header()] = None,
) -> Response:
    given = x_tracking_code or code

    async def track(uow: UnitOfWork) -> answers.TrackedAppeal:
        if not given:
            raise HubError("not_found")
        holder = await mine.holder(uow, number=number, code=given[:100], language=call.actor.language)
        return answers.TrackedAppeal.model_validate(await mine.my_appeal(uow, holder, number))

    if given is None and isinstance(call.actor, OfficialActor):
        return await _open_case(call, call.actor, number)
    return await call.read(track, "track")


async def _open_case(call: Call, official: OfficialActor, number: str) -> Response:
    async def look(uow: UnitOfWork) -> answers.Case:
        view = await case.open_case(uow, official, number)
        line = answers.InboxLine.model_validate(view.line).model_dump()
        shown = {name: getattr(view, name) for name in answers.Case.model_fields if name not in line}
        return answers.Case.model_validate({**line, **shown, "text": view.text})

    # Looking is an act here: who saw whose identity is recorded.
    return await call.read(look, recorded=True)


@router.get(
    "/agencies",
    summary="Agencies by name or by what they answer for",
    responses={200: {"model": answers.AgencyPage}, **answers.responses(400, 422, 429)},
)
async def list_agencies(
    call: AnyCall,
    q: Annotated[str, Query(max_length=300)] = "",
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 50,
) -> Response:
    async def query(uow: UnitOfWork) -> answers.AgencyPage:
        position = read_cursor(cursor, int)
        start = int(position[0]) if position else 0
        if not 0 <= start <= 100_000:
            raise HubError("bad_cursor")
        # The list is the country pack's own, in memory and the same until the next release.
        found = await agencies.search(uow, q, call.actor.language, limit=start + limit + 1)
        items = [answers.Agency(code=one.code, name=one.name) for one in found[start : start + limit]]
        return answers.AgencyPage(
            items=items, next=write_cursor(start + limit) if len(found) > start + limit else None
        )

    return await call.read(query)
