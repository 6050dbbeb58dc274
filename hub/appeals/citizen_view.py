"""The author's view of an appeal: everything but internal notes and who works on it."""

from collections import defaultdict

from sqlalchemy import select

from hub.appeals.citizen_acts import REOPEN_WITHIN
from hub.appeals.due import days_left, steps_in
from hub.appeals.models import Appeal, AppealEvent, Attachment, Message, Tie
from hub.appeals.names import agency_views
from hub.appeals.timeline import tell
from hub.appeals.views import AgencyView, AppealLine, AttachmentView, CitizenAppeal, MessageView
from hub.clocks import ledger
from hub.foundation.db import UnitOfWork
from hub.foundation.vocabulary import ANSWER_OUTCOMES, ClockKind, Kind, Outcome, Status, Verdict
from hub.library.library import Library
from hub.people.actors import Citizenlike
from hub.people.models import Address


def line_of(uow: UnitOfWork, appeal: Appeal, agency: AgencyView) -> AppealLine:
    left = days_left(appeal.due_on, uow.of(Library).local_date(uow.now))
    return AppealLine(
        number=appeal.number,
        text=appeal.text[:200],
        status=Status(appeal.status),
        agency=agency,
        due_on=appeal.due_on,
        days_left=left,
        overdue=appeal.open and left < 0,
        open=appeal.open,
        confidential=appeal.confidential,
    )


async def citizen_view(uow: UnitOfWork, actor: Citizenlike, appeal: Appeal) -> CitizenAppeal:
    bodies = await agency_views(uow, {appeal.agency_id}, actor.language)
    files = await files_by_message(uow, appeal.id)
    messages = (
        await uow.session.scalars(
            select(Message).where(Message.appeal_id == appeal.id, Message.kind != "note").order_by(Message.id)
        )
    ).all()
    authors = await agency_views(uow, {m.agency_id for m in messages if m.agency_id}, actor.language)
    events = (
        await uow.session.scalars(
            select(AppealEvent).where(AppealEvent.appeal_id == appeal.id).order_by(AppealEvent.seq)
        )
    ).all()
    clocks = [c for c in await ledger.explain(uow, appeal.id) if c.kind == ClockKind.FINAL]
    line = line_of(uow, appeal, bodies[appeal.agency_id])
    answered = not appeal.open and appeal.answered_at is not None and appeal.outcome in ANSWER_OUTCOMES
    fresh = appeal.answered_at is not None and uow.now - appeal.answered_at <= REOPEN_WITHIN
    return CitizenAppeal(
        number=appeal.number,
        kind=Kind(appeal.kind),
        text=appeal.text,
        language=appeal.language,
        status=line.status,
        agency=line.agency,
        registered_on=appeal.registered_on,
        received_at=appeal.received_at,
        due_on=appeal.due_on,
        days_left=line.days_left,
        overdue=line.overdue,
        due_steps=steps_in(actor.language, clocks),
        outcome=Outcome(appeal.outcome) if appeal.outcome else None,
        verdict=Verdict(appeal.verdict),
        rating=appeal.rating,
        open=appeal.open,
        confidential=appeal.confidential,
        messages=tuple(
            MessageView(
                id=m.id,
                author=m.author,
                author_name=authors[m.agency_id].name if m.agency_id else "",
                kind=m.kind,
                body=m.body,
                final=m.final,
                outcome=Outcome(m.outcome) if m.outcome else None,
                at=m.created_at,
                attachments=files[m.id],
            )
            for m in messages
        ),
        history=await tell(uow, list(events), actor.language, for_citizen=True),
        attachments=files[None],
        can_add=appeal.open,
        can_withdraw=appeal.open,
        can_judge=answered,
        can_reopen=answered and fresh,
        tied_channels=await _tied_channels(uow, appeal.id),
    )


async def files_by_message(uow: UnitOfWork, appeal_id: int) -> dict[int | None, tuple[AttachmentView, ...]]:
    """Attachments of an appeal by the message they came with; None holds those of the appeal itself."""
    found: dict[int | None, tuple[AttachmentView, ...]] = defaultdict(tuple)
    rows = await uow.session.scalars(
        select(Attachment)
        .where(Attachment.appeal_id == appeal_id)
        .order_by(Attachment.created_at, Attachment.id)
    )
    for row in rows:
        found[row.message_id] += (
            AttachmentView(row.id, row.name, row.media_type, row.size, row.kind, row.state),
        )
    return found


async def _tied_channels(uow: UnitOfWork, appeal_id: int) -> tuple[str, ...]:
    rows = await uow.session.scalars(
        select(Address.channel).join(Tie, Tie.address_id == Address.id).where(Tie.appeal_id == appeal_id)
    )
    return tuple(sorted(set(rows)))
