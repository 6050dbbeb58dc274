"""Writing an appeal step by step: text, kind, consent, name, residence, one summary, confirmed.

What is known already is not asked again; a draft is a row of the dialogue, so a restart changes nothing.
"""

from collections.abc import Awaitable, Callable

from aiogram.fsm.state import State

from bot import keyboards
from bot.drafts import Unsent
from bot.states import Filing
from bot.talk import Talk
from bot.wording import answers, appeals
from hub.appeals import mine
from hub.appeals.routing import place_in, propose, unsaid
from hub.appeals.views import Matter, Proposal
from hub.foundation.i18n import _, ngettext
from hub.foundation.settings import Settings
from hub.foundation.vocabulary import Kind
from hub.library import agencies
from hub.library.library import Library
from hub.people import citizens
from hub.people.citizens import Profile
from hub.people.consent_request import consent_request

Prompt = Callable[[Talk, Unsent], Awaitable[None]]


def next_step(draft: Unsent, profile: Profile) -> str:
    """The first step whose answer is missing, or that is to be answered again."""
    known = {
        "text": draft.worded,
        "kind": draft.kind is not None,
        "consent": profile.consented,
        "name": bool(profile.name) or draft.confidential,
        "residence": bool(profile.residence) or draft.confidential,
    }
    return next((step for step, answered in known.items() if not answered or step in draft.redo), "summary")


async def begin(talk: Talk, draft: Unsent | None = None) -> None:
    """A new draft; one that was begun before is set aside and can be resumed."""
    await talk.set_aside()
    draft = draft or Unsent()
    await warn(talk, draft)
    await advance(talk, draft)


async def resume(talk: Talk) -> None:
    """The draft set aside becomes the present one, and the present one is set aside."""
    aside = Unsent.read(await talk.value("aside"))
    if aside is None:
        await talk.say(_("There is no unfinished appeal."), choices=keyboards.menu())
        return
    await talk.keep(aside=None)
    await talk.set_aside()
    await advance(talk, aside)


async def go_on(talk: Talk, draft: Unsent) -> None:
    """A step was answered."""
    draft.redo = draft.redo[1:]
    await advance(talk, draft)


async def advance(talk: Talk, draft: Unsent) -> None:
    """Asks for what is missing now."""
    profile = await citizens.profile(talk.uow, talk.actor)
    step = next_step(draft, profile)
    if step in draft.trail:
        del draft.trail[draft.trail.index(step) :]
    draft.trail.append(step)
    state, prompt = STEPS[step]
    await talk.wait_for(state)
    await prompt(talk, draft)
    await talk.keep_draft(draft)


async def back(talk: Talk, draft: Unsent) -> None:
    """To the step asked before this one; from the first one there is only leaving."""
    if len(draft.trail) < 2:
        await leave(talk)
        return
    draft.redo = [draft.trail[-2]]
    if draft.trail[-2] in ("name", "residence"):
        draft.confidential = False
    await advance(talk, draft)


async def leave(talk: Talk) -> None:
    """`Cancel`: nothing is sent, and what was written is kept."""
    kept = await talk.set_aside()
    if kept:
        await talk.say(
            _("Cancelled; nothing was sent. Your unfinished appeal is kept."), buttons=keyboards.resume()
        )
    else:
        await talk.say(_("Cancelled; nothing was sent."), choices=keyboards.menu())


async def warn(talk: Talk, draft: Unsent) -> None:
    """Danger to life is answered at once with the numbers to call, once for each appeal."""
    if draft.warned:
        return
    emergency = talk.uow.of(Library).emergency(draft.text, talk.actor.language)
    if emergency is not None:
        draft.warned = True
        await talk.say(answers.danger(emergency))


async def proposal_for(talk: Talk, draft: Unsent) -> Proposal:
    """Where it would go: by the place named in the text, else by the place of residence."""
    profile = await citizens.profile(talk.uow, talk.actor)
    pack = talk.uow.of(Library).pack
    district = place_in(pack, draft.text) or profile.district or place_in(pack, profile.residence)
    kind = Kind(draft.kind) if draft.kind else None
    return await propose(
        talk.uow, talk.actor, text=draft.text, district=district, about=draft.about, kind=kind
    )


async def _ask_text(talk: Talk, draft: Unsent) -> None:
    buttons = keyboards.leaving(draft.id, back=False)
    if draft.attachments or draft.places:
        page = await mine.my_appeals(talk.uow, talk.actor)
        buttons = (*keyboards.joining(draft.id, page.items), *buttons)
        await talk.say(
            _(
                "I have kept what you sent. Please write at least one sentence: what happened, and what do "
                "you ask for?"
            ),
            buttons=buttons,
        )
        return
    if await talk.value("aside") is not None:
        buttons = (*keyboards.resume(), *buttons)
    await talk.say(
        _(
            "Write in your own words what happened, where, and what you ask for. "
            "You may also send photos, documents, a voice message or a location."
        ),
        buttons=buttons,
    )


async def _ask_kind(talk: Talk, draft: Unsent) -> None:
    text = _(
        "What is it?\n"
        "Application: you ask for help with your rights and interests.\n"
        "Complaint: your rights were violated.\n"
        "Proposal: how to make something better."
    )
    if draft.attachments:
        files = ngettext("%(num)s file attached", "%(num)s files attached", len(draft.attachments))
        text = f"{text}\n\n{files}"
    await talk.say(text, buttons=keyboards.kinds(draft.id))


async def _ask_consent(talk: Talk, draft: Unsent) -> None:
    request = consent_request(talk.uow.of(Settings), talk.actor.channel)
    await talk.say(request, buttons=keyboards.consent(draft.id))


async def _ask_name(talk: Talk, draft: Unsent) -> None:
    await talk.say(
        _(
            "Your surname and name? I will remember them.\n"
            "Skip sends a confidential message without a name: it gets a tracking code, but the legal term "
            "of answer "
            "does not bind the agency."
        ),
        buttons=keyboards.leaving(draft.id, skip=True),
    )


async def _ask_residence(talk: Talk, draft: Unsent) -> None:
    await talk.say(
        _("Where do you live? Region, district, street, in your own words. I will remember it."),
        buttons=keyboards.leaving(draft.id),
    )


async def _show_summary(talk: Talk, draft: Unsent) -> None:
    if draft.matters:
        await show_matters(talk, draft)
        return
    profile = await citizens.profile(talk.uow, talk.actor)
    proposal = await proposal_for(talk, draft)
    library = talk.uow.of(Library)
    named = proposal.about if appeals.asks_about(draft, proposal) else None
    # What is shown is where it would go now, also while the question of whom it is about is open.
    code = draft.agency or unsaid(library, proposal.agency.code, named.code if named else None)
    agency = agencies.AgencyView(code, library.agency_name(code, talk.actor.language))
    draft.revision += 1
    await talk.say(
        appeals.summary(draft, profile, proposal, agency),
        title=_("Please check before sending"),
        buttons=keyboards.summary(
            draft.id, draft.revision, named, split=appeals.offers_split(draft, proposal)
        ),
    )


async def show_matters(talk: Talk, draft: Unsent) -> None:
    """The matters of the text as appeals of their own; nothing of them is sent before its button."""
    library = talk.uow.of(Library)
    matters = [
        Matter(text, agencies.AgencyView(code, library.agency_name(code, talk.actor.language)))
        for text, code in draft.matters
        if code in library.pack.agency_by_code
    ]
    await talk.say(
        appeals.separate(matters, len(draft.attachments)),
        title=_("Separate appeals"),
        buttons=keyboards.separate(draft.id, len(matters)),
    )


async def offer_agencies(talk: Talk, draft: Unsent, search: str = "") -> None:
    """Bodies to choose from: the router's alternatives, or those found by what the citizen typed."""
    if search:
        contacts = await agencies.search(talk.uow, search, talk.actor.language, 8)
        found = tuple(agencies.AgencyView(one.code, one.name) for one in contacts)
    else:
        found = (await proposal_for(talk, draft)).alternatives
    text = _("Choose the agency, or write its name or what it does.")
    if search and not found:
        text = _("I have found no such agency. Write its name in other words, or choose “I do not know”.")
    await talk.wait_for(Filing.agency)
    await talk.keep_draft(draft)
    await talk.say(text, buttons=keyboards.agencies(draft.id, found))


STEPS: dict[str, tuple[State, Prompt]] = {
    "text": (Filing.text, _ask_text),
    "kind": (Filing.kind, _ask_kind),
    "consent": (Filing.consent, _ask_consent),
    "name": (Filing.name, _ask_name),
    "residence": (Filing.residence, _ask_residence),
    "summary": (Filing.summary, _show_summary),
}
