"""/metrics for the machine's own collector: open to this machine and to administrators' tokens only."""

from time import perf_counter

import structlog
from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub.api.problems import problem
from hub.delivery import outbox
from hub.foundation.db import Database
from hub.foundation.errors import HubError
from hub.foundation.pace import is_loopback
from hub.people import permissions, sessions

router = APIRouter()
log = structlog.get_logger(__name__)
REQUESTS = Counter(
    "qabul_http_requests", "Answers by method, route and status.", ("method", "route", "status")
)
SECONDS = Histogram("qabul_http_seconds", "Seconds from request to answer.", ("method", "route"))
OUTBOX_AGE = Gauge(
    "qabul_outbox_age_seconds", "Age of the oldest message still to be sent; 0 when there is none."
)


@router.get("/metrics", include_in_schema=False)
async def metrics(request: Request) -> Response:
    database: Database = request.app.state.database
    if not _is_own_machine(request) and not await _is_administrator(request, database):
        return problem(HubError("not_found"))
    async with database.reading() as uow:
        oldest = await outbox.oldest_waiting(uow)
        OUTBOX_AGE.set((uow.now - oldest).total_seconds() if oldest else 0)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _is_own_machine(request: Request) -> bool:
    """A proxy on this machine speaks for strangers, and says so."""
    forwarded = {"forwarded", "x-forwarded-for", "x-real-ip"} & set(request.headers)
    return request.client is not None and is_loopback(request.client.host) and not forwarded


async def _is_administrator(request: Request, database: Database) -> bool:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return False
    async with database.reading() as uow:
        official = await sessions.authenticate_token(uow, token.strip())
    return official is not None and permissions.may_administer(official)


class CountRequests:
    """Counts and logs every answer under its route's template: no path, query or header gets into either."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = perf_counter(), 500

        async def note_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, note_status)
        finally:
            _note(scope, status, perf_counter() - started)


def _note(scope: Scope, status: int, seconds: float) -> None:
    route = route_of(scope)
    method = scope["method"] if scope["method"] in _METHODS else "other"
    REQUESTS.labels(method, route, str(status)).inc()
    SECONDS.labels(method, route).observe(seconds)
    level = "info" if status < 500 else "error"
    getattr(log, level)("answered", method=method, route=route, status=status, ms=round(seconds * 1000))


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def route_of(scope: Scope) -> str:
    """`/api/v1/appeals/{number}`; `-` when no route matched."""
    template = getattr(scope.get("route"), "path", None)
    return f"{scope.get('root_path', '')}{template}" if template else "-"
