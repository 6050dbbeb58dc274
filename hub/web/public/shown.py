"""How a citizens' page is shown: in the reader's language, with the emergency numbers under it."""

from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from starlette.responses import HTMLResponse

from hub.foundation.i18n import current_language
from hub.foundation.pace import Errand, Pace
from hub.library.library import Library, in_language
from hub.people.actors import VisitorActor
from hub.web.doors import check_origin, database_of
from hub.web.forms import Fields, read_form
from hub.web.languages import CHOSEN
from hub.web.pages import page

#: Says once, in the address, what was just done; a change of language does not repeat it.
DONE = "done"


def show(
    request: Request, template: str, *, status: int = 200, private: bool = True, **context: Any
) -> HTMLResponse:
    """`public/<template>.html`. One that is not `private` may be kept, so that Back finds what was typed."""
    library = library_of(request)
    kept = [(name, value) for name, value in request.query_params.multi_items() if name not in (CHOSEN, DONE)]
    answer = page(
        f"public/{template}.html",
        status=status,
        zone=library.zone,
        emergency=emergency_numbers(library),
        query=urlencode(kept[:5])[:500] if request.method == "GET" else "",
        **context,
    )
    if not private:
        answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def library_of(request: Request) -> Library:
    return database_of(request).resources.of(Library)


def emergency_numbers(library: Library) -> list[tuple[str, str]]:
    language = current_language()
    return [(one.number, one.name[in_language(one.name, language)]) for one in library.pack.emergency.numbers]


def visitor() -> VisitorActor:
    return VisitorActor(language=current_language())


async def paced(request: Request, errand: Errand) -> None:
    """Errors: too_many_requests."""
    pace: Pace = request.app.state.pace
    await pace.check(errand, request.client.host if request.client else "")


async def posted(request: Request, errand: Errand = "write") -> Fields:
    """The form of a POST of ours. Errors: csrf_failed, too_many_requests, bad_request."""
    check_origin(request)
    await paced(request, errand)
    return await read_form(request)
