"""The reader's language: in force for the whole request, error pages included, and remembered when chosen."""

from collections.abc import MutableMapping
from typing import Any

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub.foundation.i18n import DEFAULT_LANGUAGE, LANGUAGES, speaking

LANGUAGE_COOKIE = "language"
CHOSEN = "language"
YEAR = 365 * 24 * 3600
_BY_TAG = {code.lower(): code for code in LANGUAGES} | {"uz": DEFAULT_LANGUAGE}


def language_of(request: Request) -> str:
    """Chosen in the address, remembered in a cookie, else what the browser prefers."""
    for chosen in (request.query_params.get(CHOSEN), request.cookies.get(LANGUAGE_COOKIE)):
        if chosen in LANGUAGES:
            return chosen
    return preferred_language(request.headers.get("accept-language", ""))


def preferred_language(header: str) -> str:
    """The first of ours in an Accept-Language header: browsers send it in order of preference."""
    for item in header[:300].split(","):
        parts = item.split(";")[0].strip().lower().split("-")
        for length in range(len(parts), 0, -1):
            found = _BY_TAG.get("-".join(parts[:length]))
            if found is not None:
                return found
    return DEFAULT_LANGUAGE


def remember_language(response: Response, language: str) -> None:
    """Not a secret, so it may travel without HTTPS."""
    response.set_cookie(LANGUAGE_COOKIE, language, max_age=YEAR, path="/", httponly=True, samesite="lax")


class ReadersLanguage:
    """Everything inside is rendered in the reader's language; the API decides for itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith("/api/"):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        language = language_of(request)
        chosen = request.query_params.get(CHOSEN) == language

        async def send_remembering(message: Message) -> None:
            if message["type"] == "http.response.start" and chosen:
                _add_cookie(message, language)
            await send(message)

        with speaking(language):
            await self._app(scope, receive, send_remembering)


def _add_cookie(message: MutableMapping[str, Any], language: str) -> None:
    carrier = Response()
    remember_language(carrier, language)
    MutableHeaders(scope=message).append("set-cookie", carrier.headers["set-cookie"])
