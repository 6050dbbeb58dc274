"""Attachments: only through the rights of their appeal, always as a download that runs nothing."""

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, Response

from hub.appeals.attachments import open_file
from hub.web.doors import Official, database_of

router = APIRouter()

HEADERS = {
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cache-control": "private, no-store",
}


@router.get("/appeals/{number}/files/{attachment_id}")
async def download(request: Request, session: Official, number: str, attachment_id: str) -> Response:
    async with database_of(request).reading() as uow:
        file = await open_file(uow, session.actor, attachment_id)
    return FileResponse(
        file.path,
        media_type=file.media_type,
        filename=file.name,
        content_disposition_type="attachment",
        headers=HEADERS,
    )
