"""Passing an appeal on (law art. 24, 25) and extending its term (art. 28)."""

from datetime import date

from sqlalchemy import update

from hub.appeals import notices, teaching
from hub.appeals.access import for_official
from hub.appeals.history import record
from hub.appeals.models import Appeal, Holding
from hub.appeals.routing import is_blocked
from hub.clocks import ledger
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.plain_text import clean_text
from hub.foundation.vocabulary import Status
from hub.library import agencies
from hub.library.library import Library
from hub.library.models import AgencyRecord
from hub.people import permissions
from hub.people.actors import OfficialActor


async def transfer(uow: UnitOfWork, actor: OfficialActor, number: str, *, to: str, reason: str) -> Appeal:
    """Forwards to the competent body and tells the citizen; never to the body complained about.

    Errors: not_found, not_allowed, claim_held, unknown_agency, transfer_to_self, transfer_to_about,
    reason_missing.
    """
    appeal, _facts = await for_official(uow, actor, number, permissions.may_transfer)
    reason = _reason(reason)
    agency = await agencies.find(uow, to)
    if agency.id == appeal.agency_id:
        raise HubError("transfer_to_self")
    origin = await uow.session.get_one(AgencyRecord, appeal.agency_id)
    about = await uow.session.get(AgencyRecord, appeal.about_agency_id) if appeal.about_agency_id else None
    if is_blocked(uow.of(Library).pack, agency.code, about.code if about else None):
        raise HubError("transfer_to_about")
    _check_claim(uow, actor, appeal)
    # The event is written while the sender still holds the appeal: it is the sender's act.
    record(uow, appeal, "forwarded", actor, from_=origin.code, to=agency.code, reason=reason)
    await uow.session.execute(
        update(Holding)
        .where(Holding.appeal_id == appeal.id, Holding.until.is_(None))
        .values(until=uow.now, reason=reason)
    )
    uow.session.add(Holding(appeal_id=appeal.id, agency_id=agency.id, since=uow.now))
    appeal.agency_id, appeal.status = agency.id, Status.FORWARDED
    appeal.forwards += 1
    appeal.assignee_id = appeal.claimed_until = None
    term = await ledger.forwarded(uow, appeal.id, agency.id, uow.now)
    appeal.due_on, appeal.target_on = term.due_on, term.target_on
    await teaching.corrected(uow, actor, appeal, was=origin.code, now=agency.code)
    await notices.forwarded(uow, appeal, reason)
    return appeal


async def extend(uow: UnitOfWork, actor: OfficialActor, number: str, *, until: date, reason: str) -> Appeal:
    """The head extends the term once, with a reason, and the citizen is told at once.

    Errors: not_found (also without the right), reason_missing, extension_refused.
    """
    try:
        appeal, _facts = await for_official(uow, actor, number, permissions.may_extend)
    except HubError as error:
        raise HubError("not_found" if error.code == "not_allowed" else error.code) from None
    reason = _reason(reason)
    term = await ledger.record(uow, appeal.id, "extend", uow.now, {"until": until.isoformat()})
    appeal.due_on, appeal.target_on = term.due_on, term.target_on
    record(uow, appeal, "extended", actor, until=until.isoformat(), reason=reason)
    await notices.extended(uow, appeal, reason)
    return appeal


def _reason(reason: str) -> str:
    cleaned = clean_text(reason)[:2000]
    if len(cleaned) < 3:
        raise HubError("reason_missing")
    return cleaned


def _check_claim(uow: UnitOfWork, actor: OfficialActor, appeal: Appeal) -> None:
    held = appeal.claimed_until is not None and appeal.claimed_until > uow.now
    if held and appeal.assignee_id not in (None, actor.id):
        raise HubError("claim_held")
