"""What the author does with an appeal: adds, withdraws, reads, judges, rates (law art. 31, 32)."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select

from hub.appeals.access import own_appeal
from hub.appeals.attachments import adopt, view
from hub.appeals.history import record
from hub.appeals.models import Appeal, AppealEvent, Attachment, Message
from hub.appeals.search import MAX_SEARCH, search_text
from hub.appeals.views import MessageView
from hub.clocks import ledger
from hub.delivery import outbox
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.plain_text import clean_text
from hub.foundation.vocabulary import ANSWER_OUTCOMES, Outcome, Status, Verdict
from hub.people.actors import Citizenlike

REOPEN_WITHIN = timedelta(days=30)
MAX_MESSAGE = 20_000


async def add_message(
    uow: UnitOfWork, actor: Citizenlike, number: str, *, text: str, attachments: Sequence[str] = (),
    owner: str | None = None,
) -> MessageView:  # fmt: skip
    """Adds words or files to an open appeal. Errors: not_found, not_open, text_missing, text_too_long."""
    appeal = await own_appeal(uow, actor, number, lock=True)
    text = clean_text(text)
    if not appeal.open:
        raise HubError("not_open")
    if not text and not attachments:
        raise HubError("text_missing")
    if len(text) > MAX_MESSAGE:
        raise HubError("text_too_long")
    message = Message(
        appeal_id=appeal.id,
        cycle=appeal.cycle,
        author="citizen",
        kind="addition",
        body=text,
        created_at=uow.now,
    )
    uow.session.add(message)
    await uow.session.flush()
    await adopt(uow, actor, attachments, appeal=appeal, message=message, owner=owner)
    appeal.search = (appeal.search + search_text(text))[:MAX_SEARCH]
    if appeal.status == Status.AWAITING_CITIZEN:
        appeal.status = Status.IN_PROGRESS
    await ledger.message_from_citizen(uow, appeal.id, uow.now)
    record(uow, appeal, "added", actor, files=len(attachments))
    files = await _files_of(uow, message.id)
    return MessageView(
        message.id, "citizen", "", message.kind, text, False, None, uow.now,
        tuple(view(file) for file in files),
    )  # fmt: skip


async def _files_of(uow: UnitOfWork, message_id: int) -> Sequence[Attachment]:
    return (await uow.session.scalars(select(Attachment).where(Attachment.message_id == message_id))).all()


async def withdraw(uow: UnitOfWork, actor: Citizenlike, number: str, reason: str = "") -> None:
    """Takes the appeal back before the decision (law art. 30, 32). Errors: not_found, not_open."""
    appeal = await own_appeal(uow, actor, number, lock=True)
    if not appeal.open:
        raise HubError("not_open")
    appeal.status, appeal.open = Status.CLOSED, False
    appeal.outcome = Outcome.TERMINATED
    appeal.assignee_id = appeal.claimed_until = None
    await ledger.cancelled(uow, appeal.id, uow.now)
    record(uow, appeal, "withdrawn", actor, reason=clean_text(reason)[:500])


async def acknowledge(uow: UnitOfWork, actor: Citizenlike, number: str) -> None:
    """`I have read it`: the answer has reached the person. Pressing again changes nothing."""
    appeal = await own_appeal(uow, actor, number, lock=True)
    if appeal.outcome is None and appeal.answered_at is None:
        raise HubError("cannot_judge")
    if appeal.read_at is None:
        appeal.read_at = uow.now
        await outbox.mark_read(uow, appeal.id)
        record(uow, appeal, "read", actor)


async def judge(uow: UnitOfWork, actor: Citizenlike, number: str, verdict: Verdict) -> None:
    """The citizen's own word on the answer; `not_solved` reopens, within 30 days and once per answer.

    Errors: not_found, cannot_judge, already_judged, cannot_reopen.
    """
    appeal = await own_appeal(uow, actor, number, lock=True)
    if appeal.open or appeal.answered_at is None or appeal.outcome not in ANSWER_OUTCOMES:
        raise HubError("cannot_judge")
    if verdict is Verdict.NONE:
        raise HubError("bad_verdict")
    if appeal.verdict == verdict and verdict is not Verdict.NOT_SOLVED:
        return
    appeal.verdict = verdict
    record(uow, appeal, "judged", actor, verdict=verdict.value, cycle=appeal.cycle)
    if appeal.read_at is None:
        appeal.read_at = uow.now
        await outbox.mark_read(uow, appeal.id)
    if verdict is Verdict.NOT_SOLVED:
        await _reopen(uow, actor, appeal)


async def _reopen(uow: UnitOfWork, actor: Citizenlike, appeal: Appeal) -> None:
    """A new cycle with its own clock; the first cycle's result stands. It goes back to the same body."""
    assert appeal.answered_at is not None
    if uow.now - appeal.answered_at > REOPEN_WITHIN or await _reopened_since_answer(uow, appeal):
        raise HubError("cannot_reopen")
    term = await ledger.reopened(uow, appeal.id, uow.now)
    appeal.status, appeal.open = Status.REOPENED, True
    appeal.cycle += 1
    appeal.reopened_at = uow.now
    appeal.assignee_id = appeal.claimed_until = None
    appeal.outcome = appeal.answered_at = appeal.read_at = None
    appeal.due_on, appeal.target_on = term.due_on, term.target_on
    record(uow, appeal, "reopened", actor, cycle=appeal.cycle)


async def _reopened_since_answer(uow: UnitOfWork, appeal: Appeal) -> bool:
    count = await uow.session.scalar(
        select(func.count())
        .select_from(AppealEvent)
        .where(
            AppealEvent.appeal_id == appeal.id,
            AppealEvent.type == "reopened",
            AppealEvent.at >= appeal.answered_at,
        )
    )
    return bool(count)


async def rate(uow: UnitOfWork, actor: Citizenlike, number: str, stars: int) -> None:
    """1 to 5, changeable. Errors: not_found, bad_rating, cannot_judge before any answer."""
    appeal = await own_appeal(uow, actor, number, lock=True)
    if stars not in (1, 2, 3, 4, 5):
        raise HubError("bad_rating")
    if appeal.answered_at is None and appeal.cycle == 1:
        raise HubError("cannot_judge")
    appeal.rating = stars
    record(uow, appeal, "rated", actor, stars=stars, cycle=appeal.cycle)
