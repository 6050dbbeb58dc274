"""The door: sign in, sign out, and the way back to the page that was asked for."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from hub.foundation.errors import HubError
from hub.foundation.i18n import LANGUAGES
from hub.foundation.sentences import sentence
from hub.foundation.settings import Settings
from hub.people import officials, sessions
from hub.web.doors import (
    Acting,
    Language,
    check_origin,
    database_of,
    is_https,
    session_cookie_name,
    session_of,
)
from hub.web.forms import read_form
from hub.web.languages import LANGUAGE_COOKIE, remember_language
from hub.web.office.frame import home, just_done, see_other
from hub.web.pages import page

router = APIRouter()

#: Where a sign-in may lead; anything else is somebody's trick.
DESTINATIONS = ("/inbox", "/appeals/", "/library", "/supervision", "/admin")
STATUSES = {"sign_in_failed": 401, "locked": 429, "csrf_failed": 403}


@router.get("/sign-in")
async def ask(request: Request, language: Language, next: str = "") -> Response:  # noqa: A002 -- in the address
    session = await session_of(request, language)
    if session is not None:
        return see_other(local(next) or home(session.actor))
    return _form(request, next=next)


@router.post("/sign-in")
async def enter(request: Request, language: Language) -> Response:
    """Whatever was wrong, the answer does not say which part."""
    form = await read_form(request)
    login, wanted = form.one("login"), form.one("next")
    database = database_of(request)
    try:
        check_origin(request)
        signed_in = await sessions.sign_in(
            database,
            login=login[:200],
            password=form.one("password"),
            totp=form.one("totp")[:40],
            replaces=request.cookies.get(session_cookie_name(request)),
        )
    except HubError as error:
        return _form(request, login=login[:200], next=wanted, error=error)
    answer = see_other(local(wanted) or home(signed_in.actor))
    answer.set_cookie(
        session_cookie_name(request), signed_in.cookie, path="/", secure=is_https(request), httponly=True,
        samesite="lax",
    )  # fmt: skip
    chosen = request.query_params.get("language") or request.cookies.get(LANGUAGE_COOKIE)
    if chosen not in LANGUAGES:
        remember_language(answer, signed_in.actor.language)
    elif chosen != signed_in.actor.language:
        async with database.unit_of_work() as uow:
            await officials.choose_language(uow, signed_in.actor, chosen)
    return answer


@router.post("/sign-out")
async def leave(request: Request, session: Acting) -> Response:
    """The session is gone on the server, whatever becomes of the cookie."""
    name = session_cookie_name(request)
    async with database_of(request).unit_of_work() as uow:
        await sessions.sign_out(uow, request.cookies.get(name, ""))
    answer = see_other("/sign-in?done=signed_out")
    answer.delete_cookie(name, path="/", secure=is_https(request), httponly=True, samesite="lax")
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def local(address: str) -> str:
    """The address when it is a page of ours, else nothing: no other site, no script, no trick of slashes."""
    plain = address.isprintable() and address.isascii() and "\\" not in address and "//" not in address
    return address if plain and address.startswith(DESTINATIONS) else ""


def _form(request: Request, *, login: str = "", next: str = "", error: HubError | None = None) -> Response:  # noqa: A002
    settings: Settings = request.app.state.settings
    code = error.code if error else ""
    return page(
        "office/sign_in.html",
        status=STATUSES.get(code, 422) if error else 200,
        login=login,
        next=local(next),
        error=sentence(error) if error else "",
        with_code=settings.production or code in ("totp_needed", "totp_not_enrolled"),
        flashes=just_done(request),
        signed_out=request.query_params.get("done") == "signed_out",
    )
