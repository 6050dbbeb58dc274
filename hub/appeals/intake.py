"""Registration: the same day, never refused (law art. 23), in one transaction with its clocks."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from hub.appeals import attachments, notices, own_earlier, teaching
from hub.appeals.applicants import Author, author_of
from hub.appeals.due import steps_in
from hub.appeals.history import record
from hub.appeals.mine import tie_email
from hub.appeals.models import Appeal, Holding
from hub.appeals.numbers import CODE_LENGTH, new_number
from hub.appeals.routing import Destination, check_chosen, consider, place_in, route, unsaid
from hub.appeals.search import search_text
from hub.appeals.similar_index import write_terms
from hub.appeals.views import Draft, EarlierAppeal, Receipt
from hub.clocks import ledger
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.i18n import LANGUAGES
from hub.foundation.plain_text import clean_line, clean_text, has_word
from hub.foundation.security import Vault, random_code
from hub.foundation.vocabulary import ClockKind, Kind, Role, Status
from hub.library import agencies
from hub.library.library import Library
from hub.library.models import AgencyRecord
from hub.people import citizens
from hub.people.actors import Actor, CitizenActor, HolderActor, OfficialActor
from routing.scripts import identify_language

MAX_TEXT = 20_000
#: A desk clerk may enter the true date of receipt this far back (contract, `received_at`).
LATE_ENTRY = timedelta(days=30)


async def register(uow: UnitOfWork, actor: Actor, draft: Draft, *, key: str | None = None) -> Receipt:
    """Gives the appeal its number, body and due date. The same `key` again returns the first receipt.

    A key belongs to the citizen or official, or to the browser session that `draft.owner` is the digest of.

    Errors: text_missing, text_too_long, consent_missing, name_missing, address_missing, unknown_agency,
    agency_is_about, unknown_district, unknown_attachment, received_at_refused.
    """
    intake_key = _intake_key(actor, draft, key)
    if intake_key is None:
        return await _register(uow, actor, draft, None)
    if earlier := await _earlier(uow, intake_key):
        return await _receipt(uow, actor, earlier, repeated=True)
    try:
        async with uow.session.begin_nested():
            return await _register(uow, actor, draft, intake_key)
    except IntegrityError:
        # Sent twice at once: the other one has just been committed, unless it is another trouble.
        earlier = await _earlier(uow, intake_key)
        if earlier is None:
            raise
        return await _receipt(uow, actor, earlier, repeated=True)


async def registered_already(
    uow: UnitOfWork, actor: Actor, draft: Draft, *, key: str | None = None, held: HolderActor | None = None
) -> tuple[EarlierAppeal, ...]:
    """The person's open appeals with this text, newest first, to be told of before sending; never a refusal.

    Empty for a draft that was sent already under this `key`: `register` then gives its receipt again. `held`
    is the appeal that the person's browser holds open. Writes nothing.
    """
    intake_key = _intake_key(actor, draft, key)
    if intake_key is not None and await _earlier(uow, intake_key):
        return ()
    return await own_earlier.already_open(uow, actor, draft, held=held)


def _intake_key(actor: Actor, draft: Draft, key: str | None) -> str | None:
    if key is None:
        return None
    match actor:
        case CitizenActor():
            return f"{actor.id}:{key}"
        case OfficialActor():
            return f"official:{actor.id}:{key}"
    # Nobody may fetch another's receipt, with its code, by knowing a key: it holds for one browser only.
    return f"visitor:{draft.owner}:{key}" if draft.owner else None


async def _register(uow: UnitOfWork, actor: Actor, draft: Draft, intake_key: str | None) -> Receipt:
    author = await author_of(uow, actor, draft)
    text = _text(draft.text)
    received_at = _received_at(uow, actor, draft)
    library = uow.of(Library)
    district = _district(library, draft, author, text)
    about = library.bodies.meant(draft.about) if draft.about else None
    kind = draft.kind or (Kind.COMPLAINT if draft.about else Kind.APPLICATION)
    await consider(library, text, district, about.code if about else None)
    destination = _destination(library, draft, kind, text, district, about.code if about else None)
    agency = await agencies.find(uow, destination.code)
    appeal = Appeal(
        number=await _free_number(uow, library, received_at),
        code_sealed=uow.of(Vault).seal(random_code(CODE_LENGTH)),
        intake_key=intake_key,
        citizen_id=author.citizen_id,
        kind=kind,
        status=Status.REGISTERED,
        open=True,
        text=text,
        search=search_text(text),
        language=_language(draft, actor, text),
        channel=actor.channel,
        agency_id=agency.id,
        district=district,
        about_agency_id=(await agencies.find(uow, about.code)).id if about else None,
        about_text=clean_line(draft.about)[:500] if draft.about else None,
        confidential=draft.confidential,
        urgent=library.emergency(text, "en") is not None,
        routing=destination.noted(),
        received_at=received_at,
        registered_on=received_at.date(),
        due_on=received_at.date(),
        target_on=received_at.date(),
        entered_by_id=actor.id if isinstance(actor, OfficialActor) else None,
    )
    own = await own_earlier.earlier(uow, actor, draft)
    uow.session.add(appeal)
    await uow.session.flush()
    await write_terms(uow, appeal.id, text)
    await own_earlier.note_links(uow, appeal, own)
    await _note_change(uow, actor, appeal, destination)
    uow.session.add(Holding(appeal_id=appeal.id, agency_id=agency.id, since=received_at))
    term = await ledger.start(uow, appeal.id, kind, received_at, agency.id)
    appeal.registered_on, appeal.due_on, appeal.target_on = term.registered_on, term.due_on, term.target_on
    await attachments.adopt(uow, actor, draft.attachments, appeal=appeal, owner=draft.owner)
    record(uow, appeal, "registered", actor, agency=agency.code, reason=destination.reason)
    await _tie_addresses(uow, actor, appeal, draft)
    receipt = replace(await _receipt(uow, actor, appeal), similar=tuple(one.number for one in own))
    await notices.registered(uow, actor, appeal, receipt)
    return receipt


async def _tie_addresses(uow: UnitOfWork, actor: Actor, appeal: Appeal, draft: Draft) -> None:
    if isinstance(actor, CitizenActor):
        await notices.tie(uow, appeal, await citizens.address_of(uow, actor))
    if draft.applicant.email.strip():
        await tie_email(uow, HolderActor(appeal.id, actor.language), appeal.number, draft.applicant.email)


def _text(text: str) -> str:
    text = clean_text(text)
    if not has_word(text):
        raise HubError("text_missing")
    if len(text) > MAX_TEXT:
        raise HubError("text_too_long", most=MAX_TEXT)
    return text


def _received_at(uow: UnitOfWork, actor: Actor, draft: Draft) -> datetime:
    if draft.received_at is None:
        return uow.now
    if not (isinstance(actor, OfficialActor) and actor.has(Role.REGISTRAR)):
        raise HubError("received_at_refused")
    if not uow.now - LATE_ENTRY <= draft.received_at <= uow.now:
        raise HubError("received_at_refused")
    return draft.received_at


def _district(library: Library, draft: Draft, author: Author, text: str) -> str | None:
    if draft.district:
        if draft.district not in library.place_codes:
            raise HubError("unknown_district", district=draft.district[:40])
        return draft.district
    return place_in(library.pack, text) or author.district


def _destination(
    library: Library, draft: Draft, kind: Kind, text: str, district: str | None, about: str | None
) -> Destination:
    if draft.agency:
        check_chosen(library, draft.agency, about)
        return Destination(draft.agency, (), 1.0, "chosen")
    routed = route(library, text, district, about)
    named = library.bodies.named(text) if kind == Kind.COMPLAINT and about is None else None
    code = unsaid(library, routed.code, named.code if named else None)
    return routed if code == routed.code else Destination(code, routed.why, routed.confidence, "named")


async def _note_change(uow: UnitOfWork, actor: Actor, appeal: Appeal, chosen: Destination) -> None:
    """A citizen who sends it to another body than the proposed one says that the proposal was wrong."""
    if chosen.reason == "chosen" and isinstance(actor, CitizenActor):
        proposed = route(uow.of(Library), appeal.text, appeal.district, None)
        if proposed.code != chosen.code:
            await teaching.changed(uow, actor, appeal, proposed=proposed.code)


def _language(draft: Draft, actor: Actor, text: str) -> str:
    written_in = draft.language or identify_language(text) or actor.language
    return written_in if written_in in LANGUAGES else actor.language


async def _free_number(uow: UnitOfWork, library: Library, received_at: datetime) -> str:
    while True:
        number = new_number(library.pack.info.prefix, received_at.year)
        taken = await uow.session.scalar(select(Appeal.id).where(Appeal.number == number))
        if taken is None:
            return number


async def _earlier(uow: UnitOfWork, intake_key: str) -> Appeal | None:
    return (await uow.session.scalars(select(Appeal).where(Appeal.intake_key == intake_key))).one_or_none()


async def _receipt(uow: UnitOfWork, actor: Actor, appeal: Appeal, repeated: bool = False) -> Receipt:
    agency = await uow.session.get_one(AgencyRecord, appeal.agency_id)
    final = [c for c in await ledger.explain(uow, appeal.id) if c.kind == ClockKind.FINAL]
    return Receipt(
        number=appeal.number,
        tracking_code=uow.of(Vault).open(appeal.code_sealed),
        registered_on=appeal.registered_on,
        due_on=appeal.due_on,
        due_steps=steps_in(actor.language, final),
        agency=agencies.view(agency, actor.language),
        status=Status(appeal.status),
        kind=Kind(appeal.kind),
        confidential=appeal.confidential,
        urgent=appeal.urgent,
        repeated=repeated,
    )
