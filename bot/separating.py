"""Several matters of one text as appeals of their own: each confirmed by itself, each with its number."""

from dataclasses import replace

from bot import filing, keyboards
from bot.drafts import Unsent
from bot.talk import Talk
from bot.wording import appeals
from hub.appeals import intake
from hub.foundation.i18n import _
from hub.foundation.security import random_code
from hub.library.library import Library
from hub.people import citizens


async def split(talk: Talk, draft: Unsent) -> None:
    """The matters as the router sees them now; none when the text has changed to one matter."""
    proposal = await filing.proposal_for(talk, draft)
    draft.matters = [[one.text, one.agency.code] for one in proposal.matters]


async def send_part(talk: Talk, draft: Unsent, argument: str) -> None:
    """Registers one matter; what is left becomes the draft, to be confirmed or left as the person likes.

    The part goes under the draft's id, and the rest gets a new one, so that a second press files nothing.
    Files go with the first part that is sent.
    """
    number = int(argument) if argument.isascii() and argument.isdigit() and len(argument) < 3 else -1
    if not 0 <= number < len(draft.matters):
        await talk.say(_("The appeal has changed since that summary. Please check it once more."))
        await filing.advance(talk, draft)
        return
    text, code = draft.matters[number]
    profile = await citizens.profile(talk.uow, talk.actor)
    part = replace(draft, parts={"part": text}, matters=[])
    # It goes where it was shown to go; where the router says so too, its reasons are kept.
    routed = (await filing.proposal_for(talk, part)).agency.code
    known = code in talk.uow.of(Library).pack.agency_by_code
    chosen = code if known and code != routed else None
    receipt = await intake.register(talk.uow, talk.actor, part.for_register(profile, chosen), key=draft.id)
    await talk.remember_sent(draft.id, receipt.number)
    buttons = keyboards.appeal_acts(receipt.number, can_add=True, can_withdraw=True, can_judge=False)
    await talk.say(appeals.receipt(receipt), title=_("Your appeal has been registered"), buttons=buttons)
    _keep_rest(draft, number)
    await filing.advance(talk, draft)


def _keep_rest(draft: Unsent, sent: int) -> None:
    rest = [matter for place, matter in enumerate(draft.matters) if place != sent]
    draft.id = random_code(10)
    draft.parts = {f"matter-{place}": text for place, (text, _code) in enumerate(rest)}
    draft.matters = rest if len(rest) > 1 else []
    draft.agency = None
    draft.attachments, draft.places, draft.revision = [], [], 0
