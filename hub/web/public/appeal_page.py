"""Showing the form of an appeal: the proposed body, whom the text names, and all that was filled in."""

from dataclasses import replace

from fastapi import Request
from starlette.responses import HTMLResponse

from hub.appeals.intake import MAX_TEXT
from hub.appeals.routing import place_in, propose
from hub.appeals.views import EarlierAppeal, Proposal
from hub.foundation.i18n import current_language
from hub.foundation.security import digest, random_token
from hub.foundation.settings import Settings
from hub.foundation.vocabulary import ChannelName
from hub.library.library import Library
from hub.people.consent_request import consent_request
from hub.web.browsers import browser_of, remember
from hub.web.doors import database_of
from hub.web.public.appeal_form import UNKNOWN, Errors, Filled, about_of, named_body
from hub.web.public.shown import library_of, show, visitor

#: A text this much over the limit is kept on the page; only a program sends more.
SHOWN = 5 * MAX_TEXT


async def show_form(
    request: Request,
    filled: Filled,
    errors: Errors | None = None,
    *,
    unanswered: bool = False,
    known: EarlierAppeal | None = None,
) -> HTMLResponse:
    """`unanswered`: the person asked, and there is no checked answer; `known`: it is registered already."""
    library, language, browser = library_of(request), current_language(), browser_of(request)
    filled = replace(filled, draft=filled.draft or random_token(), text=filled.text[:SHOWN])
    proposal = await proposal_of(request, filled)
    filled = _choose_again(filled, proposal)
    named = named_body(library, filled)
    answer = show(
        request,
        "appeal",
        status=422 if errors else 200,
        filled=filled,
        errors=errors or {},
        unanswered=unanswered,
        known=known,
        proposal=proposal,
        matters=[(mark_of(one.text), one) for one in proposal.matters],
        consent_request=consent_request(database_of(request).resources.of(Settings), ChannelName.WEB),
        named=library.agency_name(named, language) if named else "",
        danger=library.emergency(filled.text, language),
        agencies=all_agencies(library, language),
        switch_form="appeal",
        default_act="send",
    )
    remember(request, answer, browser)
    return answer


def mark_of(text: str) -> str:
    """Stands for one matter in the form; a tick for a text that has changed since means nothing."""
    return digest(text)[:20]


async def proposal_of(request: Request, filled: Filled) -> Proposal:
    """By the place named in the text, else by the place of residence, as the bot does."""
    library = library_of(request)
    pack = library.pack
    async with database_of(request).reading() as uow:
        return await propose(
            uow,
            visitor(),
            text=filled.text,
            district=place_in(pack, filled.text) or place_in(pack, filled.address),
            about=about_of(library, filled),
        )


def _choose_again(filled: Filled, proposal: Proposal) -> Filled:
    """The choice of body as it stands: untouched it follows the proposal, a deliberate one is kept."""
    offered = {proposal.agency.code, UNKNOWN, *(one.code for one in proposal.alternatives)}
    chosen = filled.chosen
    return replace(
        filled,
        agency=chosen if chosen in offered else proposal.agency.code,
        other_agency="" if chosen in offered else chosen,
        proposed=proposal.agency.code,
    )


def all_agencies(library: Library, language: str) -> list[tuple[bool, list[tuple[str, str]]]]:
    """Bodies of the country, then those of the places: (local, [(code, name)]) by name."""
    named = [(one, library.agency_name(one.code, language)) for one in library.pack.agencies]
    return [
        (local, sorted(((one.code, name) for one, name in named if (one.kind == "local") is local),
                       key=lambda pair: pair[1].casefold()))
        for local in (False, True)
    ]  # fmt: skip
