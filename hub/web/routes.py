"""The pages: citizens' and officials', the built files, and what stands around them."""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from hub.foundation.pace import Pace
from hub.web import failures
from hub.web.bundle import STATIC_PATH, BuiltFiles
from hub.web.languages import ReadersLanguage

#: Rooms of pages; each has a `routes` module with a `router`.
PAGES = ("hub.web.public", "hub.web.office")


def register(app: FastAPI, rooms: Sequence[str] = PAGES) -> None:
    """`app.state` must hold `settings` and `database` before the first request."""
    app.state.pace = Pace(app.state.settings, door="pages")
    app.mount(STATIC_PATH, BuiltFiles(), name="static")
    for room in rooms:
        if find_spec(room) is not None:
            app.include_router(import_module(f"{room}.routes").router)
    failures.add_handlers(app)
    app.add_middleware(failures.LastResort)
    app.add_middleware(ReadersLanguage)
    app.add_middleware(GZipMiddleware, minimum_size=700, compresslevel=6)
