"""Files of citizens and officials: uploaded, or named by a channel and fetched afterwards."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import select, update

from hub.appeals import files
from hub.appeals.access import own_appeal, seen_by_official
from hub.appeals.models import Appeal, Attachment, Message
from hub.appeals.views import AttachmentView
from hub.delivery.channel import Channel, File
from hub.foundation.db import Database, UnitOfWork, changed_rows
from hub.foundation.errors import HubError
from hub.foundation.faults import reach
from hub.foundation.settings import Settings
from hub.people.actors import Actor, CitizenActor, HolderActor, OfficialActor

MAX_PER_MESSAGE = 10
MAX_TRIES = 8


def view(attachment: Attachment) -> AttachmentView:
    return AttachmentView(
        attachment.id,
        attachment.name,
        attachment.media_type,
        attachment.size,
        attachment.kind,
        attachment.state,
    )


async def store_upload(
    uow: UnitOfWork,
    actor: Actor,
    *,
    name: str,
    media_type: str,
    chunks: AsyncIterator[bytes],
    owner: str | None = None,
) -> AttachmentView:
    """Keeps an uploaded file for an appeal or message still to come. `media_type` is only a hint.

    Errors: file_empty, file_too_large, file_type_refused.
    """
    attachment = _new(uow, actor, "document", files.clean_name(name), media_type, owner)
    path = files.path_of(uow.of(Settings).attachments_dir, attachment.id)
    stored = await files.write_file(path, chunks, attachment.name)
    attachment.size, attachment.sha256 = stored.size, stored.sha256
    attachment.media_type, attachment.state = stored.media_type, "stored"
    uow.session.add(attachment)
    await uow.session.flush()
    return view(attachment)


async def expect(
    uow: UnitOfWork, actor: Actor, *, kind: str, name: str, media_type: str, size: int | None,
    source: dict[str, Any],
) -> AttachmentView:  # fmt: skip
    """Notes a file that the channel holds, to be fetched after commit; `too_large` ones are only noted."""
    attachment = _new(uow, actor, kind, files.clean_name(name, kind), media_type[:100], None)
    attachment.size, attachment.source = size, source
    attachment.state = "too_large" if size is not None and size > files.MAX_BYTES else "pending"
    uow.session.add(attachment)
    await uow.session.flush()
    return view(attachment)


def _new(
    uow: UnitOfWork, actor: Actor, kind: str, name: str, media_type: str, owner: str | None
) -> Attachment:
    return Attachment(
        id=uuid4().hex,
        citizen_id=actor.id if isinstance(actor, CitizenActor) else None,
        official_id=actor.id if isinstance(actor, OfficialActor) else None,
        owner=owner,
        kind=kind,
        name=name,
        media_type=media_type,
        state="pending",
        tries=0,
        due_at=uow.now,
        created_at=uow.now,
    )


async def adopt(
    uow: UnitOfWork, actor: Actor, ids: Sequence[str], *, appeal: Appeal, message: Message | None = None,
    owner: str | None = None,
) -> None:  # fmt: skip
    """Ties the actor's own uploads to an appeal or a message of it. Errors: unknown_attachment."""
    if len(set(ids)) > MAX_PER_MESSAGE:
        raise HubError("too_many_files", most=MAX_PER_MESSAGE)
    for attachment_id in dict.fromkeys(ids):
        attachment = await _find(uow, attachment_id)
        if (
            attachment is None
            or attachment.appeal_id is not None
            or not _uploaded_by(attachment, actor, owner)
        ):
            raise HubError("unknown_attachment")
        attachment.appeal_id = appeal.id
        attachment.message_id = message.id if message else None


async def waiting(
    uow: UnitOfWork, actor: Actor, ids: Sequence[str], *, owner: str | None = None
) -> tuple[AttachmentView, ...]:
    """The actor's own uploads among `ids` that belong to nothing yet; what is not theirs is left out."""
    found = [await _find(uow, attachment_id) for attachment_id in dict.fromkeys(ids[:MAX_PER_MESSAGE])]
    return tuple(
        view(one)
        for one in found
        if one is not None and one.appeal_id is None and _uploaded_by(one, actor, owner)
    )


async def _find(uow: UnitOfWork, attachment_id: str) -> Attachment | None:
    """Our ids are hexadecimal; nothing else is asked of the database."""
    plain = len(attachment_id) <= 64 and attachment_id.isascii() and attachment_id.isalnum()
    return await uow.session.get(Attachment, attachment_id) if plain else None


def _uploaded_by(attachment: Attachment, actor: Actor, owner: str | None) -> bool:
    if isinstance(actor, OfficialActor):
        return attachment.official_id == actor.id
    if isinstance(actor, CitizenActor):
        return attachment.citizen_id == actor.id
    return owner is not None and attachment.owner == owner


async def open_file(uow: UnitOfWork, actor: Actor, attachment_id: str) -> File:
    """The file, for those who may read the appeal it belongs to. Errors: not_found."""
    attachment = await _find(uow, attachment_id)
    if attachment is None or attachment.state != "stored" or attachment.appeal_id is None:
        raise HubError("not_found")
    appeal = await uow.session.get_one(Appeal, attachment.appeal_id)
    if isinstance(actor, CitizenActor | HolderActor):
        await own_appeal(uow, actor, appeal.number)
        await _not_internal(uow, attachment)
    elif not isinstance(actor, OfficialActor) or not await seen_by_official(uow, actor, appeal):
        raise HubError("not_found")
    path = files.path_of(uow.of(Settings).attachments_dir, attachment.id)
    return File(path, attachment.name, attachment.media_type)


async def _not_internal(uow: UnitOfWork, attachment: Attachment) -> None:
    message = await uow.session.get(Message, attachment.message_id) if attachment.message_id else None
    if message is not None and message.kind == "note":
        raise HubError("not_found")


async def file_to_send(uow: UnitOfWork, attachment_id: str) -> File | None:
    """The file of an outgoing message, for the relay."""
    attachment = await uow.session.get(Attachment, attachment_id)
    if attachment is None or attachment.state != "stored":
        return None
    path = files.path_of(uow.of(Settings).attachments_dir, attachment.id)
    return File(path, attachment.name, attachment.media_type)


async def fetch_pending(database: Database, channels: dict[str, Channel], limit: int = 20) -> int:
    """Fetches noted files, each outside any transaction; returns how many were settled."""
    settled = 0
    while settled < limit:
        async with database.unit_of_work() as uow:
            attachment = await _claim(uow)
        if attachment is None:
            break
        channel = channels.get((attachment.source or {}).get("channel", "telegram"))
        state, stored = await _fetch(database, attachment, channel)
        reach("K7")
        async with database.unit_of_work() as uow:
            row = await uow.session.get_one(Attachment, attachment.id)
            row.state = state
            if stored:
                row.size, row.sha256, row.media_type = stored.size, stored.sha256, stored.media_type
        settled += 1
    return settled


async def fetch_again(uow: UnitOfWork) -> int:
    """At start: files whose fetch an earlier life of this process may have left unfinished."""
    statement = (
        update(Attachment)
        .where(Attachment.state == "pending", Attachment.tries.between(1, 3), Attachment.source.is_not(None))
        .values(due_at=uow.now)
    )
    return await changed_rows(uow, statement)


async def _claim(uow: UnitOfWork) -> Attachment | None:
    attachment = (
        await uow.session.scalars(
            select(Attachment)
            .where(
                Attachment.state == "pending", Attachment.due_at <= uow.now, Attachment.source.is_not(None)
            )
            .order_by(Attachment.due_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
    ).one_or_none()
    if attachment is not None:
        attachment.tries += 1
        # Also the lease: another worker looks again only after this.
        attachment.due_at = uow.now + timedelta(seconds=min(30 * 2**attachment.tries, 3600))
    return attachment


async def _fetch(
    database: Database, attachment: Attachment, channel: Channel | None
) -> tuple[str, files.StoredFile | None]:
    folder = database.resources.of(Settings).attachments_dir
    try:
        if channel is None:
            raise ValueError("no such channel")
        path = files.path_of(folder, attachment.id)
        return "stored", await files.write_file(path, channel.fetch(attachment.source or {}), attachment.name)
    except HubError as error:
        return ("too_large" if error.code == "file_too_large" else "refused"), None
    except ValueError:
        return "failed", None
    except OSError:
        return ("pending" if attachment.tries < MAX_TRIES else "failed"), None
