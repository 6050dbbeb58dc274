"""The live list: an open page hears within seconds that something in it is new or changed."""

import asyncio
from collections.abc import AsyncIterator

import anyio
from fastapi import APIRouter, Request
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import Response

from hub.appeals.inbox_pulse import changes
from hub.foundation.live import Bell
from hub.people.permissions import may_list
from hub.web.doors import SignedIn, Watching, database_of, session_of
from hub.web.office.frame import show

router = APIRouter()

#: Seconds between two looks; also how long a revoked session may go on listening.
LOOK = 2.0


@router.get("/inbox/stream")
async def stream(request: Request, session: Watching, after: int = 0) -> Response:
    """Server-sent events `changed`: how many appeals are new or changed since the page was drawn."""
    return EventSourceResponse(_tell(request, session, max(0, min(after, 2**62))), ping=20)


async def _tell(request: Request, session: SignedIn, after: int) -> AsyncIterator[ServerSentEvent]:
    database = database_of(request)
    bell = database.resources.of(Bell)
    known: set[int] | None = None
    numbers: set[str] = set()
    # Set when the process is asked to end: an endless answer must not hold it up.
    stop: asyncio.Event | None = getattr(request.app.state, "stop", None)
    listening: SignedIn | None = session
    while listening is not None and may_list(listening.actor) and not (stop and stop.is_set()):
        # A page that is left cancels this in the act; a look at the database is always finished.
        with anyio.CancelScope(shield=True):
            async with database.reading() as uow:
                found = await changes(uow, listening.actor, after)
        if known is None:
            # What the page showed when it was drawn is no news.
            known = {change.event_id for change in found if change.event_id <= after}
        fresh = [change for change in found if change.event_id not in known]
        known.update(change.event_id for change in fresh)
        if fresh:
            after = max(after, *(change.event_id for change in fresh))
            numbers.update(change.number for change in fresh)
            yield ServerSentEvent(_news(request, listening, len(numbers)), event="changed")
        await bell.wait("inbox", LOOK)
        # Asked anew each time: who was dismissed or moved hears nothing more.
        with anyio.CancelScope(shield=True):
            listening = await session_of(request, session.actor.language, seen=False)


def _news(request: Request, session: SignedIn, count: int) -> str:
    answer = show(request, session, "office/news.html", count=count)
    return bytes(answer.body).decode()
