"""The append-only event list of an appeal, as rows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from hub.clocks.events import Event, in_force, stored_event
from hub.clocks.models import LegalEvent
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.vocabulary import Kind

#: The type of the row with `seq` 0.
RECEIPT = "receive"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is on record: the receipt, then the events in order of `seq`."""

    appeal_id: int
    kind: Kind
    received: datetime
    agency_id: int | None
    events: tuple[Event, ...]

    @property
    def counted(self) -> tuple[Event, ...]:
        """What the clocks are counted from."""
        return in_force(self.events)

    @property
    def last_at(self) -> datetime:
        return max((self.received, *(event.at for event in self.events[-1:])))

    def with_event(self, event: Event) -> "Recorded":
        return replace(self, events=(*self.events, event))


async def read_events(uow: UnitOfWork, appeal_id: int, *, lock: bool = False) -> Recorded:
    """Raises not_found when no clocks were started. `lock` queues other writers of this appeal."""
    # Rows read earlier in this unit may be older than the lock.
    rows = (
        select(LegalEvent).where(LegalEvent.appeal_id == appeal_id).execution_options(populate_existing=lock)
    )
    if lock:
        # The receipt is locked first, by itself: the next read then sees the rows that a rival added.
        await uow.session.execute(rows.where(LegalEvent.seq == 0).with_for_update())
    found = (await uow.session.scalars(rows.order_by(LegalEvent.seq))).all()
    if not found:
        raise HubError("not_found")
    receipt, *later = found
    events = tuple(stored_event(row.type, row.at, row.data) for row in later)
    return Recorded(appeal_id, Kind(receipt.data["kind"]), receipt.at, receipt.data["agency"], events)


def append_event(
    uow: UnitOfWork, recorded: Recorded, kind: str, at: datetime, data: Mapping[str, object]
) -> None:
    """Adds the next row; a rival that took the same `seq` fails on the unique constraint."""
    uow.session.add(
        LegalEvent(
            appeal_id=recorded.appeal_id, seq=len(recorded.events) + 1, at=at, type=kind, data=dict(data)
        )
    )
