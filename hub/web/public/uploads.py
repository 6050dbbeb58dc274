"""Files of a form: kept as soon as they came, so that a form shown again still has them."""

from collections.abc import Sequence

from fastapi import Request
from starlette.datastructures import UploadFile

from hub.appeals import attachments
from hub.appeals.attachments import MAX_PER_MESSAGE
from hub.appeals.files import clean_name
from hub.appeals.views import AttachmentView
from hub.foundation.errors import HubError
from hub.foundation.sentences import sentence
from hub.people.actors import Actor
from hub.web.browsers import Browser
from hub.web.doors import database_of
from hub.web.forms import Fields, chunks_of

CHOSEN, KEPT = "files", "attachment"


async def keep_files(
    request: Request, actor: Actor, browser: Browser, fields: Fields
) -> tuple[tuple[AttachmentView, ...], str]:
    """Files kept before and still wanted, with those just sent; and a sentence about those refused."""
    earlier, lost = await _kept_before(request, actor, browser, fields.many(KEPT, 100))
    files = fields.files(CHOSEN)
    if len(earlier) + len(files) > MAX_PER_MESSAGE:
        return earlier, sentence(HubError("too_many_files", most=MAX_PER_MESSAGE))
    stored, refusals = [*earlier], [sentence(HubError("unknown_attachment"))] if lost else []
    for file in files:
        try:
            stored.append(await _store(request, actor, browser, file))
        except HubError as error:
            refusals.append(f"{clean_name(file.filename or '')}: {sentence(error)}")
    return tuple(stored), " ".join(refusals)


async def _kept_before(
    request: Request, actor: Actor, browser: Browser, ids: Sequence[str]
) -> tuple[tuple[AttachmentView, ...], bool]:
    if not ids:
        return (), False
    async with database_of(request).reading() as uow:
        found = await attachments.waiting(uow, actor, ids, owner=browser.owner)
    return found, len(found) < len(set(ids))


async def _store(request: Request, actor: Actor, browser: Browser, file: UploadFile) -> AttachmentView:
    async with database_of(request).unit_of_work() as uow:
        return await attachments.store_upload(
            uow,
            actor,
            name=file.filename or "",
            media_type=file.content_type or "",
            chunks=chunks_of(file),
            owner=browser.owner,
        )
