"""The API as an application of its own under /api: its errors are problems, its documents are its own."""

from fastapi import FastAPI
from starlette.middleware import Middleware

from hub.api.docs import add_docs
from hub.api.guards import ApiGuards
from hub.api.problems import add_handlers
from hub.api.v1 import files, public, work
from hub.foundation.pace import Pace
from hub.foundation.settings import Settings

DESCRIPTION = (
    "Questions, appeals and the officials' work on them. Officials' programs send `Authorization: Bearer`; "
    "every POST honours `Idempotency-Key`; errors are `application/problem+json` with a stable `code`; "
    'lists are `{"items": [...], "next": cursor or null}`.'
)


def create_api(outer: FastAPI, settings: Settings) -> FastAPI:
    """`outer.state.database` must be set before the first call."""
    api = FastAPI(
        title="Qabul",
        version="1",
        description=DESCRIPTION,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        middleware=[Middleware(ApiGuards)],
    )
    api.state.outer = outer
    api.state.pace = Pace(settings)
    for subject in (public, work, files):
        api.include_router(subject.router, prefix="/v1")
    add_handlers(api)
    if not settings.production:
        add_docs(api)
    return api
