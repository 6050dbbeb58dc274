"""The receipt of a registered appeal: the only page that shows the tracking code."""

from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from hub.appeals import mine
from hub.foundation.i18n import current_language
from hub.web.browsers import keep, noted, seal
from hub.web.doors import database_of
from hub.web.public.shown import library_of, show

router = APIRouter()
RECEIPT_COOKIE = "receipt"
SHOWN = timedelta(hours=1)


def write_receipt(request: Request, response: Response, number: str, code: str) -> None:
    """The next page is the receipt, also when it is reloaded or its language changed."""
    keep(
        request,
        response,
        RECEIPT_COOKIE,
        seal(request, RECEIPT_COOKIE, SHOWN, number=number, code=code),
        SHOWN,
    )


@router.get("/receipt")
async def receipt(request: Request) -> Response:
    data = noted(request, RECEIPT_COOKIE)
    if data is None:
        return RedirectResponse("/track", 303)
    return await show_receipt(request, data["number"], data["code"])


async def show_receipt(request: Request, number: str, code: str) -> Response:
    library, language = library_of(request), current_language()
    async with database_of(request).reading() as uow:
        holder = await mine.holder(uow, number=number, code=code, language=language)
        appeal = await mine.my_appeal(uow, holder, number)
    return show(
        request,
        "receipt",
        appeal=appeal,
        code=f"{code[:5]} {code[5:]}",
        danger=library.emergency(appeal.text, language),
    )
