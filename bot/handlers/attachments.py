"""Photos, documents, voice, video, locations and contacts: kept for the appeal being written or added to."""

from aiogram import F, Router
from aiogram.types import Message

from bot import filing, media
from bot.drafts import Unsent
from bot.handlers import mine
from bot.states import Adding, Filing
from bot.talk import Talk
from hub.appeals import attachments
from hub.appeals.attachments import MAX_PER_MESSAGE
from hub.foundation.i18n import _
from hub.people import citizens

FILES = F.photo | F.document | F.voice | F.audio | F.video | F.video_note | F.animation


def create_router() -> Router:
    router = Router(name="attachments")
    router.message.register(take_file, FILES)
    router.message.register(take_place, F.location | F.venue)
    router.message.register(take_contact, F.contact)
    return router


async def take_file(message: Message, talk: Talk) -> None:
    sent = media.file_of(message)
    assert sent is not None
    file = await attachments.expect(
        talk.uow,
        talk.actor,
        kind=sent.kind,
        name=sent.name,
        media_type=sent.media_type,
        size=sent.size,
        source=sent.source,
    )
    if file.state == "too_large":
        await _too_large(message, talk, file.name)
        return
    again = await _same_album(message, talk)
    if await talk.state.get_state() == Adding.message.state or again == "adding":
        await mine.add(talk, message.caption or "", (file.id,), quietly=again is not None)
        await talk.wait_for(None)
        await _remember_album(message, talk, "adding")
    else:
        await _into_draft(message, talk, file.id, quietly=again is not None)
        await _remember_album(message, talk, "draft")


async def _into_draft(message: Message, talk: Talk, file_id: str, *, quietly: bool) -> None:
    """The present draft, or a new one: files never wait for the right moment."""
    draft = await talk.draft() or Unsent()
    if len(draft.attachments) >= MAX_PER_MESSAGE:
        await talk.say(
            _("An appeal takes at most %(most)s files; this one was not added.", most=MAX_PER_MESSAGE)
        )
        return
    draft.attachments.append(file_id)
    worded = draft.worded
    if message.caption:
        draft.parts[str(message.message_id)] = message.caption
    state = await talk.state.get_state()
    writing = state is not None and state.startswith("Filing:")
    if quietly and worded == draft.worded:
        await talk.keep_draft(draft)
    elif not writing or state in (Filing.text.state, Filing.summary.state):
        await filing.warn(talk, draft)
        await filing.go_on(talk, draft)
    else:
        await talk.keep_draft(draft)
        await talk.say(_("The file is attached to your appeal."))


async def _same_album(message: Message, talk: Talk) -> str | None:
    """Where the earlier part of this album went; the parts of an album get one reply."""
    album = await talk.value("album") or {}
    same = message.media_group_id is not None and album.get("id") == message.media_group_id
    return str(album["to"]) if same else None


async def _remember_album(message: Message, talk: Talk, to: str) -> None:
    if message.media_group_id is not None:
        await talk.keep(album={"id": message.media_group_id, "to": to})


async def _too_large(message: Message, talk: Talk, name: str) -> None:
    await talk.say(
        _(
            "The file “%(name)s” is larger than 20 MB. Telegram does not let bots fetch such files, so I "
            "could not keep "
            "it. Please send a smaller or shorter one; everything else is kept.",
            name=name,
        )
    )
    if message.caption:
        draft = await talk.draft() or Unsent()
        draft.parts[str(message.message_id)] = message.caption
        await filing.warn(talk, draft)
        await filing.go_on(talk, draft)


async def take_place(message: Message, talk: Talk) -> None:
    place = media.place_of(message) or ""
    if await talk.state.get_state() == Adding.message.state:
        await mine.add(talk, place, ())
        await talk.wait_for(None)
        return
    draft = await talk.draft() or Unsent()
    draft.places.append(place)
    state = await talk.state.get_state()
    if state in (None, Filing.text.state, Filing.summary.state):
        await filing.go_on(talk, draft)
    else:
        await talk.keep_draft(draft)
        await talk.say(_("The place is attached to your appeal."))


async def take_contact(message: Message, talk: Talk) -> None:
    """Only the sender's own contact, as Telegram vouches for it: a card of somebody else proves nothing."""
    contact = message.contact
    assert contact is not None
    own = contact.user_id is not None and contact.user_id == talk.state.key.chat_id
    if not own or message.forward_origin is not None:
        await talk.say(
            _(
                "This is not your own contact, so I did not keep it. If somebody else is concerned, please "
                "describe it "
                "in the text of your appeal."
            )
        )
        return
    await citizens.remember(talk.uow, talk.actor, phone=contact.phone_number)
    await talk.say(_("Thank you, I have kept your telephone number. /mydata shows it."))
    draft = await talk.draft()
    if draft is not None:
        await filing.advance(talk, draft)
