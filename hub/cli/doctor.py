"""What `qabul doctor` looks at; it changes nothing."""

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import text

from hub import migrations
from hub.app import open_database
from hub.delivery import outbox
from hub.foundation.db import Database
from hub.foundation.settings import Settings, unsafe
from hub.library.stored import edition

ENOUGH_DISK = 200_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    well: bool
    detail: str


def examine(settings: Settings) -> list[Finding]:
    """One finding a subject, whatever goes wrong with it."""
    subjects: dict[str, Callable[[Settings], tuple[bool, str]]] = {
        "settings": _settings,
        "data folder": _folder,
        "database": _database,
        "country pack": _pack,
        "library": _library,
        "outbox": _outbox,
        "broker": _broker,
    }
    findings = []
    for what, look in subjects.items():
        try:
            well, detail = look(settings)
        except Exception as error:  # each subject may fail in its own way; the rest is still looked at
            well, detail = (
                False,
                f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}",
            )
        findings.append(Finding(what, well, detail))
    return findings


def _settings(settings: Settings) -> tuple[bool, str]:
    problems = unsafe(settings) if settings.production else []
    return not problems, " ".join(problems) or settings.environment


def _folder(settings: Settings) -> tuple[bool, str]:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    probe = settings.data_dir / ".doctor"
    probe.write_bytes(b"x")
    probe.unlink()
    free = shutil.disk_usage(settings.data_dir).free
    return free > ENOUGH_DISK, f"writable, {free // 1_000_000} MB free"


def _database(settings: Settings) -> tuple[bool, str]:
    current = migrations.current(settings.sqlalchemy_url)
    if current != migrations.head():
        return False, f"at {current}, this version needs {migrations.head()}: run `qabul migrate`"
    return asyncio.run(_durability(settings))


async def _durability(settings: Settings) -> tuple[bool, str]:
    """Acknowledged must mean on disk."""
    database = open_database(settings)
    try:
        async with database.reading() as uow:
            if database.is_sqlite:
                value = await uow.session.scalar(text("PRAGMA synchronous"))
                return value in (2, 3), f"SQLite, synchronous={value}"
            found = {}
            for name in ("fsync", "synchronous_commit", "full_page_writes"):
                found[name] = str(await uow.session.scalar(text(f"SHOW {name}")))
            well = "off" not in found.values()
            return well, "PostgreSQL, " + ", ".join(f"{name}={value}" for name, value in found.items())
    finally:
        await database.dispose()


def _pack(settings: Settings) -> tuple[bool, str]:
    from knowledge.check import check
    from knowledge.load import load_pack

    pack = load_pack(settings.country_pack)
    problems = check(pack)
    return not problems, f"{len(pack.agencies)} agencies, {len(pack.faq)} answers, {len(problems)} problems"


def _library(settings: Settings) -> tuple[bool, str]:
    async def look() -> tuple[bool, str]:
        database = open_database(settings)
        try:
            async with database.reading() as uow:
                now = await edition(uow)
        finally:
            await database.dispose()
        if now is None:
            return True, "the country pack alone"
        if now.failure:
            return False, f"edition {now.number} could not be built, the earlier one serves: {now.failure}"
        return True, f"edition {now.number}, of {now.changed_at:%F %T}"

    return asyncio.run(look())


def _outbox(settings: Settings) -> tuple[bool, str]:
    async def look() -> tuple[bool, str]:
        database = open_database(settings)
        try:
            return await _outbox_state(database)
        finally:
            await database.dispose()

    return asyncio.run(look())


async def _outbox_state(database: Database) -> tuple[bool, str]:
    async with database.reading() as uow:
        failed = await outbox.lines(uow, states=outbox.UNDELIVERED, limit=1000)
        oldest = await outbox.oldest_waiting(uow)
    late = oldest is not None and (database.clock.now() - oldest).total_seconds() > 300
    waiting = f"the oldest waits since {oldest:%F %T}" if oldest else "nothing waits"
    return not late, f"{waiting}; {len(failed)} failed or blocked"


def _broker(settings: Settings) -> tuple[bool, str]:
    if settings.broker_url.startswith("memory"):
        return True, "in memory, for `qabul run` only"
    from hub.worker import create_celery

    with create_celery(settings).connection_for_write() as connection:
        connection.ensure_connection(max_retries=1, timeout=3)
    return True, "answers"
