"""The jobs behind the tasks, and the tasks: name, period, what to look for."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog
from celery import Celery

from hub.appeals import waves
from hub.appeals.attachments import fetch_pending
from hub.appeals.deadlines import mark
from hub.clocks.sweep import pending
from hub.delivery import arrivals, idempotency, outbox
from hub.foundation.faults import reach
from hub.tasks.workshop import Workshop, run

log = structlog.get_logger(__name__)

#: How long raw arrivals and stored answers of the API are kept.
KEEP = timedelta(days=30)


async def drain_outbox(shop: Workshop) -> None:
    await shop.relay.drain()


async def fetch_attachments(shop: Workshop) -> None:
    await fetch_pending(shop.database, shop.channels)


async def sweep_clocks(shop: Workshop) -> None:
    """Warnings and breaches that have come; and messages of people whose channel is open again."""
    while True:
        async with shop.database.unit_of_work() as uow:
            for marked in await mark(uow):
                log.info("clock_marked", appeal=marked.appeal_id, kind=marked.kind, stage=marked.stage)
            reach("K12")
        async with shop.database.reading() as uow:
            if not await pending(uow):
                break
    async with shop.database.unit_of_work() as uow:
        await outbox.unblock(uow)


async def notice_waves(shop: Workshop) -> None:
    """New appeals are compared with others of their place; those from before the index are entered in it."""
    while True:
        async with shop.database.unit_of_work() as uow:
            if await waves.notice(uow) < waves.BATCH:
                return


async def purge(shop: Workshop) -> None:
    async with shop.database.unit_of_work() as uow:
        await arrivals.purge(uow, uow.now - KEEP)
    async with shop.database.unit_of_work() as uow:
        await idempotency.purge(uow, uow.now - KEEP)


@dataclass(frozen=True, slots=True)
class Job:
    """`bell` is the wake-up that asks for it between its periods."""

    work: Callable[[Workshop], Awaitable[None]]
    seconds: float
    bell: str | None = None

    @property
    def name(self) -> str:
        return f"hub.{self.work.__name__}"


JOBS = (
    Job(drain_outbox, 2.0, bell=outbox.BELL),
    Job(fetch_attachments, 5.0, bell="attachments"),
    Job(sweep_clocks, 30.0),
    Job(notice_waves, 10.0),
    Job(purge, 24 * 3600.0),
)


def register(app: Celery) -> None:
    """One task for each job, and the beat that asks for it; a beat not served in time is not made up for."""
    for job in JOBS:
        app.task(_task(job), name=job.name, shared=False)
        app.conf.beat_schedule[job.name] = {
            "task": job.name,
            "schedule": job.seconds,
            "options": {"expires": max(job.seconds, 2.0), "ignore_result": True},
        }


def _task(job: Job) -> Callable[[], None]:
    def look() -> None:
        run(job.work)

    return look
