"""Questions of the last month, for editors: the newest, bounded, and never with who asked."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TypeVar

from sqlalchemy import ColumnElement, func, select

from hub.foundation.db import UnitOfWork
from hub.library.models import Question

T = TypeVar("T")

MONTH = timedelta(days=30)
MOST = 2000
#: Longer texts are looked at from their beginning: what is asked stands there.
MOST_TEXT = 2000
#: One at a time: editors wait for one another rather than citizens for editors.
_ROOM = ThreadPoolExecutor(1, thread_name_prefix="editors")


@dataclass(frozen=True, slots=True)
class Asked:
    """`texts`, newest first, each once as often as it was asked; `total`: how many there were."""

    texts: tuple[str, ...]
    total: int


async def asked_lately(uow: UnitOfWork, *which: ColumnElement[bool]) -> Asked:
    since = Question.asked_at >= uow.now - MONTH
    total = await uow.session.scalar(select(func.count()).select_from(Question).where(since, *which))
    texts = await uow.session.scalars(
        select(func.substr(Question.text, 1, MOST_TEXT))
        .where(since, *which)
        .order_by(Question.asked_at.desc(), Question.id.desc())
        .limit(MOST)
    )
    return Asked(tuple(texts), total or 0)


async def off_the_loop(work: Callable[..., T], *arguments: object) -> T:
    """Runs long work in the editors' one thread."""
    return await asyncio.get_running_loop().run_in_executor(_ROOM, partial(work, *arguments))


class Budget:
    """Time that one look may take, counted from its first use in the thread."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    @property
    def spent(self) -> bool:
        return time.monotonic() >= self._ends
