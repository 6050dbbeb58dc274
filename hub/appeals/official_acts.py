"""What officials do with an appeal they hold: claim, reply, note, and the legal ends of it.

Every act locks the row first; of two that come at once, one wins and the other is told.
"""

from collections.abc import Sequence
from datetime import timedelta

from hub.appeals import notices, teaching
from hub.appeals.access import for_official
from hub.appeals.attachments import adopt
from hub.appeals.history import record
from hub.appeals.models import Appeal, Attachment, Message
from hub.appeals.names import official_names
from hub.appeals.views import ClaimView, MessageView, ReplyView
from hub.appeals.words import GROUNDS_OF
from hub.clocks import ledger
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.plain_text import clean_text
from hub.foundation.vocabulary import ANSWER_OUTCOMES, Outcome, Status
from hub.people import permissions
from hub.people.actors import Actor, OfficialActor
from hub.people.permissions import AppealFacts

CLAIM_FOR = timedelta(minutes=30)
MAX_REPLY = 20_000


async def claim(uow: UnitOfWork, actor: OfficialActor, number: str) -> ClaimView:
    """A hard claim: while it lasts nobody else can answer. Errors: not_found, not_allowed, claim_held."""
    appeal, _facts = await for_official(uow, actor, number, permissions.may_claim)
    await _take(uow, actor, appeal)
    assert appeal.claimed_until is not None
    return ClaimView(actor.name, appeal.claimed_until)


async def _take(uow: UnitOfWork, actor: OfficialActor, appeal: Appeal) -> None:
    held_until = appeal.claimed_until
    held = appeal.assignee_id is not None and held_until is not None and held_until > uow.now
    if held and appeal.assignee_id != actor.id:
        holder = (await official_names(uow, {appeal.assignee_id or 0})).get(appeal.assignee_id or 0, "")
        raise HubError("claim_held", name=holder)
    if appeal.assignee_id != actor.id:
        record(uow, appeal, "claimed", actor)
        await ledger.assigned(uow, appeal.id, uow.now)
    appeal.assignee_id = actor.id
    appeal.claimed_until = uow.now + CLAIM_FOR
    if appeal.status in (Status.REGISTERED, Status.FORWARDED, Status.REOPENED):
        appeal.status = Status.ASSIGNED


async def release(uow: UnitOfWork, actor: OfficialActor, number: str) -> None:
    """Gives the claim back. Errors: not_found, not_allowed, claim_held."""
    appeal, _facts = await for_official(uow, actor, number, permissions.may_claim)
    if appeal.assignee_id not in (None, actor.id):
        raise HubError("claim_held")
    if appeal.assignee_id is not None:
        appeal.assignee_id = appeal.claimed_until = None
        record(uow, appeal, "released", actor)


async def reply(
    uow: UnitOfWork,
    actor: OfficialActor,
    number: str,
    *,
    text: str,
    final: bool,
    outcome: Outcome | None = None,
    attachments: Sequence[str] = (),
    version: int | None = None,
    ask: bool = False,
) -> ReplyView:
    """A word to the citizen; a final one answers the appeal and closes it.

    `ask` says that the citizen is asked for something and the appeal waits for them (no clock stops for it).
    Errors: not_found, not_allowed, claim_held, already_answered, may_not_sign, outcome_missing, bad_outcome,
    text_missing, text_too_long, version_conflict, unknown_attachment.
    """
    appeal, facts = await _answerable(uow, actor, number, version)
    body = _body(text)
    chosen = _outcome(actor, facts, final, outcome)
    await _take(uow, actor, appeal)
    message = await _say(uow, actor, appeal, "answer" if final else "interim", body, final, chosen)
    await adopt(uow, actor, attachments, appeal=appeal, message=message)
    files = await _files(uow, attachments)
    if appeal.first_word_at is None:
        appeal.first_word_at = uow.now
    await ledger.first_word(uow, appeal.id, uow.now)
    if final:
        await _answer(uow, actor, appeal, message, files, chosen or Outcome.EXPLAINED)
    else:
        appeal.status = Status.AWAITING_CITIZEN if ask else Status.IN_PROGRESS
        await ledger.record(uow, appeal.id, "interim", uow.now)
        record(uow, appeal, "replied", actor, message=message.id)
        await notices.spoken_to(uow, appeal, message, files)
    return ReplyView(message.id, "sent")


async def _answerable(
    uow: UnitOfWork, actor: OfficialActor, number: str, version: int | None
) -> tuple[Appeal, AppealFacts]:
    appeal, facts = await for_official(uow, actor, number, permissions.works)
    if not appeal.open:
        raise HubError("already_answered" if appeal.answered_at else "not_open")
    if version is not None and version != appeal.version:
        raise HubError("version_conflict")
    return appeal, facts


def _body(text: str) -> str:
    body = clean_text(text)
    if not body:
        raise HubError("text_missing")
    if len(body) > MAX_REPLY:
        raise HubError("text_too_long")
    return body


def _outcome(actor: Actor, facts: AppealFacts, final: bool, outcome: Outcome | None) -> Outcome | None:
    if not final:
        return None
    if not permissions.may_sign(actor, facts):
        raise HubError("may_not_sign")
    if outcome is None:
        raise HubError("outcome_missing")
    if outcome not in ANSWER_OUTCOMES:
        raise HubError("bad_outcome")
    return outcome


async def _answer(
    uow: UnitOfWork, actor: OfficialActor, appeal: Appeal, message: Message, files: Sequence[Attachment],
    outcome: Outcome,
) -> None:  # fmt: skip
    appeal.status, appeal.open = Status.ANSWERED, False
    appeal.outcome, appeal.answered_at = outcome, uow.now
    appeal.verdict = "none"
    appeal.claimed_until = None
    await ledger.answered(uow, appeal.id, uow.now)
    record(uow, appeal, "answered", actor, outcome=outcome.value, message=message.id)
    await teaching.answered(uow, actor, appeal)
    await notices.answered(uow, appeal, message, files)


async def _say(
    uow: UnitOfWork, actor: OfficialActor, appeal: Appeal, kind: str, body: str, final: bool = False,
    outcome: Outcome | None = None,
) -> Message:  # fmt: skip
    message = Message(
        appeal_id=appeal.id,
        cycle=appeal.cycle,
        author="official",
        author_id=actor.id,
        agency_id=appeal.agency_id,
        kind=kind,
        body=body,
        final=final,
        outcome=outcome,
        created_at=uow.now,
    )
    uow.session.add(message)
    await uow.session.flush()
    return message


async def _files(uow: UnitOfWork, ids: Sequence[str]) -> list[Attachment]:
    return [await uow.session.get_one(Attachment, one) for one in dict.fromkeys(ids)]


async def note(uow: UnitOfWork, actor: OfficialActor, number: str, *, text: str) -> MessageView:
    """An internal note that no citizen sees. Errors: not_found, not_allowed, text_missing, text_too_long."""
    appeal, _facts = await for_official(uow, actor, number, permissions.may_note)
    message = await _say(uow, actor, appeal, "note", _body(text))
    record(uow, appeal, "noted", actor, message=message.id)
    return MessageView(message.id, "official", actor.name, "note", message.body, False, None, uow.now)


async def close(
    uow: UnitOfWork,
    actor: OfficialActor,
    number: str,
    *,
    outcome: Outcome,
    ground: str | None = None,
    conclusion: str | None = None,
) -> ReplyView:
    """Ends the appeal on a formal ground with a written conclusion (law art. 29, 30).

    An outcome on the merits makes the conclusion the final answer.
    Errors: not_found, not_allowed, may_not_sign, bad_outcome, ground_missing, conclusion_missing, claim_held.
    """
    if not clean_text(conclusion or ""):
        raise HubError("conclusion_missing")
    if outcome in ANSWER_OUTCOMES:
        return await reply(uow, actor, number, text=conclusion or "", final=True, outcome=outcome)
    appeal, facts = await _answerable(uow, actor, number, None)
    if outcome not in GROUNDS_OF:
        raise HubError("bad_outcome")
    if ground not in GROUNDS_OF[outcome]:
        raise HubError("ground_missing", grounds=", ".join(GROUNDS_OF[outcome]))
    if not permissions.may_close(actor, facts):
        raise HubError("may_not_sign")
    await _take(uow, actor, appeal)
    message = await _say(uow, actor, appeal, "conclusion", _body(conclusion or ""), True, outcome)
    appeal.status, appeal.open = Status.CLOSED, False
    appeal.outcome = outcome
    appeal.claimed_until = None
    appeal.first_word_at = appeal.first_word_at or uow.now
    await ledger.first_word(uow, appeal.id, uow.now)
    await ledger.closed(uow, appeal.id, uow.now)
    record(uow, appeal, "closed", actor, outcome=outcome.value, ground=ground, message=message.id)
    await notices.closed(uow, appeal, message.body, message)
    return ReplyView(message.id, "sent")
