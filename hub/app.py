"""Composition root of every process that owns a database, and of the web application."""

import asyncio
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any

from fastapi import FastAPI
from sqlalchemy.exc import IntegrityError

from hub import migrations
from hub.api import health
from hub.api import routes as api_routes
from hub.clocks.book import ClockBook
from hub.delivery.channel import Channel
from hub.delivery.email import MailFolder, SmtpChannel, SmtpServer
from hub.foundation import faults
from hub.foundation.db import Database, Resources
from hub.foundation.live import Bell
from hub.foundation.security import Vault
from hub.foundation.settings import Settings
from hub.foundation.vocabulary import ChannelName
from hub.library import agencies
from hub.library.library import Library
from hub.library.shelf import Shelf
from hub.web import routes as web_routes
from hub.web.guards import BodyLimit, SecurityHeaders


def create_resources(settings: Settings, bell: Bell | None = None) -> Resources:
    """What use-cases find through `uow.of(...)`; heavy ones are made when first asked for."""
    resources = Resources()
    resources.add(settings, Settings)
    resources.add(Vault(settings.secret_key))
    resources.add(bell or Bell(), Bell)
    pack, zone, encoder = settings.country_pack, settings.timezone, settings.encoder
    precision = settings.answer_precision
    resources.provide(Library, lambda: Library.open(pack, zone, encoder, precision))
    resources.provide(ClockBook, lambda: ClockBook.of_country(settings.country_pack, settings.timezone))
    return resources


def open_database(settings: Settings, resources: Resources | None = None, *, pool_size: int = 10) -> Database:
    """One per event loop. The data folder is made; the schema is not touched (see `hub.migrations`)."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    faults.arm(settings.fault)
    resources = resources or create_resources(settings)
    database = Database(settings.sqlalchemy_url, resources, pool_size=pool_size)
    resources.add(database)
    return database


async def warm(database: Database) -> None:
    """Builds what is slow to build before the first person has to wait for it."""
    await Shelf(database).open()
    await asyncio.to_thread(database.resources.of, ClockBook)


async def enter_agencies(database: Database) -> int:
    """The register knows every body of the pack before the first appeal; returns how many were new."""
    await warm(database)
    for _attempt in range(3):
        try:
            async with database.unit_of_work() as uow:
                return await agencies.sync(uow)
        except IntegrityError:
            # Another process starting at this moment enters the same rows; look again.
            continue
    return 0


def open_channels(settings: Settings) -> dict[str, Channel]:
    """By channel name. Without a mail server, development writes letters into a folder."""
    channels: dict[str, Channel] = {}
    if settings.telegram_token:
        channels[ChannelName.TELEGRAM] = dotted(settings.telegram_channel)(settings)
    sender = settings.mail_from or "qabul@localhost"
    if settings.smtp_url:
        channels[ChannelName.EMAIL] = SmtpChannel(SmtpServer.parse(settings.smtp_url), sender)
    elif not settings.production:
        channels[ChannelName.EMAIL] = MailFolder(settings.data_dir / "mail", sender)
    return channels


def dotted(path: str) -> Callable[..., Any]:
    """`package.module:name`: how the hub reaches the bot, which it may not import."""
    module, _, name = path.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found


def create_app(settings: Settings, database: Database) -> FastAPI:
    """The web application on an open database; whoever opened the database also closes it."""
    app = FastAPI(title="Qabul", openapi_url=None, docs_url=None, redoc_url=None)
    app.state.settings = settings
    app.state.database = database
    app.state.schema_is_current = _schema_check(settings)
    app.include_router(health.router)
    # The API's counter of requests goes around the pages' last resort, to count what was really answered.
    web_routes.register(app)
    api_routes.register(app)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders, https=settings.production)
    return app


def _schema_check(settings: Settings) -> Callable[[], Awaitable[bool]]:
    """Whether the database has this version's tables; asked until it once was true."""
    known: list[bool] = []

    async def check() -> bool:
        if not known:
            found = await asyncio.to_thread(migrations.current, settings.sqlalchemy_url)
            if found != migrations.head():
                return False
            known.append(True)
        return True

    return check
