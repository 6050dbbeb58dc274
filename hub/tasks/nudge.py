"""Publishing wake-ups from a thread of their own: a broker that is down must not fail or delay a request."""

import threading
import time

import structlog
from celery import Celery

from hub.foundation.live import Bell
from hub.tasks.jobs import JOBS

log = structlog.get_logger(__name__)

#: Between complaints about a broker that is away; the beat's sweep repairs every lost wake-up.
COMPLAIN_EVERY = 60.0


class Nudges:
    """Asks for a task soon; the same one asked for twice before it is published is published once."""

    def __init__(self, app: Celery) -> None:
        self._app = app
        self._wanted: set[str] = set()
        self._changed = threading.Condition()
        self._closed = False
        self._complained = -COMPLAIN_EVERY
        self._thread = threading.Thread(target=self._publish_for_ever, name="nudges", daemon=True)
        self._thread.start()

    def ask(self, task: str) -> None:
        """Returns at once, from any thread."""
        with self._changed:
            self._wanted.add(task)
            self._changed.notify()

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join(2)

    def _publish_for_ever(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._wanted or self._closed)
                if self._closed:
                    return
                wanted, self._wanted = self._wanted, set()
            for task in sorted(wanted):
                self._publish(task)

    def _publish(self, task: str) -> None:
        try:
            self._app.send_task(task, expires=10, retry=False, ignore_result=True)
        except Exception as error:  # whatever a broker's client raises: the sweep will do it
            if time.monotonic() - self._complained > COMPLAIN_EVERY:
                self._complained = time.monotonic()
                log.warning("broker_away", error=type(error).__name__)


class PublishingBell(Bell):
    """Rings in this process as any bell does, and asks the workers for the job behind the name."""

    def __init__(self, nudges: Nudges) -> None:
        super().__init__()
        self._nudges = nudges
        self._tasks = {job.bell: job.name for job in JOBS if job.bell}

    def ring(self, name: str) -> None:
        super().ring(name)
        if name in self._tasks:
            self._nudges.ask(self._tasks[name])
