"""How good routing is in the running system, week by week, from what people confirmed.

A question is judged by its asker's word: `This answers my question` or `Not my question`; opening one of
the offered answers says nothing yet. A body that the router chose is judged by officials: kept when it gave
a final answer, corrected when it passed the appeal on. What nobody judged is counted apart and never taken as
right.
Weeks are local and begin on Monday; a message belongs to the week in which it came.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, select, true

from hub.appeals.access import About, visible
from hub.appeals.inbox import InboxFilter
from hub.appeals.models import Appeal
from hub.appeals.routed import CONFIDENCE, routed_state
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.vocabulary import Role
from hub.library.library import Library
from hub.library.models import AgencyRecord, Question
from hub.people.actors import OfficialActor, SystemActor
from hub.people.permissions import may_supervise
from routing.evaluation.measures import BINS, Bin, Share, calibration_error

MAX_WEEKS = 104
WEEK = timedelta(days=7)
DECISIONS = ("answer", "ask", "route", "human")
Viewer = OfficialActor | SystemActor


@dataclass(frozen=True, slots=True)
class Tally:
    """Messages of one kind: judged right, judged wrong, not judged."""

    right: int = 0
    wrong: int = 0
    unjudged: int = 0

    @property
    def total(self) -> int:
        return self.right + self.wrong + self.unjudged

    @property
    def share(self) -> Share:
        """Right among the judged, with its 95 % interval."""
        return Share(self.right, self.right + self.wrong)


@dataclass(frozen=True, slots=True)
class Week:
    """`since` and `until` are inclusive local dates; `questions` has every one of DECISIONS.

    `routed`: appeals whose body the router chose. `desk`: it left it to a person; `chosen`: by the citizen.
    """

    since: date
    until: date
    questions: dict[str, Tally]
    routed: Tally
    desk: int
    chosen: int


@dataclass(frozen=True, slots=True)
class RoutingQuality:
    """Weeks oldest first, the last one still running; `bins` hold judged answers and routed appeals.

    `whole_hub` is False for whoever sees a part of the bodies only: questions belong to no body, so they are
    empty then.
    """

    weeks: tuple[Week, ...]
    totals: Week
    bins: tuple[Bin, ...]
    calibration_error: float
    whole_hub: bool

    @property
    def empty(self) -> bool:
        every = [*self.totals.questions.values(), self.totals.routed]
        return not (self.totals.desk or self.totals.chosen or any(one.total for one in every))


@dataclass(slots=True)
class _Counts:
    """What the two statements gave, before it is put into weeks."""

    questions: dict[tuple[int, str, str], int] = field(default_factory=lambda: defaultdict(int))
    appeals: dict[tuple[int, str], int] = field(default_factory=lambda: defaultdict(int))
    bins: dict[int, list[float]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0.0]))

    def judge(self, place: int, right: bool, count: int, said: float) -> None:
        self.bins[place][0] += count
        self.bins[place][1] += count * right
        self.bins[place][2] += said


async def routing_quality(uow: UnitOfWork, actor: Viewer, *, weeks: int) -> RoutingQuality:
    """The last `weeks` of what the actor may see, in two statements. Errors: not_allowed, bad_date."""
    if not (isinstance(actor, SystemActor) or may_supervise(actor)):
        raise HubError("not_allowed")
    if not 1 <= weeks <= MAX_WEEKS:
        raise HubError("bad_date")
    zone, today = uow.of(Library).zone, uow.of(Library).local_date(uow.now)
    monday = today - timedelta(days=today.weekday())
    mondays = [monday - WEEK * back for back in range(weeks - 1, -1, -1)]
    ends = [_midnight(one + WEEK, zone) for one in mondays]
    start, whole_hub = _midnight(mondays[0], zone), sees_whole_hub(actor)
    counts = _Counts()
    if whole_hub:
        await _count_questions(uow, counts, start, ends)
    await _count_appeals(uow, actor, counts, start, ends)
    bins = tuple(_bin(place, *counts.bins[place]) for place in range(BINS))
    return RoutingQuality(
        weeks=tuple(_week(counts, [n], one, min(one + WEEK, today + timedelta(days=1)))
                    for n, one in enumerate(mondays)),
        totals=_week(counts, range(weeks), mondays[0], today + timedelta(days=1)),
        bins=bins,
        calibration_error=calibration_error(bins),
        whole_hub=whole_hub,
    )  # fmt: skip


def sees_whole_hub(actor: Viewer) -> bool:
    """Whether the actor supervises or audits every body, and so what belongs to none."""
    if isinstance(actor, SystemActor):
        return True
    return any(p.role in (Role.SUPERVISOR, Role.AUDITOR) and not p.agency_path for p in actor.posts)


def list_of(week: Week, state: str, zone: tzinfo) -> InboxFilter:
    """The list behind a count of appeals; `state` is one of `hub.appeals.routed.STATES`."""
    end = _midnight(week.until + timedelta(days=1), zone)
    return InboxFilter(view="all", routed=state, since=_midnight(week.since, zone), until=end)


async def _count_questions(uow: UnitOfWork, counts: _Counts, start: datetime, ends: list[datetime]) -> None:
    verdicts = {"answered": "right", "not_my_question": "wrong"}
    rows = select(
        _place(Question.asked_at, ends).label("week"),
        Question.decision.label("decision"),
        case(verdicts, value=Question.verdict, else_="unjudged").label("state"),
        Question.confidence.label("confidence"),
    ).where(Question.asked_at >= start, Question.asked_at < ends[-1])
    for week, decision, state, place, count, said in await _grouped(uow, rows):
        counts.questions[week, decision, state] += count
        # The confidence of the others is that of a body or of nothing, which their askers do not judge.
        if decision == "answer" and state != "unjudged":
            counts.judge(place, state == "right", count, said)


async def _count_appeals(
    uow: UnitOfWork, actor: Viewer, counts: _Counts, start: datetime, ends: list[datetime]
) -> None:
    seen = true() if isinstance(actor, SystemActor) else visible(actor, held=False)
    rows = (
        select(
            _place(Appeal.received_at, ends).label("week"),
            literal("route").label("decision"),
            routed_state().label("state"),
            CONFIDENCE.label("confidence"),
        )
        .join(AgencyRecord, AgencyRecord.id == Appeal.agency_id)
        .outerjoin(About, About.id == Appeal.about_agency_id)
        .where(seen, Appeal.received_at >= start, Appeal.received_at < ends[-1])
    )
    for week, _decision, state, place, count, said in await _grouped(uow, rows):
        counts.appeals[week, state] += count
        if state in ("kept", "corrected"):
            counts.judge(place, state == "kept", count, said)


async def _grouped(
    uow: UnitOfWork, rows: Select[Any, Any, Any, Any]
) -> list[tuple[int, str, str, int, int, float]]:
    """week, decision, state, bin of confidence -> how many, and the sum of their confidences."""
    inner = rows.subquery()
    bin_ = case(*((inner.c.confidence >= n / BINS, n) for n in range(BINS - 1, 0, -1)), else_=0).label("bin")
    binned = select(inner, bin_).subquery()
    keys = (binned.c.week, binned.c.decision, binned.c.state, binned.c.bin)
    found = await uow.session.execute(
        select(*keys, func.count(), func.sum(binned.c.confidence)).group_by(*keys)
    )
    return [(row[0], row[1], row[2], row[3], row[4], float(row[5])) for row in found]


def _place(column: Any, ends: list[datetime]) -> ColumnElement[int]:
    """The number of the week that an instant falls into."""
    earlier = [(column < end, n) for n, end in enumerate(ends[:-1])]
    return case(*earlier, else_=len(ends) - 1) if earlier else literal(0)


def _week(counts: _Counts, places: Iterable[int], since: date, end: date) -> Week:
    numbers = list(places)

    def asked(decision: str, state: str) -> int:
        return sum(counts.questions.get((n, decision, state), 0) for n in numbers)

    def filed(state: str) -> int:
        return sum(counts.appeals.get((n, state), 0) for n in numbers)

    return Week(
        since=since,
        until=end - timedelta(days=1),
        questions={
            one: Tally(asked(one, "right"), asked(one, "wrong"), asked(one, "unjudged")) for one in DECISIONS
        },
        routed=Tally(filed("kept"), filed("corrected"), filed("unjudged")),
        desk=filed("desk"),
        chosen=filed("chosen"),
    )


def _bin(place: int, count: float, right: float, said: float) -> Bin:
    mean = said / count if count else float("nan")
    return Bin(place / BINS, (place + 1) / BINS, mean, Share(int(right), int(count)))


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)
