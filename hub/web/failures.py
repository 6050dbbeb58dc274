"""What goes wrong becomes a page with one plain sentence; nobody meets JSON, a traceback or nothing."""

from urllib.parse import quote

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub.foundation.errors import HubError
from hub.foundation.i18n import speaking
from hub.foundation.sentences import sentence
from hub.web.doors import NotSignedInError
from hub.web.guards import TooLargeError
from hub.web.languages import language_of
from hub.web.pages import page

log = structlog.get_logger(__name__)

#: Codes that are not 422, which says: understood, but it cannot be done.
STATUSES = {
    "already_answered": 409,
    "already_judged": 409,
    "bad_code": 404,
    "bad_cursor": 400,
    "bad_filter": 400,
    "bad_request": 400,
    "cannot_join": 409,
    "cannot_judge": 409,
    "cannot_reopen": 409,
    "cannot_separate": 409,
    "claim_held": 409,
    "claim_needed": 409,
    "csrf_failed": 403,
    "entry_not_public": 409,
    "entry_taken": 409,
    "file_too_large": 413,
    "locked": 429,
    "may_not_sign": 403,
    "method_not_allowed": 405,
    "not_found": 404,
    "not_open": 409,
    "nothing_to_propose": 409,
    "nothing_to_publish": 409,
    "request_too_large": 413,
    "sign_in_failed": 401,
    "sign_in_needed": 401,
    "too_many_requests": 429,
    "unexpected": 500,
    "version_conflict": 409,
}
#: Told as another code, so that nobody learns what exists beyond their sight.
TOLD_AS = {"not_allowed": "not_found"}
CODES_OF_STATUS = {
    401: "sign_in_needed",
    404: "not_found",
    405: "method_not_allowed",
    413: "request_too_large",
    429: "too_many_requests",
}


def status_of(code: str) -> int:
    return STATUSES.get(TOLD_AS.get(code, code), 422)


def told(error: HubError) -> str:
    """The sentence for a person, in the language in force."""
    code = TOLD_AS.get(error.code, error.code)
    return sentence(error if code == error.code else HubError(code))


def failure_page(request: Request, error: HubError) -> Response:
    """The whole page, or for a part of a page (HTMX) only the notice."""
    block = "notice" if request.headers.get("hx-request") == "true" else None
    with speaking(language_of(request)):
        return page("failure.html", status=status_of(error.code), block=block, sentence=told(error))


def add_handlers(app: FastAPI) -> None:
    @app.exception_handler(HubError)
    async def refused(request: Request, error: HubError) -> Response:
        return failure_page(request, error)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, _error: RequestValidationError) -> Response:
        return failure_page(request, HubError("invalid"))

    @app.exception_handler(HTTPException)
    async def refused_by_framework(request: Request, error: HTTPException) -> Response:
        code = CODES_OF_STATUS.get(
            error.status_code, "bad_request" if error.status_code < 500 else "unexpected"
        )
        answer = failure_page(request, HubError(code))
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(NotSignedInError)
    async def not_signed_in(request: Request, _error: NotSignedInError) -> Response:
        return to_sign_in(request)


def to_sign_in(request: Request) -> Response:
    """To the sign-in page and, for a page that can be opened again, back."""
    back = request.url.path
    if request.method != "GET":
        # A form cannot be sent again by itself; the page it stood on has what was typed.
        back = _page_of(back)
    if request.method == "GET" and request.url.query:
        back = f"{back}?{request.url.query}"
    address = f"/sign-in?next={quote(back, safe='')}"
    if request.headers.get("hx-request") == "true":
        return Response(status_code=204, headers={"HX-Redirect": address})
    return RedirectResponse(address, 303)


def _page_of(path: str) -> str:
    """The page that a form stood on, by the address it was sent to."""
    steps = path.split("/")
    if path.startswith(("/library/entries/", "/library/agencies/")):
        return "/".join(steps[:4])
    if path.startswith("/library"):
        return "/".join(steps[:3])
    return "/".join(steps[:3]) if path.startswith("/appeals/") else "/inbox"


class LastResort:
    """An error nobody foresaw is logged and answered with a page; it may not end the connection."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, send_noted)
        except TooLargeError:
            if started:
                raise
            await failure_page(Request(scope), HubError("request_too_large"))(scope, receive, send)
        except Exception:
            log.exception("page.failed", path=scope["path"], method=scope["method"])
            if started:
                raise
            await failure_page(Request(scope), HubError("unexpected"))(scope, receive, send)
