"""What every page of an official stands in: name, body, sections, time zone, what was just done."""

from typing import Any

from fastapi import Request
from starlette.responses import HTMLResponse, RedirectResponse

from hub.foundation.i18n import N_, _
from hub.library.library import Library
from hub.people.actors import OfficialActor
from hub.people.permissions import may_administer, may_list, may_read_library, may_supervise
from hub.web.doors import SignedIn, database_of
from hub.web.pages import page

#: Said once after a redirect; the address names it, so nothing has to be remembered between requests.
DONE = {
    "claimed": N_("The appeal is yours now; nobody else can answer it meanwhile."),
    "released": N_("The appeal is free again."),
    "replied": N_("The message was sent to the applicant."),
    "answered": N_("The final answer was sent and the appeal is answered."),
    "noted": N_("The note was saved; the applicant does not see it."),
    "forwarded": N_("The appeal was forwarded and the applicant was told."),
    "joined": N_("The appeal was joined to the earlier one. You can separate them again."),
    "separated": N_("The appeals are separate again."),
    "extended": N_("The term was extended and the applicant was told."),
    "closed": N_("The appeal was closed and the applicant was told."),
    "drafted": N_("The draft was saved. It is not in force until you publish it."),
    "published": N_("Published. It is in force from now on."),
    "retired": N_("Retired. It is out of use; you can publish it again from its history."),
    "restored": N_("The earlier version is published again."),
    "imported": N_("Everything in the file is in the library now."),
    "proposed": N_("The answer was proposed as an entry of the library; an editor finishes it."),
    "signed_out": N_("You are signed out."),
}


def library_of(request: Request) -> Library:
    return database_of(request).resources.of(Library)


def sections(actor: OfficialActor) -> tuple[str, ...]:
    """Only what the official may open stands in the navigation."""
    rights = (
        ("inbox", may_list),
        ("supervision", may_supervise),
        ("admin", may_administer),
        ("library", may_read_library),
    )
    return tuple(name for name, allowed in rights if allowed(actor))


def home(actor: OfficialActor) -> str:
    return f"/{next(iter(sections(actor)), 'inbox')}"


def show(
    request: Request, session: SignedIn, template: str, *, status: int = 200, block: str | None = None,
    **context: Any,
) -> HTMLResponse:  # fmt: skip
    """A page of an official in the reader's language; see `base.html` for what stands around it."""
    library = library_of(request)
    actor = session.actor
    code = next((post.agency_code for post in actor.posts if post.agency_code), None)
    known = code if code in library.pack.agency_by_code else None
    answer = page(
        template,
        status=status,
        block=block,
        **{
            "csrf_token": session.csrf,
            "official_name": actor.name,
            "agency_name": library.agency_name(known, actor.language) if known else "",
            "sections": sections(actor),
            "zone": library.zone,
            "flashes": just_done(request),
            "place": lambda soato: library.place_name(soato, actor.language),
            **context,
        },
    )
    answer.headers["Vary"] = "HX-Request, Cookie, Accept-Language"
    return answer


def just_done(request: Request) -> list[tuple[str, str]]:
    done = DONE.get(request.query_params.get("done", ""))
    return [("success", _(done))] if done else []


def see_other(address: str) -> RedirectResponse:
    """After a form: the browser fetches, and reloading sends nothing again."""
    return RedirectResponse(address, status_code=303)


def wants_part(request: Request) -> bool:
    """HTMX asks for a piece of the page; after `back` it wants the whole again."""
    headers = request.headers
    return headers.get("hx-request") == "true" and headers.get("hx-history-restore-request") != "true"
