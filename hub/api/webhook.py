"""Telegram's webhook: proves the sender, stores the update, commits, answers. Bot processes do the rest."""

import json
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from hub.api.guards import MAX_JSON_BYTES
from hub.api.problems import problem
from hub.delivery import arrivals
from hub.foundation.db import Database
from hub.foundation.errors import HubError
from hub.foundation.security import same
from hub.foundation.settings import Settings

router = APIRouter()
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- the header's name


@router.post("/telegram/{bot_id}", include_in_schema=False)
async def receive(bot_id: str, request: Request) -> Response:
    """200 only once the update is durable; anything else makes Telegram send it again."""
    database: Database = request.app.state.database
    settings = database.resources.of(Settings)
    try:
        _prove(request, settings, bot_id)
        update = _parse(await _body(request))
        async with database.unit_of_work() as uow:
            await arrivals.accept(uow, bot_id=bot_id, updates=[update])
    except HubError as error:
        return problem(error)
    return Response(status_code=200)


def _prove(request: Request, settings: Settings, bot_id: str) -> None:
    """Without a secret in the settings nothing is accepted: an open webhook would take anybody's word."""
    if not settings.telegram_token or not same(bot_id, settings.telegram_token.partition(":")[0]):
        raise HubError("not_found")
    given = request.headers.getlist(SECRET_HEADER)
    secret = settings.telegram_webhook_secret
    if not secret or len(given) != 1 or not same(given[0], secret):
        raise HubError("sign_in_needed")


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_JSON_BYTES:
            raise HubError("request_too_large")
    return body


def _parse(body: bytes) -> dict[str, Any]:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        raise HubError("bad_request") from None
    if not isinstance(update, dict):
        raise HubError("bad_request")
    return update
