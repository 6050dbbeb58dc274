"""What changes a draft: a pressed button, more text, a file, an edited message; and sending it."""

from bot import filing, keyboards, separating
from bot.drafts import Unsent
from bot.states import Filing
from bot.talk import Talk
from bot.wording import appeals
from hub.appeals import citizen_acts, intake
from hub.appeals.routing import check_chosen
from hub.foundation.i18n import _
from hub.foundation.plain_text import clean_text
from hub.foundation.vocabulary import Kind
from hub.library.library import Library
from hub.people import citizens

#: Where a button may act. Elsewhere it belongs to a step already left, and the present step is asked again.
WHERE = {
    "agree": {Filing.consent.state},
    "skip": {Filing.name.state},
    "join": {Filing.text.state, Filing.summary.state},
    "send": {Filing.summary.state},
    "separate": {Filing.summary.state},
    "split": {Filing.summary.state},
    "whole": {Filing.summary.state},
    "part": {Filing.summary.state},
    "change": {Filing.summary.state, Filing.agency.state},
    "who": {Filing.summary.state},
    "to": {Filing.agency.state},
    "unsure": {Filing.agency.state},
    "about": {Filing.summary.state},
    "about-no": {Filing.summary.state},
}


async def press(talk: Talk, draft: Unsent, what: str, argument: str) -> None:
    """A button of the present draft. Errors: unknown_agency, agency_is_about and those of `register`."""
    if what in WHERE and await talk.state.get_state() not in WHERE[what]:
        await filing.advance(talk, draft)
        return
    match what:
        case "cancel":
            await filing.leave(talk)
            return
        case "back":
            await go_back(talk, draft)
            return
        case "change":
            await filing.offer_agencies(talk, draft)
            return
        case "send":
            await send(talk, draft, argument)
            return
        case "separate":
            draft.separate = True
            await send(talk, draft, argument)
            return
        case "join":
            await join(talk, draft, argument)
            return
        case "part":
            await separating.send_part(talk, draft, argument)
            return
        case "split":
            await separating.split(talk, draft)
        case "whole":
            draft.whole, draft.matters = True, []
        case "kind":
            draft.kind = argument if argument in set(Kind) else draft.kind
        case "agree":
            await citizens.consent(talk.uow, talk.actor)
        case "skip":
            draft.confidential, draft.redo = True, []
        case "who":
            draft.confidential, draft.redo = False, ["", "name", "residence"]
        case "to":
            check_chosen(talk.uow.of(Library), argument, draft.about)
            draft.agency = argument
        case "unsure":
            draft.agency = None
            await talk.say(
                _(
                    "No matter: if it is not the right agency, it must pass your appeal on within five days "
                    "and tell you."
                )
            )
        case "about":
            await complain_about(talk, draft, argument)
        case "about-no":
            draft.about_denied = True
    await filing.go_on(talk, draft)


async def go_back(talk: Talk, draft: Unsent) -> None:
    if await talk.state.get_state() == Filing.agency.state:
        await filing.advance(talk, draft)
    else:
        await filing.back(talk, draft)


async def complain_about(talk: Talk, draft: Unsent, code: str) -> None:
    """The citizen confirmed who is complained about; only the body that was asked about counts."""
    proposal = await filing.proposal_for(talk, draft)
    if proposal.about is not None and proposal.about.code == code:
        draft.about = code
        draft.agency = None


async def send(talk: Talk, draft: Unsent, revision: str) -> None:
    """Registers. The draft's id is the key, so that however often it is pressed, one appeal comes of it."""
    if revision != str(draft.revision):
        await talk.say(_("The appeal has changed since that summary. Please check it once more."))
        await filing.advance(talk, draft)
        return
    profile = await citizens.profile(talk.uow, talk.actor)
    agency = draft.agency
    if agency is None and draft.about_denied:
        # Asked and denied: the proposal shown stands, though it names the body.
        agency = (await filing.proposal_for(talk, draft)).agency.code
    complete = draft.for_register(profile, agency)
    if not draft.separate:
        known = await intake.registered_already(talk.uow, talk.actor, complete, key=draft.id)
        if known:
            buttons = keyboards.registered_already(draft.id, draft.revision, known[0].number)
            await talk.say(appeals.registered_already(known[0]), buttons=buttons)
            return
    receipt = await intake.register(talk.uow, talk.actor, complete, key=draft.id)
    await talk.remember_sent(draft.id, receipt.number)
    await talk.wait_for(None)
    buttons = keyboards.appeal_acts(receipt.number, can_add=True, can_withdraw=True, can_judge=False)
    await talk.say(appeals.receipt(receipt), title=_("Your appeal has been registered"), buttons=buttons)


async def join(talk: Talk, draft: Unsent, number: str) -> None:
    """What was sent without words goes to an appeal that is open already. Errors: not_found, not_open."""
    await citizen_acts.add_message(
        talk.uow, talk.actor, number, text=draft.text, attachments=draft.attachments
    )
    await talk.keep(draft=None)
    await talk.wait_for(None)
    await talk.say(
        _("Added to appeal %(number)s. The agency sees it.", number=number), choices=keyboards.menu()
    )


async def stale(talk: Talk, draft_id: str) -> None:
    """A button of another draft than the present one."""
    number = (await talk.value("sent") or {}).get(draft_id)
    if number is not None:
        await talk.say(
            _(
                "This appeal is already registered under number %(number)s. It was not filed again.",
                number=number,
            ),
            buttons=keyboards.appeal_acts(number, can_add=True, can_withdraw=False, can_judge=False),
        )
        return
    aside = Unsent.read(await talk.value("aside"))
    text = _("This button belongs to an earlier conversation. Nothing was changed.")
    same = aside is not None and aside.id == draft_id
    await talk.say(text, buttons=keyboards.resume() if same else ())


async def add_text(talk: Talk, draft: Unsent, part: str, text: str) -> None:
    """The text asked for, or more of it while a later step waits (Telegram cuts long texts in two)."""
    state = await talk.state.get_state()
    if "text" in draft.redo:
        draft.parts.clear()
    draft.parts[part] = clean_text(text)
    draft.matters = []
    await filing.warn(talk, draft)
    if state in (Filing.text.state, Filing.summary.state):
        await filing.go_on(talk, draft)
    else:
        await talk.keep_draft(draft)
        await talk.say(_("I have added this to the text of your appeal."))


async def change_text(talk: Talk, part: str, text: str) -> bool:
    """An edited message changes the draft it is part of; False when it is part of none."""
    draft = await talk.draft()
    if draft is None or part not in draft.parts or not text:
        return False
    draft.parts[part] = clean_text(text)
    draft.matters = []
    await talk.say(_("I have changed the text of your appeal as you edited it."))
    if await talk.state.get_state() == Filing.summary.state:
        await filing.advance(talk, draft)
    else:
        await talk.keep_draft(draft)
    return True
