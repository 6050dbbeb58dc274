"""Several matters of one text as appeals of their own: the ticked ones are registered, all or none."""

from dataclasses import replace

from fastapi import Request
from starlette.responses import Response

from hub.appeals import intake
from hub.appeals.views import Matter, Proposal, Receipt
from hub.foundation.i18n import _
from hub.foundation.security import digest
from hub.web.browsers import Browser
from hub.web.doors import database_of
from hub.web.public.appeal_form import SEPARATE, Filled, draft_of
from hub.web.public.appeal_page import mark_of, proposal_of, show_form
from hub.web.public.shown import library_of, show, visitor


async def send_apart(request: Request, browser: Browser, filled: Filled) -> Response | None:
    """The receipts, or the form again when nothing is ticked; None when the text is to be sent as one.

    Files go with the first one. Errors: those of `register`.
    """
    proposal = await proposal_of(request, filled) if filled.apart == SEPARATE else None
    if proposal is None or not proposal.matters:
        return None
    ticked = [matter for matter in proposal.matters if mark_of(matter.text) in filled.ticked]
    if not ticked:
        return await show_form(request, filled, {"apart": _("Tick each matter that you want to send.")})
    receipts = await _register(request, browser, filled, ticked)
    left_out = [matter for matter in proposal.matters if matter not in ticked]
    return show(
        request,
        "receipts",
        receipts=[(one, f"{one.tracking_code[:5]} {one.tracking_code[5:]}") for one in receipts],
        left_out=left_out,
        danger=library_of(request).emergency(filled.text, visitor().language),
    )


async def _register(
    request: Request, browser: Browser, filled: Filled, matters: list[Matter]
) -> list[Receipt]:
    proposals = [await _alone(request, filled, matter) for matter in matters]
    receipts = []
    async with database_of(request).unit_of_work() as uow:
        for place, (matter, proposal) in enumerate(zip(matters, proposals, strict=True)):
            part = _part(filled, matter, first=place == 0)
            draft = draft_of(library_of(request), part, proposal, browser.owner)
            key = digest("\0".join((filled.draft, matter.text, filled.kind))) if filled.draft else None
            receipts.append(await intake.register(uow, visitor(), draft, key=key))
    return receipts


async def _alone(request: Request, filled: Filled, matter: Matter) -> Proposal:
    return await proposal_of(request, _part(filled, matter, first=False))


def _part(filled: Filled, matter: Matter, *, first: bool) -> Filled:
    """What would be filed of one matter: it goes where it was shown to go."""
    return replace(
        filled,
        text=matter.text,
        agency="",
        other_agency="",
        proposed=matter.agency.code,
        files=filled.files if first else (),
    )
