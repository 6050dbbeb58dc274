"""The clocks of one appeal, derived from its term and its events: pure, one frozen value a clock.

`route`, `final` and `holding` once per body and cycle, `first_word` and `total` once per cycle, `answer_wait`
once per unanswered word of the citizen. A running clock is never breached here: a sweep says so, once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from hub.clocks.calendar import WorkingCalendar
from hub.clocks.events import Event
from hub.clocks.policy import Policy
from hub.clocks.term_types import Holding, Step, Term
from hub.foundation.vocabulary import ClockKind, ClockStatus

#: Words of a person to the citizen; bots and automatic notices never record these.
WORDS = frozenset({"word", "interim", "answer", "close"})
ENDS = frozenset({"answer", "close", "cancel"})
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class ClockState:
    """One clock. `(kind, cycle, ordinal)` names it within the appeal. Instants are UTC.

    It is breached when `ended_at`, or now, is not before `due_at`; `target_at` is what warnings lead up to.
    """

    kind: ClockKind
    cycle: int
    ordinal: int
    agency_id: int | None
    started_at: datetime
    due_at: datetime | None
    due_on: date | None
    target_at: datetime | None
    target_on: date | None
    status: ClockStatus
    ended_at: datetime | None
    steps: tuple[Step, ...]

    @property
    def key(self) -> tuple[str, int, int]:
        return (str(self.kind), self.cycle, self.ordinal)


def clocks_of(
    policy: Policy, calendar: WorkingCalendar, term: Term, received: datetime, events: Sequence[Event]
) -> tuple[ClockState, ...]:
    """All clocks of an appeal. `events` as given to `count_term`; those it refused are passed over."""
    accepted = [event for position, event in enumerate(events) if position not in term.refused]
    accepted.sort(key=lambda event: event.at)
    deriving = _Deriving(policy, calendar, term, received, accepted)
    return (deriving.register(), *deriving.of_bodies(), *deriving.of_cycles())


class _Deriving:
    def __init__(
        self, policy: Policy, calendar: WorkingCalendar, term: Term, received: datetime, events: list[Event]
    ) -> None:
        self.policy = policy
        self.calendar = calendar
        self.term = term
        self.received = received
        # By place in the list, not by time: an answer and a reopening may share an instant.
        self.segments: list[list[Event]] = [[]]
        for event in events:
            self.segments[-1].append(event)
            if event.type in ("forward", "reopen"):
                self.segments.append([])

    def register(self) -> ClockState:
        """Met by the act of registration itself: refusing to register does not exist."""
        on = self.term.registered_on
        return ClockState(
            kind=ClockKind.REGISTER,
            cycle=1,
            ordinal=0,
            agency_id=self.term.holdings[0].body,
            started_at=self.received,
            due_at=self.calendar.end_of_day(on),
            due_on=on,
            target_at=None,
            target_on=None,
            status=ClockStatus.MET,
            ended_at=self.received,
            steps=tuple(step for step in self.term.steps if step.rule.startswith("register")),
        )

    def of_bodies(self) -> Iterator[ClockState]:
        cycle, ordinal = 0, 0
        for position, holding in enumerate(self.term.holdings):
            ordinal = ordinal + 1 if holding.cycle == cycle else 0
            cycle = holding.cycle
            held = self._held(holding, ordinal)
            yield self._route(holding, held, self.segments[position])
            yield self._final(holding, held, position)
            yield held

    def _held(self, holding: Holding, ordinal: int) -> ClockState:
        due_at = self.calendar.end_of_day(holding.due_on)
        return ClockState(
            kind=ClockKind.HOLDING,
            cycle=holding.cycle,
            ordinal=ordinal,
            agency_id=holding.body,
            started_at=holding.started_at,
            due_at=due_at,
            due_on=holding.due_on,
            target_at=None,
            target_on=None,
            status=_status(holding.ended_at, due_at, cancelled=holding.ended_by == "cancel"),
            ended_at=holding.ended_at,
            steps=(),
        )

    def _final(self, holding: Holding, held: ClockState, position: int) -> ClockState:
        steps = tuple(
            step
            for step in self.term.steps
            if step.holding == position
            # A change of the calendar that moved nothing here is not part of this appeal's history.
            and not (step.rule.startswith("calendar_") and step.start == step.end)
        )
        return replace(
            held,
            kind=ClockKind.FINAL,
            target_at=self.calendar.closing(holding.target_on),
            target_on=holding.target_on,
            status=_status(
                holding.ended_at, held.due_at, cancelled=holding.ended_by in ("forward", "cancel")
            ),
            steps=steps,
        )

    def _route(self, holding: Holding, held: ClockState, segment: list[Event]) -> ClockState:
        """Ended by whoever takes the appeal up; passing it on late breaches it all the same (art. 25).

        Without a due date where the policy knows no term for passing on.
        """
        route_on = holding.route_on
        due_at = None if route_on is None else self.calendar.end_of_day(route_on)
        target = self._after(holding.started_at, self.policy.service.assign_working_days)
        target_on = self.calendar.local_date(target)
        taken = next((event for event in segment if event.type in ENDS | {"assign"}), None)
        ended_at, cancelled = holding.ended_at, False
        passed_on_late = holding.ended_by == "forward" and _is_over(ended_at, due_at)
        if taken is not None and not passed_on_late:
            ended_at, cancelled = taken.at, taken.type == "cancel"
        steps: tuple[Step, ...] = ()
        if route_on is not None:
            steps = (_step("route_due", holding.start_on, route_on, route=route_on, until=target_on),)
        return replace(
            held,
            kind=ClockKind.ROUTE,
            due_at=due_at,
            due_on=route_on,
            target_at=target,
            target_on=target_on,
            status=_status(ended_at, due_at, cancelled=cancelled),
            ended_at=ended_at,
            steps=steps,
        )

    def of_cycles(self) -> Iterator[ClockState]:
        for cycle in range(1, self.term.cycle + 1):
            positions = [at for at, held in enumerate(self.term.holdings) if held.cycle == cycle]
            events = [event for position in positions for event in self.segments[position]]
            first, last = self.term.holdings[positions[0]], self.term.holdings[positions[-1]]
            yield self._total(last)
            yield self._first_word(first, last, events)
            yield from self._waits(last, events)

    def _total(self, last: Holding) -> ClockState:
        on = self.term.received_on
        return ClockState(
            kind=ClockKind.TOTAL,
            cycle=last.cycle,
            ordinal=0,
            agency_id=None,
            started_at=self.received,
            due_at=None,
            due_on=None,
            target_at=None,
            target_on=None,
            status=_status(last.ended_at, None, cancelled=last.ended_by == "cancel"),
            ended_at=last.ended_at,
            steps=(_step("total_runs", on, None, start=on),),
        )

    def _first_word(self, first: Holding, last: Holding, events: list[Event]) -> ClockState:
        days = self.policy.service.first_word_working_days
        word = next((event for event in events if event.type in WORDS | ENDS), None)
        return self._service(ClockKind.FIRST_WORD, 0, last, first.started_at, days, word)

    def _waits(self, last: Holding, events: list[Event]) -> Iterator[ClockState]:
        """From the first unanswered message; before the first human word that clock rules alone."""
        days = self.policy.service.message_answer_working_days
        waiting: datetime | None = None
        spoken, ordinal = False, 0
        for event in events:
            if event.type == "message" and spoken:
                waiting = waiting or event.at
            elif event.type in WORDS | ENDS:
                if waiting is not None:
                    yield self._service(ClockKind.ANSWER_WAIT, ordinal, last, waiting, days, event)
                    ordinal += 1
                spoken, waiting = True, None
            if event.type in ENDS:
                # Thanks after the end start no clock.
                return
        if waiting is not None:
            yield self._service(ClockKind.ANSWER_WAIT, ordinal, last, waiting, days, None)

    def _service(
        self, kind: ClockKind, ordinal: int, last: Holding, started: datetime, days: int, end: Event | None
    ) -> ClockState:
        due_at = self._after(started, days)
        due_on, start_on = self.calendar.local_date(due_at), self.calendar.local_date(started)
        return ClockState(
            kind=kind,
            cycle=last.cycle,
            ordinal=ordinal,
            agency_id=last.body,
            started_at=started,
            due_at=due_at,
            due_on=due_on,
            target_at=due_at,
            target_on=due_on,
            # A span ends at its instant: a word at that very instant is in time.
            status=_status(
                end.at if end else None, due_at + INSTANT, cancelled=end is not None and end.type == "cancel"
            ),
            ended_at=end.at if end else None,
            steps=(_step(f"{kind}_due", start_on, due_on, amount=days, start=start_on, until=due_on),),
        )

    def _after(self, started: datetime, days: int) -> datetime:
        return self.calendar.add_working_time(started, days * self.calendar.ordinary_day)


def _step(rule: str, before: date, after: date | None, /, **params: date | int) -> Step:
    texts = {name: str(value) if isinstance(value, date) else value for name, value in params.items()}
    return Step(rule, before, after, texts)


def _is_over(at: datetime | None, due_at: datetime | None) -> bool:
    return at is not None and due_at is not None and at >= due_at


def _status(ended_at: datetime | None, due_at: datetime | None, *, cancelled: bool) -> ClockStatus:
    if ended_at is None:
        return ClockStatus.RUNNING
    if _is_over(ended_at, due_at):
        return ClockStatus.BREACHED
    return ClockStatus.CANCELLED if cancelled else ClockStatus.MET
