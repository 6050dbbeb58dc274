"""Wake-ups inside one process: a row was written, look again. Losing one costs seconds, never a row."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from functools import cache


class Bell:
    """Named events that any number of waiters in this loop may wait for."""

    def __init__(self) -> None:
        self._waiters: dict[str, set[asyncio.Event]] = defaultdict(set)

    def ring(self, name: str) -> None:
        for waiter in list(self._waiters.get(name, ())):
            waiter.set()

    @cache  # noqa: B019 -- one bell lives as long as its process; the same callable means one ring per commit
    def ringer(self, name: str) -> Callable[[], None]:
        """A callable for `UnitOfWork.after_commit`."""
        return lambda: self.ring(name)

    async def wait(self, name: str, timeout: float) -> bool:
        """True when rung, False after `timeout` seconds: callers poll the database either way."""
        waiter = asyncio.Event()
        self._waiters[name].add(waiter)
        try:
            await asyncio.wait_for(waiter.wait(), timeout)
        except TimeoutError:
            return False
        finally:
            self._waiters[name].discard(waiter)
        return True
