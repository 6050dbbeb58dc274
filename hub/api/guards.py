"""What stands before every route of the API: size of the request, language of the answer, the last resort."""

import structlog
from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub.api.languages import accepted_language
from hub.api.problems import problem
from hub.foundation.errors import HubError
from hub.foundation.i18n import speaking

#: 20,000 characters may take 240,000 bytes of JSON escapes.
MAX_JSON_BYTES = 512 * 1024
#: A file of 20 MiB with the other parts around it.
MAX_UPLOAD_BYTES = 21 * 1024 * 1024

log = structlog.get_logger(__name__)


class ApiGuards:
    """Around the whole API: answers in the caller's language, refuses large bodies, shows no fault."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        with speaking(accepted_language(headers.get("accept-language"))):
            await self._answer(scope, headers, receive, send)

    async def _answer(self, scope: Scope, headers: Headers, receive: Receive, send: Send) -> None:
        started = False

        async def note_start(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = [*message["headers"], *SAFE_HEADERS]
            await send(message)

        try:
            await self.app(scope, limited(receive, limit_of(headers)), note_start)
        except Exception:
            log.exception("api_fault", method=scope["method"])
            if not started:
                await problem(HubError("unexpected"))(scope, receive, note_start)


#: Answers hold personal data: nobody keeps them, and nothing in them is ever run.
SAFE_HEADERS = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)


def limit_of(headers: Headers) -> int:
    upload = headers.get("content-type", "").lower().startswith("multipart/")
    return MAX_UPLOAD_BYTES if upload else MAX_JSON_BYTES


def limited(receive: Receive, limit: int) -> Receive:
    """`receive` that refuses (413) once more than `limit` bytes came, whatever the headers claimed."""
    read = 0

    async def receive_limited() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > limit:
            raise HTTPException(413, headers={"Connection": "close"})
        return message

    return receive_limited
