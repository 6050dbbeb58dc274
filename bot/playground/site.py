"""The web application of the playground: Bot API, file downloads, user side and chat page on one port."""

import asyncio
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.playground import methods
from bot.playground.calls import ConnectionFault, run
from bot.playground.control import world_of
from bot.playground.params import read_params
from bot.playground.refusal import Refusal
from bot.playground.staging import control_routes
from bot.playground.state import Playground

STATIC = Path(__file__).parent / "static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
METHODS_LOADED = methods.__all__


def create_playground(playground: Playground | None = None, *, any_host: bool = False) -> Starlette:
    """The ASGI application of one stand-in (`app.state.playground`).

    Paths: `/bot{token}/{method}`, `/file/bot{token}/{path}`, `/playground/...` (see `staging.py`), `/` the
    page. Unless `any_host`, requests that name another host than loopback, or come from another site's page,
    get 403.
    """
    routes: list[BaseRoute] = [
        Route("/bot{token}/{method}", call_api, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", download),
        Route("/", show_page),
        *control_routes(),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(BaseHTTPMiddleware, dispatch=_guard)])
    app.state.playground = playground or Playground()
    app.state.any_host = any_host
    return app


async def _guard(request: Request, call_next: RequestResponseEndpoint) -> Response:
    if not request.app.state.any_host and not _from_here(request):
        return JSONResponse({"error": "the playground answers on loopback only"}, 403)
    response = await call_next(request)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


async def call_api(request: Request) -> Response:
    """One Bot API call, answered in Telegram's words."""
    world = world_of(request)
    try:
        account = world.bot(request.path_params["token"])
        params = await read_params(request)
        result = await run(world, account, request.path_params["method"], params)
    except Refusal as refusal:
        return JSONResponse(refusal.body(), refusal.code)
    except ConnectionFault as fault:
        return await _drop(world, request, fault.seconds)
    return JSONResponse({"ok": True, "result": result})


async def download(request: Request) -> Response:
    """A file by the path that getFile gave, for its own bot only."""
    try:
        account = world_of(request).bot(request.path_params["token"])
    except Refusal as refusal:
        return JSONResponse(refusal.body(), refusal.code)
    wanted = request.path_params["path"]
    stored = next((one for one in account.files.values() if one.path == wanted), None)
    if stored is None:
        return JSONResponse(Refusal(404).body(), 404)
    return Response(stored.content, media_type="application/octet-stream")


async def show_page(request: Request) -> Response:
    return FileResponse(STATIC / "index.html", media_type="text/html; charset=utf-8")


def is_loopback(host: str) -> bool:
    """True for localhost and addresses that only this machine reaches."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _from_here(request: Request) -> bool:
    host = urlsplit(f"//{request.headers.get('host', '')}")
    if not is_loopback(host.hostname or ""):
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == host.netloc


async def _drop(world: Playground, request: Request, seconds: float) -> Response:
    """Closes the socket without an answer, after some silence."""
    if seconds:
        await asyncio.sleep(seconds)
    client = request.scope.get("client")
    for connection in list(world.connections):
        if connection.client is not None and client is not None and tuple(connection.client) == tuple(client):
            transport: Any = connection.transport
            transport.abort()
    return Response(status_code=500)  # only seen under a server whose sockets the stand-in does not know
