"""The first page, and what comes of a question: an answer, a few to choose from, or the form of an appeal."""

from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from hub.foundation.errors import HubError
from hub.foundation.i18n import LANGUAGES, current_language, speaking
from hub.foundation.sentences import sentence
from hub.library import questions
from hub.web.browsers import browser_of, remember
from hub.web.doors import database_of
from hub.web.languages import remember_language
from hub.web.public.appeal_form import Filled
from hub.web.public.appeal_page import show_form
from hub.web.public.notes import new_note, read_note, sent_note, write_note
from hub.web.public.shown import library_of, posted, show, visitor

router = APIRouter()


@router.get("/")
async def first_page(request: Request) -> Response:
    answer = show(request, "home", text="", errors={}, private=False)
    remember(request, answer, browser_of(request))
    return answer


@router.post("/ask")
async def ask(request: Request) -> Response:
    fields = await posted(request, "read")
    text, language = fields.one("text"), fields.one("language")
    if language in LANGUAGES:
        return _same_in(request, language, text)
    browser = browser_of(request)
    try:
        async with database_of(request).unit_of_work() as uow:
            view = await questions.ask(uow, visitor(), text=text)
    except HubError as error:
        return show(request, "home", status=422, text=text, errors={"text": sentence(error)})
    note = write_note(request, new_note(view.id, browser))
    answer = RedirectResponse(f"/ask?q={note}", 303)
    remember(request, answer, browser)
    return answer


def _same_in(request: Request, language: str, text: str) -> Response:
    """The first page in another language, what was typed kept."""
    with speaking(language):
        answer = show(request, "home", text=text, errors={})
    remember_language(answer, language)
    return answer


@router.get("/ask")
async def found(request: Request) -> Response:
    note = read_note(request, request.query_params.get("q"))
    if note is None:
        return RedirectResponse("/", 303)
    async with database_of(request).reading() as uow:
        view = await questions.ask_again(uow, visitor(), note.question_id)
    answer = library_of(request).answer(note.picked, current_language()) if note.picked else view.answer
    if answer is None and not view.candidates:
        return await show_form(request, Filled(text=view.text), unanswered=True)
    return show(request, "found", note=write_note(request, note), view=view, answer=answer)


@router.post("/ask/pick")
async def pick(request: Request) -> Response:
    """One of the candidates."""
    fields = await posted(request, "read")
    note, faq = sent_note(request, fields.one("q")), fields.one("faq")
    async with database_of(request).unit_of_work() as uow:
        await questions.pick(uow, visitor(), question_id=note.question_id, faq_id=faq)
    return RedirectResponse(f"/ask?q={write_note(request, replace(note, picked=faq))}", 303)


@router.post("/ask/judge")
async def judge(request: Request) -> Response:
    """`This answers my question` or `Not my question`."""
    fields = await posted(request, "read")
    note, answered = sent_note(request, fields.one("q")), fields.one("answered")
    if answered not in ("yes", "no"):
        raise HubError("bad_request")
    async with database_of(request).unit_of_work() as uow:
        await questions.judge(uow, visitor(), question_id=note.question_id, answered=answered == "yes")
    if answered == "yes":
        return RedirectResponse("/ask/thanks", 303)
    return RedirectResponse(f"/appeal?q={write_note(request, note)}", 303)


@router.get("/ask/thanks")
async def thanks(request: Request) -> Response:
    return show(request, "thanks", private=False)
