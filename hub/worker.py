"""Composition root of Celery: its settings, a worker of processes, and worker and beat as threads."""

import asyncio
import contextlib
import fcntl
import os
import socket
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import IO, Any, TypeVar

from celery import Celery, signals
from celery.beat import EmbeddedService
from celery.worker import state as worker_state
from sqlalchemy.exc import SQLAlchemyError

from hub.app import open_channels, open_database
from hub.appeals.attachments import file_to_send
from hub.delivery.channel import Channel
from hub.delivery.relay import Relay
from hub.foundation.db import Database
from hub.foundation.settings import Settings
from hub.library.shelf import Shelf
from hub.tasks import jobs
from hub.tasks.workshop import Workshop, close_workshop, open_workshop

T = TypeVar("T")
#: Relays that send at once; a slow network must leave a thread for the clocks.
CONCURRENCY = 4
#: A task's message that nobody acknowledged comes again after this; far longer than any task.
VISIBILITY = 300


def create_celery(settings: Settings) -> Celery:
    # kombu warns about every address without a host, and memory:// has none.
    broker = "memory://localhost" if settings.broker_url == "memory://" else settings.broker_url
    app = Celery("qabul", broker=broker, set_as_current=False)
    app.conf.update(
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_ignore_result=True,
        task_serializer="json",
        accept_content=["json"],
        task_default_queue="qabul",
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        worker_enable_remote_control=False,
        worker_send_task_events=False,
        broker_connection_retry_on_startup=True,
        broker_connection_timeout=4,
        broker_transport_options=_transport_options(settings.broker_url),
        beat_schedule={},
        timezone="UTC",
    )
    if settings.broker_url.startswith("amqp"):
        app.conf.update(task_default_queue_type="quorum")
    jobs.register(app)
    return app


def _transport_options(broker_url: str) -> dict[str, object]:
    if broker_url.startswith("memory"):
        return {"polling_interval": 0.05}
    if broker_url.startswith("redis"):
        return {
            "visibility_timeout": VISIBILITY,
            "socket_timeout": 10,
            "socket_connect_timeout": 4,
            "socket_keepalive": True,
        }
    return {"confirm_publish": True}


def create_workshop(database: Database, channels: dict[str, Channel], owner: str) -> Workshop:
    return Workshop(database, channels, Relay(database, channels, owner, file_to_send))


def owner_prefix(kind: str) -> str:
    """The same after a restart of this process on this machine."""
    return f"{kind}@{socket.gethostname()}:"


def sole(folder: Path, name: str) -> IO[bytes] | None:
    """A lock that lives as long as this process; None when another process holds it.

    Only the sole one may take back what an earlier life was sending: another's is being sent.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / f"{name}.lock").open("ab")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        return None
    return lock


class EmbeddedWorker:
    """Worker and beat as threads of this process; their coroutines run on the loop that made this object."""

    def __init__(self, app: Celery, workshop: Workshop, data_dir: Path) -> None:
        # The pool's threads look the task up in the default app; without this its error is swallowed.
        app.set_default()
        self._loop = asyncio.get_running_loop()
        open_workshop(workshop, self._carry)
        # WorkController and not Worker: the latter would take over the process's signals.
        self._worker = app.WorkController(
            pool="threads",
            concurrency=CONCURRENCY,
            hostname="embedded",
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
            quiet=True,
        )
        self._worker_thread = threading.Thread(target=self._worker.start, name="worker", daemon=True)
        self._beat = EmbeddedService(app, thread=True, schedule_filename=str(data_dir / "beat"))

    def start(self) -> None:
        self._worker_thread.start()
        self._beat.start()

    async def stop(self) -> None:
        """Lets running tasks finish, for at most ten seconds."""
        worker_state.should_stop = 0
        await asyncio.gather(
            asyncio.to_thread(self._beat.stop), asyncio.to_thread(self._worker_thread.join, 10)
        )
        worker_state.should_stop = None
        close_workshop()

    def _carry(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()


def run_worker(settings: Settings, concurrency: int) -> None:
    """A worker of forked processes, each with its own loop and engine; returns when told to stop."""
    app = create_celery(settings)
    lock = sole(settings.data_dir, "worker")
    if lock is not None:
        asyncio.run(_recover(settings))
    child = _Child(settings)
    signals.worker_process_init.connect(child.open, weak=False)
    signals.worker_process_shutdown.connect(child.close, weak=False)
    app.worker_main(
        [
            "worker",
            f"--concurrency={concurrency}",
            "--without-gossip",
            "--without-mingle",
            "--loglevel=WARNING",
        ]
    )


def run_beat(settings: Settings) -> None:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    create_celery(settings).Beat(
        loglevel="WARNING", schedule=str(settings.data_dir / "beat"), quiet=True
    ).run()


async def _recover(settings: Settings) -> None:
    database = open_database(settings)
    prefix = owner_prefix("worker")
    try:
        await Relay(database, {}, prefix).recover(prefix)
    finally:
        await database.dispose()


class _Child:
    """One forked process: nothing of the parent's loop or connections is used."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def open(self, **_signal: object) -> None:
        self._runner = asyncio.Runner()
        workshop = self._runner.run(self._furnish())
        self._shelf = Shelf(workshop.database)
        open_workshop(workshop, self._carry)
        self._workshop = workshop

    def _carry(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(self._with_library(coroutine))

    async def _with_library(self, job: Coroutine[Any, Any, T]) -> T:
        """Between jobs nothing runs in this process's loop, so each job looks for a newer edition first."""
        # A database that is away is the job's to meet and to tell.
        with contextlib.suppress(SQLAlchemyError, OSError):
            await self._shelf.look()
        return await job

    async def _furnish(self) -> Workshop:
        database = open_database(self._settings, pool_size=2)
        channels = open_channels(self._settings)
        return create_workshop(database, channels, f"{owner_prefix('worker')}{os.getpid()}")

    def close(self, **_signal: object) -> None:
        close_workshop()
        self._runner.run(self._clear_out())
        self._runner.close()

    async def _clear_out(self) -> None:
        for channel in self._workshop.channels.values():
            await channel.close()
        await self._workshop.database.dispose()
