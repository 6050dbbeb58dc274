"""`/healthz`: the process is up. `/readyz`: it can serve. Neither asks Telegram."""

import asyncio
from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, PlainTextResponse

from hub.delivery import outbox
from hub.foundation.db import Database

router = APIRouter(include_in_schema=False)
#: Messages older than this mean that nobody is sending.
OUTBOX_AGE = timedelta(minutes=5)


@router.get("/healthz")
async def healthz() -> PlainTextResponse:
    return PlainTextResponse("ok")


@router.get("/readyz")
async def readyz(request: Request) -> JSONResponse:
    """200 or 503 with what is wrong: `database`, `migrations`, `outbox` are each `ok` or a few words."""
    database: Database = request.app.state.database
    checks = {"database": "ok", "migrations": "ok", "outbox": "ok"}
    try:
        async with asyncio.timeout(5), database.reading() as uow:
            oldest = await outbox.oldest_waiting(uow)
            if oldest is not None and uow.now - oldest > OUTBOX_AGE:
                checks["outbox"] = "messages are waiting too long"
        if not await request.app.state.schema_is_current():
            checks["migrations"] = "the schema is not that of this version"
    except Exception as error:  # whatever a database driver raises, the answer is the same: not ready
        checks["database"] = type(error).__name__
    ready = all(word == "ok" for word in checks.values())
    return JSONResponse({"ready": ready, **checks}, 200 if ready else 503)
