"""One appeal as an official sees it, with everything needed to answer it and only what they may see."""

import asyncio

from sqlalchemy import select

from hub.appeals.access import by_number, facts_of
from hub.appeals.applicants import opened
from hub.appeals.citizen_view import files_by_message
from hub.appeals.citizen_view import line_of as own_line
from hub.appeals.due import steps_in
from hub.appeals.inbox import line_of
from hub.appeals.models import Appeal, AppealEvent, Message
from hub.appeals.names import agency_views, official_names
from hub.appeals.reasons import case_reason
from hub.appeals.routing import likely_bodies
from hub.appeals.timeline import tell
from hub.appeals.views import (
    AgencyView,
    AppealLine,
    Applicant,
    AttachmentView,
    CaseView,
    ClockView,
    EventView,
    MessageView,
    Rights,
)
from hub.clocks import ledger
from hub.delivery import outbox
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.i18n import speaking
from hub.foundation.vocabulary import ClockKind, ClockStatus, Outcome
from hub.library.library import Library
from hub.library.models import AgencyRecord
from hub.people import permissions, profiles
from hub.people.actors import OfficialActor
from hub.people.permissions import AppealFacts, Sight, sight

OTHERS = 10


async def open_case(uow: UnitOfWork, actor: OfficialActor, number: str) -> CaseView:
    """Errors: not_found. Showing the identity is recorded; open a writing unit of work."""
    appeal = await by_number(uow, number)
    facts = await facts_of(uow, appeal)
    seen = sight(actor, facts)
    if seen is Sight.NOTHING:
        raise HubError("not_found")
    agency = await uow.session.get_one(AgencyRecord, appeal.agency_id)
    names = await official_names(uow, {appeal.assignee_id} if appeal.assignee_id else set())
    assignee = names.get(appeal.assignee_id or 0)
    today = uow.of(Library).local_date(uow.now)
    full, after = seen is Sight.FULL, seen >= Sight.METADATA
    claimed = after and appeal.claimed_until is not None and appeal.claimed_until > uow.now
    clocks = await ledger.explain(uow, appeal.id) if after else []
    files = await files_by_message(uow, appeal.id) if full else {}
    return CaseView(
        full=full,
        line=line_of(actor, today, appeal, agency, assignee, seen),
        text=appeal.text if full else "",
        applicant=await _applicant(uow, actor, appeal, facts),
        about=await _about(uow, appeal, actor.language) if full else None,
        citizen_language=appeal.language,
        registered_on=appeal.registered_on,
        due_steps=steps_in(actor.language, [c for c in clocks if c.kind == ClockKind.FINAL]),
        clocks=await _clock_views(uow, clocks, actor.language),
        messages=await _messages(uow, appeal, files, actor.language) if full else (),
        history=await _history(uow, actor, appeal, seen),
        attachments=files.get(None, ()),
        routed_why=tuple(appeal.routing.get("why", ())) if full else (),
        routed_reason=_routed_reason(uow, actor, appeal) if full else "",
        elsewhere=await _elsewhere(uow, appeal, actor.language) if full and appeal.open else (),
        claimed_by=assignee if claimed else None,
        claimed_until=appeal.claimed_until if claimed else None,
        outcome=Outcome(appeal.outcome) if appeal.outcome and after else None,
        rating=appeal.rating if after else None,
        others=await _others(uow, actor, appeal) if full else (),
        suggestions=await _suggestions(uow, appeal) if full else (),
        rights=_rights(actor, facts, appeal),
        version=appeal.version,
    )


async def _applicant(
    uow: UnitOfWork, actor: OfficialActor, appeal: Appeal, facts: AppealFacts
) -> Applicant | None:
    if not permissions.may_see_identity(actor, facts):
        return None
    profiles.disclose(uow, official_id=actor.id, citizen_id=appeal.citizen_id, appeal_number=appeal.number)
    return await opened(uow, appeal.citizen_id)


async def _about(uow: UnitOfWork, appeal: Appeal, language: str) -> str | None:
    if appeal.about_agency_id is None:
        return appeal.about_text
    return (await agency_views(uow, {appeal.about_agency_id}, language))[appeal.about_agency_id].name


async def _clock_views(
    uow: UnitOfWork, clocks: list[ledger.StoredClock], language: str
) -> tuple[ClockView, ...]:
    bodies = await agency_views(uow, {c.agency_id for c in clocks if c.agency_id}, language)
    return tuple(
        ClockView(
            kind=clock.kind,
            status=ClockStatus(clock.status),
            agency=bodies.get(clock.agency_id or 0),
            started_at=clock.started_at,
            due_at=clock.due_at,
            due_on=clock.due_on,
            cycle=clock.cycle,
        )
        for clock in clocks
    )


async def _messages(
    uow: UnitOfWork, appeal: Appeal, files: dict[int | None, tuple[AttachmentView, ...]], language: str
) -> tuple[MessageView, ...]:
    rows = (
        await uow.session.scalars(select(Message).where(Message.appeal_id == appeal.id).order_by(Message.id))
    ).all()
    people = await official_names(uow, {m.author_id for m in rows if m.author == "official" and m.author_id})
    bodies = await agency_views(uow, {m.agency_id for m in rows if m.agency_id}, language)
    states = await outbox.states_of(uow, [m.id for m in rows if m.author == "official"])
    found = []
    for m in rows:
        delivery = states.get(m.id)
        body = bodies[m.agency_id].name if m.agency_id else ""
        name = people.get(m.author_id or 0, "")
        found.append(
            MessageView(
                id=m.id,
                author=m.author,
                author_name=", ".join(part for part in (name, body) if part),
                kind=m.kind,
                body=m.body,
                final=m.final,
                outcome=Outcome(m.outcome) if m.outcome else None,
                at=m.created_at,
                attachments=files.get(m.id, ()),
                delivery=delivery.state if delivery else None,
                delivery_channels=delivery.channels if delivery else (),
            )
        )
    return tuple(found)


async def _history(
    uow: UnitOfWork, actor: OfficialActor, appeal: Appeal, seen: Sight
) -> tuple[EventView, ...]:
    query = select(AppealEvent).where(AppealEvent.appeal_id == appeal.id)
    if seen is Sight.OWN_ACTS:
        own = actor.agency_ids(*permissions.WORKING_ROLES)
        query = query.where(AppealEvent.agency_id.in_(own), AppealEvent.actor_kind == "official")
    events = (await uow.session.scalars(query.order_by(AppealEvent.seq))).all()
    return await tell(uow, list(events), actor.language, for_citizen=False)


async def _others(uow: UnitOfWork, actor: OfficialActor, appeal: Appeal) -> tuple[AppealLine, ...]:
    """The same person's other appeals with the bodies this official works for."""
    rows = (
        await uow.session.scalars(
            select(Appeal)
            .where(
                Appeal.citizen_id == appeal.citizen_id,
                Appeal.id != appeal.id,
                Appeal.agency_id == appeal.agency_id,
                Appeal.confidential.is_(False),
            )
            .order_by(Appeal.id.desc())
            .limit(OTHERS)
        )
    ).all()
    if appeal.confidential:
        return ()
    allowed = [row for row in rows if sight(actor, await facts_of(uow, row)) is Sight.FULL]
    bodies = await agency_views(uow, {row.agency_id for row in allowed}, actor.language)
    return tuple(own_line(uow, row, bodies[row.agency_id]) for row in allowed)


async def _suggestions(uow: UnitOfWork, appeal: Appeal) -> tuple[tuple[str, str], ...]:
    """Checked answers near the text, in the citizen's language, to start a reply from."""
    library = uow.of(Library)
    ranked = await asyncio.to_thread(library.router.rank_kind, appeal.text, "faq", 3)
    answers = [library.answer(match.id, appeal.language) for match in ranked if match.score > 0.2]
    return tuple((answer.title, answer.text) for answer in answers if answer)


def _routed_reason(uow: UnitOfWork, actor: OfficialActor, appeal: Appeal) -> str:
    with speaking(actor.language):
        return case_reason(uow.of(Library), appeal.routing, appeal.forwards, actor.language)


async def _elsewhere(uow: UnitOfWork, appeal: Appeal, language: str) -> tuple[AgencyView, ...]:
    """Bodies it may rather belong to, by its words and place; never the one it has or complains about."""
    about = await uow.session.get(AgencyRecord, appeal.about_agency_id) if appeal.about_agency_id else None
    holder = await uow.session.get_one(AgencyRecord, appeal.agency_id)
    codes = await likely_bodies(uow.of(Library), appeal.text, appeal.district, about.code if about else None)
    library = uow.of(Library)
    return tuple(
        AgencyView(code, library.agency_name(code, language)) for code in codes if code != holder.code
    )


def _rights(actor: OfficialActor, facts: AppealFacts, appeal: Appeal) -> Rights:
    return Rights(
        claim=permissions.may_claim(actor, facts) and appeal.assignee_id != actor.id,
        release=permissions.may_claim(actor, facts) and appeal.assignee_id == actor.id,
        reply=permissions.may_reply(actor, facts),
        sign=permissions.may_sign(actor, facts),
        note=permissions.may_note(actor, facts),
        transfer=permissions.may_transfer(actor, facts),
        extend=permissions.may_extend(actor, facts),
        close=permissions.may_close(actor, facts),
        see_identity=permissions.may_see_identity(actor, facts),
    )
