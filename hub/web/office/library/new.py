"""A new answer: written on the same form, saved as a draft under a code of its own."""

import re
import unicodedata
from dataclasses import replace
from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from hub.foundation.errors import HubError
from hub.foundation.i18n import LANGUAGES, current_language
from hub.foundation.plain_text import clean_line
from hub.library import editing
from hub.people.permissions import may_edit_library
from hub.web.doors import Acting, Official, SignedIn, database_of
from hub.web.forms import Fields, read_form
from hub.web.office.frame import library_of, see_other, wants_part
from hub.web.office.library.acts import NO_PAGE
from hub.web.office.library.entry import Shown, address_of, choices, render
from hub.web.office.library.fields import Typed, content_of, typed_in
from routing.normalize import fold
from routing.scripts import identify_language

router = APIRouter()

#: How long a new answer stands before somebody should look at it again.
REVIEW = timedelta(days=365)
MAX_CODE = 48
#: Codes made from a title are tried with these endings when they are taken.
ENDINGS = ("", *(f"-{number}" for number in range(2, 20)))


@router.get("/library/new")
async def blank(request: Request, session: Official, asked: str = "") -> Response:
    """`asked`: a question nobody has answered yet; it becomes the first phrasing."""
    today = library_of(request).local_date(database_of(request).clock.now())
    typed = Typed(checked_on=today.isoformat(), review_on=(today + REVIEW).isoformat())
    if asked:
        text = clean_line(asked[:300])
        language = identify_language(text)
        typed[f"phrasings-{language if language in LANGUAGES else current_language()}"] = text
    return await _page(request, session, Shown(typed, 0))


@router.get("/library/new/{act}")
async def reloaded(_session: Official, act: str) -> Response:
    if act != "preview":
        raise HubError("not_found")
    return see_other("/library/new")


@router.post("/library/new")
async def create(request: Request, session: Acting) -> Response:
    form = await read_form(request)
    typed = _typed(form)
    try:
        code = await _create(request, session, typed)
    except HubError as error:
        if error.code in NO_PAGE:
            raise
        return await _page(request, session, Shown(typed, 0, "draft", error))
    return see_other(f"{address_of('faq', code)}?done=drafted")


@router.post("/library/new/preview")
async def preview(request: Request, session: Acting) -> Response:
    typed = _typed(await read_form(request))
    return await _page(
        request, session, Shown(typed, 0, "preview"), "preview" if wants_part(request) else None
    )


async def _create(request: Request, session: SignedIn, typed: Typed) -> str:
    """The code it got: the one asked for, or one made from the title that was still free."""
    content = content_of(typed, "faq")
    wanted = typed["code"].strip()
    codes = [wanted] if wanted else [f"{_code_from(typed)}{ending}" for ending in ENDINGS]
    for code in codes:
        try:
            async with database_of(request).unit_of_work() as uow:
                made = await editing.create_entry(
                    uow, session.actor, code=code, content=content, note=typed["note"]
                )
            return made.code
        except HubError as error:
            if error.code != "entry_taken" or code == codes[-1]:
                raise
    raise HubError("entry_taken")


def _code_from(typed: Typed) -> str:
    """`nikoh-guvohnomasi-nusxasi`: readable in the address, from the first language that has a title."""
    order = ("en", *LANGUAGES)
    title = next((typed[f"title-{one}"] for one in order if typed[f"title-{one}"].strip()), "")
    plain = re.sub("[^a-z0-9]+", "-", _in_latin(title[:200])).strip("-")[:MAX_CODE].strip("-")
    return plain if re.match("[a-z]", plain) else f"answer-{plain}".strip("-")


def _in_latin(title: str) -> str:
    """A Latin title as it is spelt, without accents and apostrophes; other alphabets as routing reads."""
    parts = unicodedata.normalize("NFKD", title.lower().replace("ı", "i"))
    plain = re.sub("['`ʻʼ‘’]", "", "".join(one for one in parts if not unicodedata.combining(one)))
    return fold(title) if any(one.isalpha() and not one.isascii() for one in plain) else plain


async def _page(request: Request, session: SignedIn, shown: Shown, block: str | None = None) -> HTMLResponse:
    """Errors: not_found for whoever edits nothing."""
    if not may_edit_library(session.actor):
        raise HubError("not_found")
    async with database_of(request).reading() as uow:
        around = await choices(uow, session)
    if not shown.typed["agency"] and around["owners"] and not shown.act:
        shown = replace(shown, typed=Typed({**shown.typed, "agency": around["owners"][0][0]}))
    return render(request, session, "faq", shown, entry=None, block=block, around=around)


def _typed(form: Fields) -> Typed:
    typed = typed_in(form)
    typed["shown"] = form.one("shown")
    return typed
