"""Composition root of every process that owns a database: the only place that names concrete classes."""

from hub.clocks.book import ClockBook
from hub.foundation.db import Database, Resources
from hub.foundation.live import Bell
from hub.foundation.security import Vault
from hub.foundation.settings import Settings
from hub.library.library import Library


def create_resources(settings: Settings) -> Resources:
    """What use-cases find through `uow.of(...)`; heavy ones are made when first asked for."""
    resources = Resources()
    resources.add(settings, Settings)
    resources.add(Vault(settings.secret_key))
    resources.add(Bell())
    resources.provide(Library, lambda: Library.open(settings.country_pack, settings.timezone))
    resources.provide(ClockBook, lambda: ClockBook.of_country(settings.country_pack))
    return resources


def open_database(settings: Settings, resources: Resources | None = None, *, pool_size: int = 10) -> Database:
    """One per event loop. The data folder is made; the schema is not touched (see `hub.migrations`)."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    resources = resources or create_resources(settings)
    database = Database(settings.sqlalchemy_url, resources, pool_size=pool_size)
    resources.add(database)
    return database
