"""The library that serves in this process, and its replacement while it serves.

Publishing raises the edition in the database. Every process looks at it each second (at once where it was
raised), builds the new library in a thread and puts it in the old one's place in one step: readers keep what
they hold and never wait. A build that fails leaves the running library and is told in one sentence.
"""

import asyncio
from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError

from hub.foundation.db import Database, UnitOfWork
from hub.foundation.live import Bell
from hub.foundation.settings import Settings
from hub.library.edition import in_force
from hub.library.encoder import configured_encoder
from hub.library.lessons import Pair, calibration_pairs, lesson_entries
from hub.library.library import Library
from hub.library.models import LibraryEdition
from hub.library.stored import BELL, EDITION, Snapshot, edition, snapshot
from knowledge.load import load_pack
from knowledge.overlay import turning_days
from knowledge.schema import Pack
from routing import Entry

log = structlog.get_logger(__name__)

LOOK_EVERY = 1.0
#: A build that failed is tried again after this, in case what it lacked (memory, a file) is there again.
TRY_AGAIN = 60.0


async def lessons(uow: UnitOfWork) -> Sequence[Entry]:
    """Routing entries from elsewhere: the one place where what corrections teach joins a build.

    Whoever changes them calls `stored.raise_edition`, as publishing does.
    """
    return await lesson_entries(uow.session)


async def build_library(database: Database) -> Library:
    """A new library of the pack, the editors' entries in force today and the lessons; built in a thread.

    Raises what the pack's or an entry's own error is; the running library is not touched.
    """
    async with database.reading() as uow:
        kept, more, now = await snapshot(uow), await lessons(uow), uow.now
        judged = await calibration_pairs(uow.session)
    settings = database.resources.of(Settings)
    running = database.resources.made(Library)
    shipped = running.shipped if running else await asyncio.to_thread(load_pack, settings.country_pack)
    today = now.astimezone(ZoneInfo(settings.timezone or shipped.info.timezone)).date()
    return await asyncio.to_thread(_bind, settings, shipped, kept, more, judged, today)


def _bind(
    settings: Settings,
    shipped: Pack,
    kept: Snapshot,
    more: Sequence[Entry],
    judged: Sequence[Pair],
    today: date,
) -> Library:
    now = in_force(shipped, kept, today)
    return Library(
        now.pack,
        settings.timezone,
        shipped=shipped,
        edition=kept.edition,
        until=now.until,
        more=more,
        judged=judged,
        encoder=configured_encoder(settings.encoder),
        precision=settings.answer_precision,
    )


class Shelf:
    """Keeps the library of one database's resources current. One at a time looks and builds."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._building = asyncio.Lock()
        #: Edition and day of the last failed build, and when (loop time) it failed.
        self._failed: tuple[int, date] | None = None
        self._failed_at = 0.0

    async def open(self) -> None:
        """The first library of this process, stored entries in it; the pack's alone if those do not fit."""
        resources = self._database.resources
        if resources.made(Library) is not None:
            await self.look()
            return
        async with self._database.reading() as uow:
            stored = await edition(uow)
        if stored is not None and await self._swap(stored.number, date.min):
            return
        library = await asyncio.to_thread(resources.of, Library)
        if stored is None and any(day for faq in library.pack.faq for day in turning_days(faq)):
            await self._swap(0, date.min)

    async def look(self) -> bool:
        """Whether a new library was put in place; cheap when nothing changed."""
        async with self._building:
            running = self._database.resources.made(Library)
            if running is None:
                return False
            async with self._database.reading() as uow:
                stored = await edition(uow)
                today = running.local_date(uow.now)
            number = stored.number if stored else 0
            due = running.until is not None and running.until <= today
            if (number == running.edition and not due) or self._failed_lately(number, today):
                return False
            return await self._swap(number, today)

    def _failed_lately(self, number: int, today: date) -> bool:
        age = asyncio.get_running_loop().time() - self._failed_at
        return self._failed == (number, today) and age < TRY_AGAIN

    async def _swap(self, number: int, today: date) -> bool:
        try:
            library = await build_library(self._database)
        except (SQLAlchemyError, ConnectionError):
            raise  # the database is away: that says nothing about the library
        except Exception as error:  # whatever a pack, an entry or the router raises: the old one goes on
            self._failed, self._failed_at = (number, today), asyncio.get_running_loop().time()
            log.warning("library_not_built", edition=number, reason=str(error))
            await self._tell(number, f"{type(error).__name__}: {error}")
            return False
        self._database.resources.add(library)
        log.info("library_in_place", edition=library.edition, answers=len(library.pack.faq))
        await self._tell(library.edition, None)
        return True

    async def _tell(self, number: int, failure: str | None) -> None:
        """For the library page and `qabul doctor`; a newer edition has its own word."""
        async with self._database.reading() as uow:
            known = await edition(uow)
        if known is None or known.number != number or known.failure == failure:
            return
        async with self._database.unit_of_work() as uow:
            await uow.session.execute(
                update(LibraryEdition)
                .where(LibraryEdition.id == EDITION, LibraryEdition.number == number)
                .values(failure=failure and failure[:500], failed_at=uow.now if failure else None)
            )

    async def keep_current(self, stop: asyncio.Event) -> None:
        """Looks until `stop`; a database that is away is waited for."""
        bell = self._database.resources.of(Bell)
        away = False
        while not stop.is_set():
            try:
                await self.look()
                away = False
            except (SQLAlchemyError, OSError) as error:
                if not away:
                    log.warning("library_not_looked_at", error=type(error).__name__)
                away = True
            await _either(stop, bell, LOOK_EVERY)


async def _either(stop: asyncio.Event, bell: Bell, seconds: float) -> None:
    ending = asyncio.create_task(stop.wait())
    ringing = asyncio.create_task(bell.wait(BELL, seconds))
    try:
        await asyncio.wait({ending, ringing}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (ending, ringing):
            task.cancel()
        await asyncio.gather(ending, ringing, return_exceptions=True)
