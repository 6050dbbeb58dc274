"""Agencies and their contacts."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from hub.foundation.i18n import current_language
from hub.foundation.plain_text import clean_line
from hub.library import agencies
from hub.web.doors import database_of
from hub.web.public.shown import paced, show

router = APIRouter()
MOST = 20


@router.get("/agencies")
async def contacts(request: Request) -> Response:
    await paced(request, "read")
    wanted = clean_line(request.query_params.get("q", ""))[:300]
    async with database_of(request).reading() as uow:
        found = await agencies.search(uow, wanted, current_language(), limit=MOST + 1)
    return show(request, "agencies", wanted=wanted, found=found[:MOST], more=len(found) > MOST, private=False)
