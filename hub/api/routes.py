"""Every door of this room, added to the application."""

from fastapi import FastAPI

from hub.api import metrics, webhook
from hub.api.application import create_api


def register(app: FastAPI) -> None:
    """`app.state.settings` and `app.state.database` are set by the composition root."""
    app.include_router(webhook.router)
    app.include_router(metrics.router)
    app.add_middleware(metrics.CountRequests)
    app.mount("/api", create_api(app, app.state.settings))
