"""The stored clocks of an appeal: started once, fed with events, explained. Nothing here commits.

Every function appends to the appeal's event list and derives all its clocks again, so the rows are a cache.
`at` defaults to the unit's instant; an instant before the last event (a machine's clock set back) is taken as
that event's, since events run in the order in which they were recorded.

    term = await ledger.start(uow, appeal.id, Kind.COMPLAINT, received_at, agency.id)
    term = await ledger.forwarded(uow, appeal.id, other.id)
    clocks = await ledger.explain(uow, appeal.id)
"""

from collections.abc import Mapping
from datetime import datetime

from hub.clocks.book import ClockBook
from hub.clocks.calendar_table import edited_days
from hub.clocks.clock_rows import StoredClock, keep, read_clocks, unend
from hub.clocks.event_rows import RECEIPT, Recorded, append_event, read_events
from hub.clocks.events import Event, event_data, stored_event
from hub.clocks.models import LegalEvent
from hub.clocks.term_types import Term
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.vocabulary import Kind

__all__ = [
    "StoredClock",
    "answered",
    "assigned",
    "cancelled",
    "closed",
    "explain",
    "first_word",
    "forwarded",
    "message_from_citizen",
    "record",
    "reopened",
    "resync",
    "separated",
    "start",
    "term_of",
]

#: A refusal's rule -> the code of the error that a person reads.
CODES = {
    "after_answer_refused": "already_answered",
    "reopen_refused": "cannot_reopen",
    "pause_refused": "pause_refused",
    "resume_refused": "pause_refused",
    "study_late_refused": "study_refused",
    "study_again_refused": "study_refused",
    "study_absent_refused": "study_refused",
    "pause_absent_refused": "pause_refused",
}


async def start(
    uow: UnitOfWork, appeal_id: int, kind: Kind, received_at: datetime, agency_id: int | None
) -> Term:
    """Starts all clocks of a new appeal; `register` is met by this very act."""
    uow.session.add(
        LegalEvent(
            appeal_id=appeal_id,
            seq=0,
            at=received_at,
            type=RECEIPT,
            data={"kind": str(kind), "agency": agency_id},
        )
    )
    await uow.session.flush()
    return await _derive(uow, Recorded(appeal_id, Kind(kind), received_at, agency_id, ()))


async def record(
    uow: UnitOfWork,
    appeal_id: int,
    event_type: str,
    at: datetime | None = None,
    data: Mapping[str, object] | None = None,
    note: str = "",
) -> Term:
    """Appends one event of `events.LEGAL_EVENTS` or `SERVICE_EVENTS` and counts again.

    `data` as in `qabul clocks due`; `note` is the actor's reason. Raises HubError, with nothing recorded,
    when the event is refused: extension_refused, study_refused, pause_refused, already_answered,
    cannot_reopen, bad_date. Its `rule` parameter is the refusing step's code.
    """
    recorded = await read_events(uow, appeal_id, lock=True)
    moment = max(at or uow.now, recorded.last_at)
    try:
        event = stored_event(event_type, moment, {**(data or {}), **({"reason": note} if note else {})})
    except ValueError:
        raise HubError("bad_date", field=event_type) from None
    return await _add(uow, recorded, event)


async def assigned(uow: UnitOfWork, appeal_id: int, at: datetime | None = None) -> Term:
    """Somebody took the appeal up: the `route` clock ends."""
    return await record(uow, appeal_id, "assign", at)


async def first_word(uow: UnitOfWork, appeal_id: int, at: datetime | None = None) -> Term:
    """A person wrote to the citizen: ends `first_word`, and the wait if one runs. Never called for a bot."""
    return await record(uow, appeal_id, "word", at)


async def message_from_citizen(uow: UnitOfWork, appeal_id: int, at: datetime | None = None) -> Term:
    """The citizen wrote. A wait starts at the first unanswered word; an edited message is not a new one."""
    return await record(uow, appeal_id, "message", at)


async def answered(uow: UnitOfWork, appeal_id: int, at: datetime | None = None) -> Term:
    """The final answer was signed. Raises already_answered."""
    return await record(uow, appeal_id, "answer", at)


async def closed(uow: UnitOfWork, appeal_id: int, at: datetime | None = None, reason: str = "") -> Term:
    """A decision that is not an answer on the merits (left without consideration, terminated)."""
    return await record(uow, appeal_id, "close", at, note=reason)


async def cancelled(uow: UnitOfWork, appeal_id: int, at: datetime | None = None, reason: str = "") -> Term:
    """No answer is owed any more (withdrawn, joined): open clocks end as cancelled, late ones as breached."""
    return await record(uow, appeal_id, "cancel", at, note=reason)


async def forwarded(
    uow: UnitOfWork, appeal_id: int, to_agency_id: int, at: datetime | None = None, reason: str = ""
) -> Term:
    """Another body has it now: a fresh count for it; the citizen's total goes on."""
    recorded = await read_events(uow, appeal_id, lock=True)
    moment = max(at or uow.now, recorded.last_at)
    return await _add(uow, recorded, Event("forward", moment, to=to_agency_id, reason=reason))


async def reopened(uow: UnitOfWork, appeal_id: int, at: datetime | None = None, reason: str = "") -> Term:
    """A new cycle from that day. Raises cannot_reopen before an answer or after the policy's window."""
    recorded = await read_events(uow, appeal_id, lock=True)
    moment = max(at or uow.now, recorded.last_at)
    book = uow.of(ClockBook)
    ends = [event.at for event in recorded.events if event.type in ("answer", "close", "cancel")]
    if ends:
        since = book.calendar.local_date(moment) - book.calendar.local_date(ends[-1])
        if since.days > book.policy.reopen.within_days:
            raise HubError("cannot_reopen", days=book.policy.reopen.within_days)
    return await _add(uow, recorded, Event("reopen", moment, reason=reason))


async def separated(uow: UnitOfWork, appeal_id: int, at: datetime | None = None, reason: str = "") -> Term:
    """Takes the last `cancelled` back: its clocks run on as they were. Raises not_found without one."""
    recorded = await read_events(uow, appeal_id, lock=True)
    cancels = [event.at for event in recorded.counted if event.type == "cancel"]
    if not cancels:
        raise HubError("not_found")
    await unend(uow, appeal_id, cancels[-1])
    moment = max(at or uow.now, recorded.last_at)
    return await _add(uow, recorded, Event("separate", moment, reason=reason))


async def explain(uow: UnitOfWork, appeal_id: int) -> list[StoredClock]:
    """Every clock of the appeal with its steps, oldest first. Statuses are true at `uow.now`."""
    return await read_clocks(uow, appeal_id)


async def term_of(uow: UnitOfWork, appeal_id: int, as_of: datetime | None = None) -> Term:
    """The term counted anew from the stored events, changing nothing. Raises not_found."""
    recorded = await read_events(uow, appeal_id)
    book, edits = uow.of(ClockBook), await edited_days(uow)
    term, _clocks = book.count(
        recorded.kind, recorded.received, recorded.agency_id, recorded.counted, edits, as_of or uow.now
    )
    return term


async def resync(uow: UnitOfWork, appeal_id: int) -> Term:
    """Derives the open clocks again, after the calendar changed. Ended clocks stay as they were."""
    return await _derive(uow, await read_events(uow, appeal_id, lock=True))


async def _add(uow: UnitOfWork, recorded: Recorded, event: Event) -> Term:
    term = await _derive(uow, recorded.with_event(event), refuse=True)
    append_event(uow, recorded, event.type, event.at, event_data(event))
    await uow.session.flush()
    return term


async def _derive(uow: UnitOfWork, recorded: Recorded, *, refuse: bool = False) -> Term:
    book, edits = uow.of(ClockBook), await edited_days(uow)
    counted = recorded.counted
    term, clocks = book.count(recorded.kind, recorded.received, recorded.agency_id, counted, edits, uow.now)
    last = len(counted) - 1
    if refuse and last in term.refused:
        step = next(step for step in reversed(term.steps) if step.refused)
        code = CODES.get(step.rule, "extension_refused")
        raise HubError(code, rule=step.rule, due_on=term.due_on.isoformat())
    await keep(uow, recorded.appeal_id, book, book.calendar_with(edits), clocks)
    return term
