"""Files: kept for an appeal or reply still to come, given back to those who may read what they belong to."""

import hashlib
from collections.abc import AsyncIterator
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Header, Query, Request
from starlette.datastructures import UploadFile
from starlette.responses import FileResponse, Response

from hub.api import answers
from hub.api.calls import AnyCall, database_of
from hub.api.v1.public import ANONYMOUS_OWNER
from hub.appeals import attachments, mine
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.people.actors import Actor, OfficialActor

router = APIRouter()
CHUNK = 256 * 1024
UPLOAD: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}


@router.post(
    "/attachments",
    status_code=201,
    summary="Upload one file (form field `file`, at most 20 MB); use its id in an appeal or a reply",
    responses={201: {"model": answers.Uploaded}, **answers.responses(400, 401, 413, 415, 422, 429)},
    openapi_extra=UPLOAD,
)
async def upload(request: Request, call: AnyCall) -> Response:
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise HubError("unsupported_media_type")
    async with request.form(max_files=1, max_fields=10) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise HubError("bad_request")
        hasher = hashlib.sha256(f"{file.filename}\n{file.content_type}\n".encode("utf-8", "replace"))
        async for chunk in _chunks(file):
            hasher.update(chunk)

        async def perform(uow: UnitOfWork) -> answers.Uploaded:
            view = await attachments.store_upload(
                uow,
                call.actor,
                name=file.filename or "",
                media_type=file.content_type or "",
                chunks=_chunks(file),
                owner=ANONYMOUS_OWNER,
            )
            return answers.Uploaded.model_validate(view)

        return await call.act(perform, status=201, content=hasher.digest())


async def _chunks(file: UploadFile) -> AsyncIterator[bytes]:
    await file.seek(0)
    while chunk := await file.read(CHUNK):
        yield chunk


@router.get(
    "/appeals/{number}/attachments/{attachment_id}",
    summary="A file of an appeal, with the tracking code or an official's token",
    response_class=Response,
    responses={200: {"description": "The bytes, as an attachment"}, **answers.responses(404, 429)},
)
async def download(
    request: Request,
    number: str,
    attachment_id: str,
    call: AnyCall,
    code: Annotated[str | None, Query()] = None,
    x_tracking_code: Annotated[str | None, Header()] = None,
) -> Response:
    await call.pace("track")
    given = x_tracking_code or code
    async with database_of(request).reading() as uow:
        actor: Actor = call.actor
        if given is not None:
            actor = await mine.holder(uow, number=number, code=given[:100], language=call.actor.language)
        elif not isinstance(actor, OfficialActor):
            raise HubError("not_found")
        file = await attachments.open_file(uow, actor, attachment_id)
    # Never shown in place: what citizens send is data, not a page of ours.
    headers = {"Content-Disposition": f"attachment; filename*=utf-8''{quote(file.name)}"}
    return FileResponse(file.path, media_type=file.media_type, headers=headers)
