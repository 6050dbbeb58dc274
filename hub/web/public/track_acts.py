"""What the holder of a tracking code does: adds, withdraws, reads, judges, rates, ties a mailbox."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from hub.appeals import citizen_acts, mine
from hub.appeals.numbers import read_number
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.sentences import sentence
from hub.foundation.vocabulary import Verdict
from hub.web.browsers import browser_of, remember
from hub.web.doors import database_of
from hub.web.failures import status_of
from hub.web.public.holding import Held, held
from hub.web.public.shown import posted, show
from hub.web.public.tracked_page import Typed, show_appeal
from hub.web.public.uploads import keep_files

router = APIRouter()
Act = Callable[[UnitOfWork, Held], Awaitable[object]]


def _holder(request: Request, number: str) -> Held | None:
    """The appeal this browser has open, when it is the one that the form is about."""
    holder = held(request)
    return holder if holder is not None and holder.number == read_number(number[:60]) else None


def _over(request: Request, number: str, text: str = "") -> Response:
    """The hour is over: what was typed is shown to be copied, and the code is asked for again."""
    return show(request, "over", status=403, number=read_number(number[:60]) or "", text=text)


async def _act(request: Request, number: str, act: Act, done: str, field: str = "act") -> Response:
    holder = _holder(request, number)
    if holder is None:
        return _over(request, number)
    try:
        async with database_of(request).unit_of_work() as uow:
            await act(uow, holder)
    except HubError as error:
        errors = {field: sentence(error)}
        return await show_appeal(request, holder, errors=errors, status=status_of(error.code))
    return RedirectResponse(f"/track/{holder.number}?done={done}", 303)


@router.post("/track/{number}/messages")
async def add(request: Request, number: str) -> Response:
    fields = await posted(request)
    holder, browser, text = _holder(request, number), browser_of(request), fields.one("text")
    if holder is None:
        return _over(request, number, text)
    files, refused = await keep_files(request, holder.actor, browser, fields)
    try:
        if refused:
            answer: Response = await show_appeal(
                request, holder, errors={"files": refused}, typed=Typed(text=text, files=files), status=422
            )
        else:
            ids = [file.id for file in files]
            async with database_of(request).unit_of_work() as uow:
                await citizen_acts.add_message(
                    uow, holder.actor, holder.number, text=text, attachments=ids, owner=browser.owner
                )
            answer = RedirectResponse(f"/track/{holder.number}?done=message", 303)
    except HubError as error:
        answer = await show_appeal(
            request,
            holder,
            errors={"text": sentence(error)},
            typed=Typed(text=text, files=files),
            status=status_of(error.code),
        )
    remember(request, answer, browser)
    return answer


@router.get("/track/{number}/withdraw")
async def ask_to_withdraw(request: Request, number: str) -> Response:
    holder = _holder(request, number)
    if holder is None:
        return RedirectResponse(f"/track?number={read_number(number[:60]) or ''}", 303)
    async with database_of(request).reading() as uow:
        appeal = await mine.my_appeal(uow, holder.actor, holder.number)
    if not appeal.can_withdraw:
        return RedirectResponse(f"/track/{holder.number}", 303)
    return show(request, "withdraw", appeal=appeal)


@router.post("/track/{number}/withdraw")
async def withdraw(request: Request, number: str) -> Response:
    reason = (await posted(request)).one("reason")

    async def act(uow: UnitOfWork, holder: Held) -> None:
        await citizen_acts.withdraw(uow, holder.actor, holder.number, reason)

    return await _act(request, number, act, "withdrawn")


@router.post("/track/{number}/read")
async def acknowledge(request: Request, number: str) -> Response:
    await posted(request)

    async def act(uow: UnitOfWork, holder: Held) -> None:
        await citizen_acts.acknowledge(uow, holder.actor, holder.number)

    return await _act(request, number, act, "read")


@router.post("/track/{number}/verdict")
async def judge(request: Request, number: str) -> Response:
    said = (await posted(request)).one("verdict")
    if said not in (Verdict.SOLVED, Verdict.NOT_SOLVED):
        raise HubError("bad_verdict")

    async def act(uow: UnitOfWork, holder: Held) -> None:
        await citizen_acts.judge(uow, holder.actor, holder.number, Verdict(said))

    return await _act(request, number, act, said)


@router.post("/track/{number}/rating")
async def rate(request: Request, number: str) -> Response:
    stars = (await posted(request)).one("stars")
    if stars not in ("1", "2", "3", "4", "5"):
        raise HubError("bad_rating")

    async def act(uow: UnitOfWork, holder: Held) -> None:
        await citizen_acts.rate(uow, holder.actor, holder.number, int(stars))

    return await _act(request, number, act, "rated")


@router.post("/track/{number}/email")
async def tie_email(request: Request, number: str) -> Response:
    email = (await posted(request)).one("email")
    holder = _holder(request, number)
    if holder is None:
        return _over(request, number)
    try:
        async with database_of(request).unit_of_work() as uow:
            await mine.tie_email(uow, holder.actor, holder.number, email)
    except HubError as error:
        errors = {"email": sentence(error)}
        typed = Typed(email=email[:320])
        return await show_appeal(request, holder, errors=errors, typed=typed, status=status_of(error.code))
    return RedirectResponse(f"/track/{holder.number}?done=email", 303)
