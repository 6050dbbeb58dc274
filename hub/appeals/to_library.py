"""An answered appeal becomes the draft of an entry, which an editor finishes."""

import re

from sqlalchemy import select

from hub.appeals.access import for_official
from hub.appeals.models import Appeal, Message
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.i18n import LANGUAGES
from hub.foundation.plain_text import clean_line
from hub.library import proposals
from hub.library.entry_views import EntryContent, LanguageText
from hub.library.library import Library
from hub.library.masking import depersonalised
from hub.library.models import AgencyRecord
from hub.library.wording import MAX_ANSWER
from hub.people import permissions
from hub.people.actors import OfficialActor
from hub.people.profiles import read_profile

MAX_TITLE = 200
#: How a longer text is cut into what is asked: greetings are no question.
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
ENOUGH_WORDS = 4


async def propose_entry(uow: UnitOfWork, actor: OfficialActor, number: str) -> str:
    """The code of the draft; the same one when this answer was proposed before.

    Title: what was asked; answer: the reply; owner: the agency; the applicant's name, addresses and long
    numbers masked. Errors: not_found; not_allowed, also for a confidential appeal; nothing_to_propose.
    """
    appeal, facts = await for_official(uow, actor, number, permissions.works)
    reply = await _last_answer(uow, appeal)
    if facts.open or reply is None:
        raise HubError("nothing_to_propose")
    if not permissions.may_propose(actor, facts):
        raise HubError("not_allowed")
    agency = await uow.session.get_one(AgencyRecord, appeal.agency_id)
    profile = await read_profile(uow, appeal.citizen_id)
    names = (profile.name,)
    language = appeal.language if appeal.language in LANGUAGES else uow.of(Library).pack.info.default_language
    text = LanguageText(
        language, _title(depersonalised(appeal.text, names)), depersonalised(reply.body, names)[:MAX_ANSWER]
    )
    content = EntryContent(
        kind="faq",
        topic=agency.sphere or "other",
        agency=agency.code,
        source="",
        checked_on=None,
        texts=(text,),
    )
    key = f"appeal:{appeal.id}:{reply.cycle}"
    return await proposals.propose(uow, actor, key=key, content=content, stem=_stem(agency.code))


async def _last_answer(uow: UnitOfWork, appeal: Appeal) -> Message | None:
    """An answer on the merits; a conclusion on a formal ground teaches nobody anything."""
    query = (
        select(Message)
        .where(Message.appeal_id == appeal.id, Message.final, Message.kind == "answer")
        .order_by(Message.id.desc())
        .limit(1)
    )
    return (await uow.session.scalars(query)).one_or_none()


def _title(text: str) -> str:
    """The first sentence that says something, on one line."""
    sentences = [clean_line(one) for one in _SENTENCE.split(text)]
    telling = next((one for one in sentences if len(one.split()) >= ENOUGH_WORDS), clean_line(text))
    return telling if len(telling) <= MAX_TITLE else f"{telling[: MAX_TITLE - 1].rstrip()}…"


def _stem(code: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", code.lower()).strip("-") or "entry"
