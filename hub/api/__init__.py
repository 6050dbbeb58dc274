"""Programs' doors: the JSON API, Telegram's webhook, metrics and health."""

from fastapi import FastAPI

from hub.api import metrics, webhook
from hub.api.application import create_api
from hub.foundation.settings import Settings


def register(app: FastAPI, settings: Settings) -> None:
    """Adds every door to `app`; `app.state.database` must be set before the first request."""
    app.include_router(webhook.router)
    app.include_router(metrics.router)
    app.add_middleware(metrics.CountRequests)
    app.mount("/api", create_api(app, settings))
