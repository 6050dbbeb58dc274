"""What stands before every answer of the web application: security headers and a limit on bodies."""

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub.foundation.errors import HubError
from hub.foundation.sentences import sentence

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
HSTS = "max-age=31536000; includeSubDomains"
#: Bytes of a request: forms with files may carry several of the largest.
LARGEST = 1_000_000
LARGEST_WITH_FILES = 64_000_000
THROWN_AWAY = 256_000_000


class SecurityHeaders:
    """Sets what a route has not set itself; personal pages are kept by no cache."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        self._https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if self._https:
                    headers.setdefault("strict-transport-security", HSTS)
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("cache-control", "no-store")
            await send(message)

        await self._app(scope, receive, send_guarded)


class TooLargeError(Exception):
    """Raised out of `receive` when the body is over the limit; pages answer it themselves."""


class BodyLimit:
    """413 for a body over the limit, announced or not; the API has limits and words of its own.

    The rest of such a body is read and thrown away, up to a bound: a browser shows no answer that comes
    while it still sends.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith("/api/"):
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        with_files = headers.get(b"content-type", b"").startswith(b"multipart/form-data")
        limit = LARGEST_WITH_FILES if with_files else LARGEST
        announced = headers.get(b"content-length", b"0")
        hopeless = not announced.isdigit() or int(announced) > limit
        received = 0
        started = False

        async def receive_counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if not hopeless and received <= limit:
                return message
            while message.get("more_body") and received < THROWN_AWAY:
                message = await receive()
                received += len(message.get("body", b""))
            raise TooLargeError

        async def send_noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive_counted, send_noted)
        except TooLargeError:
            if not started:
                await PlainTextResponse(sentence(HubError("request_too_large")), 413)(scope, receive, send)
