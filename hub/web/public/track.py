"""Following an appeal by its number and tracking code."""

from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, RedirectResponse, Response

from hub.appeals import attachments
from hub.appeals.numbers import read_number
from hub.foundation.errors import HubError
from hub.foundation.sentences import sentence
from hub.web.browsers import forget
from hub.web.doors import database_of
from hub.web.public.holding import HOLDER_COOKIE, grant, held
from hub.web.public.receipt import RECEIPT_COOKIE
from hub.web.public.shown import posted, show
from hub.web.public.tracked_page import show_appeal

router = APIRouter()


@router.get("/track")
async def ask_for_code(request: Request) -> Response:
    number = read_number(request.query_params.get("number", "")[:60]) or ""
    return show(request, "track", number=number, error="", private=False)


@router.post("/track")
async def open_appeal(request: Request) -> Response:
    fields = await posted(request, "track")
    number, code = fields.one("number"), fields.one("code")
    answer = RedirectResponse("/track", 303)
    try:
        written = await grant(request, answer, number[:60], code[:100])
    except HubError as error:
        if error.code != "not_found":
            raise
        # The code is not put back into the page: a wrong one may be right elsewhere.
        return show(request, "track", status=404, number=number[:60], error=sentence(HubError("bad_code")))
    answer.headers["location"] = f"/track/{written}"
    return answer


@router.post("/track/close")
async def close(request: Request) -> Response:
    """`Close this appeal`: nobody after this person sees it in this browser."""
    await posted(request, "read")
    answer = RedirectResponse("/track", 303)
    for cookie in (HOLDER_COOKIE, RECEIPT_COOKIE):
        forget(request, answer, cookie)
    return answer


@router.get("/track/{number}")
async def tracked(request: Request, number: str) -> Response:
    holder = held(request)
    if holder is None or holder.number != read_number(number[:60]):
        return RedirectResponse(f"/track?number={quote(number[:60])}", 303)
    return await show_appeal(request, holder, done=request.query_params.get("done", ""))


@router.get("/track/{number}/files/{attachment_id}")
async def download(request: Request, number: str, attachment_id: str) -> Response:
    holder = held(request)
    if holder is None or holder.number != read_number(number[:60]):
        raise HubError("not_found")
    async with database_of(request).reading() as uow:
        file = await attachments.open_file(uow, holder.actor, attachment_id)
    # Never shown in place: what people send is data, not a page of ours.
    headers = {"Content-Disposition": f"attachment; filename*=utf-8''{quote(file.name)}"}
    return FileResponse(file.path, media_type=file.media_type, headers=headers)
