"""Filing an appeal: the text, then everything else on one page, then the receipt."""

from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from hub.appeals import intake
from hub.appeals.views import EarlierAppeal, Receipt
from hub.foundation.errors import HubError
from hub.foundation.i18n import LANGUAGES, speaking
from hub.foundation.security import digest
from hub.foundation.sentences import sentence
from hub.foundation.settings import Settings
from hub.library import questions
from hub.web.browsers import Browser, browser_of, remember
from hub.web.doors import database_of
from hub.web.languages import remember_language
from hub.web.public.already import add_to_held
from hub.web.public.appeal_form import Errors, Filled, about_of, draft_of, find_errors, read_filled
from hub.web.public.appeal_page import proposal_of, show_form
from hub.web.public.holding import grant, held
from hub.web.public.notes import read_note
from hub.web.public.receipt import show_receipt, write_receipt
from hub.web.public.separate import send_apart
from hub.web.public.shown import library_of, posted, show, visitor
from hub.web.public.uploads import keep_files

router = APIRouter()
SEND = "send"
#: The person was told of an open appeal with this text: words and files go to that one, or are filed anyway.
JOIN, SEPARATE = "join", "separate"
#: Which field a refusal of the register stands beside.
FIELD_OF = {
    "address_missing": "address",
    "agency_is_about": "agency",
    "bad_email": "email",
    "bad_kind": "kind",
    "bad_name": "name",
    "bad_phone": "phone",
    "bad_residence": "address",
    "consent_missing": "consent",
    "name_missing": "name",
    "text_missing": "text",
    "text_too_long": "text",
    "too_many_files": "files",
    "unknown_agency": "agency",
    "unknown_attachment": "files",
}


@router.get("/appeal")
async def begin(request: Request) -> Response:
    """The text of a question goes on as the text of the appeal."""
    note = read_note(request, request.query_params.get("q"))
    if note is None:
        answer = show(request, "tell", text="", errors={}, private=False)
        remember(request, answer, browser_of(request))
        return answer
    async with database_of(request).reading() as uow:
        text = await questions.question_text(uow, visitor(), note.question_id)
    return await show_form(request, Filled(text=text))


@router.post("/appeal")
async def file_appeal(request: Request) -> Response:
    """A text alone leads to the form; the form to the receipt, or to itself with what is missing."""
    fields = await posted(request)
    browser, filled = browser_of(request), read_filled(fields)
    files, refused = await keep_files(request, visitor(), browser, fields)
    filled = replace(filled, files=files)
    language = fields.one("language")
    if language in LANGUAGES:
        with speaking(language):
            answer: Response = await show_form(request, filled)
        remember_language(answer, language)
    elif fields.one("act") not in (SEND, JOIN, SEPARATE):
        answer = await _second_page(request, filled)
    elif fields.one("act") == JOIN and not refused:
        answer = await add_to_held(request, browser, filled, fields.one("known"))
    else:
        answer = await _send(request, browser, filled, refused, separate=fields.one("act") == SEPARATE)
    remember(request, answer, browser)
    return answer


async def _second_page(request: Request, filled: Filled) -> Response:
    if not any(character.isalnum() for character in filled.text):
        error = sentence(HubError("text_missing"))
        return show(request, "tell", status=422, text=filled.text, errors={"text": error})
    return await show_form(request, filled)


async def _send(
    request: Request, browser: Browser, filled: Filled, refused: str, *, separate: bool
) -> Response:
    library = library_of(request)
    country = database_of(request).resources.of(Settings).country_pack
    errors = find_errors(filled, library, country)
    if refused:
        errors["files"] = refused
    if errors:
        return await show_form(request, filled, errors)
    try:
        apart = await send_apart(request, browser, filled)
        if apart is not None:
            return apart
        known = () if separate else await _registered_already(request, browser, filled)
        if known:
            return await show_form(request, filled, known=known[0])
        receipt = await _register(request, browser, filled)
    except HubError as error:
        if error.code == "agency_is_about":
            filled = replace(filled, agency="", other_agency="")
        return await show_form(request, filled, _beside_field(error))
    return await _show_sent(request, browser, receipt)


async def _register(request: Request, browser: Browser, filled: Filled) -> Receipt:
    library = library_of(request)
    draft = draft_of(library, filled, await proposal_of(request, filled), browser.owner)
    key = _key(filled, about_of(library, filled))
    async with database_of(request).unit_of_work() as uow:
        return await intake.register(uow, visitor(), draft, key=key)


async def _registered_already(
    request: Request, browser: Browser, filled: Filled
) -> tuple[EarlierAppeal, ...]:
    """Open appeals with this text: by the one this browser holds open, or by the telephone number typed."""
    library, open_here = library_of(request), held(request)
    draft = draft_of(library, filled, await proposal_of(request, filled), browser.owner)
    async with database_of(request).reading() as uow:
        return await intake.registered_already(
            uow,
            visitor(),
            draft,
            key=_key(filled, about_of(library, filled)),
            held=open_here.actor if open_here else None,
        )


def _key(filled: Filled, about: str | None) -> str | None:
    """The same page sent twice is one appeal; sent again with another text it is another."""
    if not filled.draft:
        return None
    return digest("\0".join((filled.draft, filled.text, filled.kind, about or "")))


def _beside_field(error: HubError) -> Errors:
    return {FIELD_OF.get(error.code, "text"): sentence(error)}


async def _show_sent(request: Request, browser: Browser, receipt: Receipt) -> Response:
    if not browser.returning:
        # No cookie came with the form, so none may come with the next page: the receipt is shown at once.
        return await show_receipt(request, receipt.number, receipt.tracking_code)
    answer = RedirectResponse("/receipt", 303)
    write_receipt(request, answer, receipt.number, receipt.tracking_code)
    await grant(request, answer, receipt.number, receipt.tracking_code)
    return answer
