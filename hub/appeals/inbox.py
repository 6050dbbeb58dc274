"""The officials' list: most urgent first, keyset-paged on an index, and exactly what each may open."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, or_, select, true

from hub.appeals.access import About, visible
from hub.appeals.due import days_left
from hub.appeals.models import Appeal, AppealEvent, Message, WaveMember
from hub.appeals.numbers import read_number
from hub.appeals.routed import STATES, routed_condition
from hub.appeals.search import like_pattern
from hub.appeals.views import InboxLine, WaveMark
from hub.appeals.waves import marks
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.i18n import LANGUAGES
from hub.foundation.paging import Page, read_cursor, write_cursor
from hub.foundation.plain_text import clean_line
from hub.foundation.vocabulary import Kind, Status, Verdict
from hub.library import agencies
from hub.library.library import Library
from hub.library.models import AgencyRecord
from hub.people.actors import OfficialActor
from hub.people.models import Official
from hub.people.permissions import AppealFacts, Sight, may_list, sight
from routing.normalize import fold

#: `all` and `forwarded` together are exactly what the actor may open.
VIEWS = ("open", "mine", "unassigned", "due_soon", "overdue", "urgent", "answered", "all", "forwarded")
DUE_SOON = 2
MAX_WORDS = 6


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """`since`/`until` bound the day of receipt; `answered_since`/`answered_until` that of a final answer,
    also one that the citizen did not accept: such appeals are found with `reopened`.
    """

    q: str = ""
    status: str = ""
    kind: str = ""
    view: str = "open"
    agency: str = ""
    verdict: str = ""
    language: str = ""
    #: One of `routed.STATES`: what became of the router's first choice.
    routed: str = ""
    #: A number: only appeals like that one, and it; `alike` are their ids once `similar.narrowed` found them.
    similar: str = ""
    alike: tuple[int, ...] | None = None
    #: The id of a wave (`hub.appeals.waves`).
    wave: int = 0
    reopened: bool = False
    since: datetime | None = None
    until: datetime | None = None
    answered_since: datetime | None = None
    answered_until: datetime | None = None
    first_word_since: datetime | None = None
    first_word_until: datetime | None = None


async def list_inbox(
    uow: UnitOfWork, actor: OfficialActor, chosen: InboxFilter, cursor: str | None = None, limit: int = 50
) -> Page[InboxLine]:
    """Ordered by due date, then number of entry. Errors: not_allowed, bad_filter, bad_cursor."""
    if not may_list(actor):
        raise HubError("not_allowed")
    today = uow.of(Library).local_date(uow.now)
    query = _base().where(_within_sight(actor, chosen), *conditions(chosen, actor, today))
    after = read_cursor(cursor, str, int)
    if after is not None:
        due_on, row_id = _position(after)
        query = query.where(or_(Appeal.due_on > due_on, and_(Appeal.due_on == due_on, Appeal.id > row_id)))
    rows = (await uow.session.execute(query.order_by(Appeal.due_on, Appeal.id).limit(limit + 1))).all()
    shown = rows[:limit]
    marked = await marks(uow, actor, [row[0].id for row in shown])
    lines = tuple(_line(actor, today, *row, marked.get(row[0].id)) for row in shown)
    last = shown[-1][0] if shown else None
    more = len(rows) > limit and last is not None
    return Page(lines, write_cursor(last.due_on.isoformat(), last.id) if more and last else None)


def _within_sight(actor: OfficialActor, chosen: InboxFilter) -> ColumnElement[bool]:
    """Who passed an appeal on learns nothing later of it: no filter finds it by what came after."""
    if chosen.view == "forwarded":
        plain = InboxFilter(view="forwarded", q=chosen.q, since=chosen.since, until=chosen.until)
        if chosen != plain or (chosen.q.strip() and not read_number(chosen.q[:60])):
            raise HubError("bad_filter")
        return and_(visible(actor), not_(visible(actor, held=False)))
    if chosen.similar or chosen.wave or (chosen.q.strip() and not read_number(chosen.q[:60])):
        return visible(actor, texts=True)
    return visible(actor, held=False)


async def count_inbox(uow: UnitOfWork, actor: OfficialActor, chosen: InboxFilter) -> int:
    """How many rows the whole list has."""
    today = uow.of(Library).local_date(uow.now)
    rows = _base().where(_within_sight(actor, chosen), *conditions(chosen, actor, today))
    return await uow.session.scalar(rows.with_only_columns(func.count())) or 0


def _base() -> Select[Appeal, AgencyRecord, str, str]:
    return (
        select(Appeal, AgencyRecord, About.path, Official.name)
        .join(AgencyRecord, AgencyRecord.id == Appeal.agency_id)
        .outerjoin(About, About.id == Appeal.about_agency_id)
        .outerjoin(Official, Official.id == Appeal.assignee_id)
    )


def conditions(chosen: InboxFilter, actor: OfficialActor, today: date) -> list[ColumnElement[bool]]:
    """The filter as SQL over Appeal and AgencyRecord, for lists and for the counts that link to them."""
    if chosen.view not in VIEWS:
        raise HubError("bad_filter")
    found = [view_condition(chosen.view, actor, today)]
    if chosen.status:
        if chosen.status not in list(Status):
            raise HubError("bad_filter")
        found.append(Appeal.status == chosen.status)
    if chosen.kind:
        if chosen.kind not in list(Kind):
            raise HubError("bad_filter")
        found.append(Appeal.kind == chosen.kind)
    if chosen.verdict:
        found.append(Appeal.verdict == chosen.verdict[:20])
    if chosen.language:
        if chosen.language not in LANGUAGES:
            raise HubError("bad_filter")
        found.append(Appeal.language == chosen.language)
    if chosen.agency:
        found.append(AgencyRecord.code == clean_line(chosen.agency[:100]))
    if chosen.routed:
        if chosen.routed not in STATES:
            raise HubError("bad_filter")
        found.append(routed_condition(chosen.routed))
    found += _between(Appeal.received_at, chosen.since, chosen.until)
    found += _answered(chosen)
    found += _between(Appeal.first_word_at, chosen.first_word_since, chosen.first_word_until)
    if chosen.similar:
        # Whoever did not look them up finds nothing, never everything.
        found.append(Appeal.id.in_(chosen.alike or ()))
    if chosen.wave:
        found.append(Appeal.id.in_(select(WaveMember.appeal_id).where(WaveMember.wave_id == chosen.wave)))
    if chosen.q.strip():
        found.append(_search(chosen.q))
    return found


def view_condition(name: str, actor: OfficialActor, today: date) -> ColumnElement[bool]:
    """One of VIEWS as SQL, without sight."""
    match name:
        case "open":
            return Appeal.open.is_(True)
        case "mine":
            return and_(Appeal.open, Appeal.assignee_id == actor.id)
        case "unassigned":
            return and_(Appeal.open, Appeal.assignee_id.is_(None))
        case "due_soon":
            soon = today + timedelta(days=DUE_SOON)
            return and_(Appeal.open, Appeal.due_on >= today, Appeal.due_on <= soon)
        case "overdue":
            return and_(Appeal.open, Appeal.due_on < today)
        case "urgent":
            return and_(Appeal.open, Appeal.urgent)
        case "answered":
            return Appeal.answered_at.is_not(None)
    return true()


def _answered(chosen: InboxFilter) -> list[ColumnElement[bool]]:
    """A reopened appeal has no `answered_at` any more; its answer stands among the messages."""
    given = _between(Message.created_at, chosen.answered_since, chosen.answered_until)
    found: list[ColumnElement[bool]] = []
    if given:
        answers = (Message.appeal_id == Appeal.id, Message.final, Message.kind == "answer")
        found.append(exists().where(*answers, *given))
    if chosen.reopened:
        after = _between(AppealEvent.at, chosen.answered_since, None)
        found.append(
            exists().where(AppealEvent.appeal_id == Appeal.id, AppealEvent.type == "reopened", *after)
        )
    return found


def _between(column: object, since: datetime | None, until: datetime | None) -> list[ColumnElement[bool]]:
    bounds: list[ColumnElement[bool]] = []
    if since is not None:
        bounds.append(column >= since)  # type: ignore[operator, arg-type]
    if until is not None:
        bounds.append(column < until)  # type: ignore[operator, arg-type]
    return bounds


def _search(q: str) -> ColumnElement[bool]:
    number = read_number(q[:60])
    if number:
        return Appeal.number == number
    words = fold(q[:300]).split()[:MAX_WORDS]
    if not words:
        raise HubError("bad_filter")
    return and_(*(Appeal.search.like(like_pattern(word), escape="\\") for word in words))


def _position(after: tuple[str | int, ...]) -> tuple[date, int]:
    try:
        return date.fromisoformat(str(after[0])), int(after[1])
    except ValueError:
        raise HubError("bad_cursor") from None


def _line(
    actor: OfficialActor,
    today: date,
    appeal: Appeal,
    agency: AgencyRecord,
    about: str | None,
    assignee: str | None,
    wave: WaveMark | None,
) -> InboxLine:
    line = line_of(actor, today, appeal, agency, assignee, _sight(actor, appeal, agency, about))
    return replace(line, wave=wave) if wave and line.text else line


def line_of(
    actor: OfficialActor, today: date, appeal: Appeal, agency: AgencyRecord, assignee: str | None, seen: Sight
) -> InboxLine:
    """A row, with texts only for whoever may read them."""
    readable = seen is Sight.FULL
    left = days_left(appeal.due_on, today)
    if seen < Sight.METADATA:
        return _passed_on(actor, appeal, agency)
    return InboxLine(
        number=appeal.number,
        text=appeal.text[:300] if readable else "",
        kind=Kind(appeal.kind),
        status=Status(appeal.status),
        agency=agencies.view(agency, actor.language),
        language=appeal.language,
        channel=appeal.channel,
        district=appeal.district if readable else None,
        due_on=appeal.due_on,
        target_on=appeal.target_on,
        days_left=left,
        overdue=appeal.open and left < 0,
        urgent=appeal.urgent,
        assignee=assignee if readable else None,
        mine=appeal.assignee_id == actor.id,
        received_at=appeal.received_at,
        forwards=appeal.forwards,
        verdict=Verdict(appeal.verdict),
    )


def _passed_on(actor: OfficialActor, appeal: Appeal, agency: AgencyRecord) -> InboxLine:
    """What an agency keeps of an appeal it forwarded: number and dates of its own time with it."""
    return InboxLine(
        number=appeal.number,
        text="",
        kind=Kind(appeal.kind),
        status=Status.FORWARDED,
        agency=agencies.view(agency, actor.language),
        language=appeal.language,
        channel=appeal.channel,
        district=None,
        due_on=appeal.registered_on,
        target_on=appeal.registered_on,
        days_left=0,
        overdue=False,
        urgent=False,
        assignee=None,
        mine=False,
        received_at=appeal.received_at,
        forwards=0,
        verdict=Verdict.NONE,
        passed_on=True,
    )


def _sight(actor: OfficialActor, appeal: Appeal, agency: AgencyRecord, about: str | None) -> Sight:
    """Sight without another query; what is left at NOTHING in a visible row was held before."""
    facts = AppealFacts(
        appeal_id=appeal.id,
        agency_id=appeal.agency_id,
        agency_path=agency.path,
        citizen_id=appeal.citizen_id,
        open=appeal.open,
        confidential=appeal.confidential,
        entered_by_id=appeal.entered_by_id,
        about_agency_path=about,
    )
    return sight(actor, facts)
