"""The state of a count and what each event does to it. Used only by `terms`."""

from dataclasses import replace
from datetime import date, datetime

from hub.clocks.calendar import DAY, DayOverride, WorkingCalendar
from hub.clocks.events import CLOSING_EVENTS, Event
from hub.clocks.policy import Policy, Span, Study
from hub.clocks.term_types import Breach, Holding, Step
from hub.foundation.vocabulary import ClockKind, Kind

#: No policy counted here has a pause, and only an ended count can be reopened.
REFUSED_WHILE_OPEN = {"pause": "pause_refused", "resume": "resume_refused", "reopen": "reopen_refused"}
#: Asked of a policy that does not have it: the part whose absence the policy explains.
ABSENT = {
    "study_absent_refused": "study",
    "extend_absent_refused": "extension",
    "pause_absent_refused": "pause",
}


class Counting:
    """Mutable while the events are folded; `holdings[-1]` is the body that has the appeal now."""

    def __init__(
        self, policy: Policy, calendar: WorkingCalendar, kind: Kind, received: datetime, body: int | None
    ) -> None:
        self.policy = policy
        self.calendar = calendar
        self.kind = kind
        self.received = received
        self.received_on = calendar.local_date(received)
        self.registered_on = self._registration_day(received)
        self.holdings: list[Holding] = []
        self.steps: list[Step] = []
        self.breaches: list[Breach] = []
        self.refused: set[int] = set()
        self._begin(received, cycle=1, body=body)
        self._say_start()
        self._say_term()
        self._say_target()

    @property
    def holding(self) -> Holding:
        return self.holdings[-1]

    # Starting a count

    def _begin(self, at: datetime, *, cycle: int, body: int | None) -> None:
        """A fresh count: study and extension of the body before do not carry over."""
        start = self.calendar.local_date(at)
        if self.policy.start == "registration":
            start = self._registration_day(at)
        self.span: Span = self.policy.terms[self.kind]
        self.studied = False
        self.extensions = 0
        due = self._rolled(self.span.after(start, self.calendar))
        self.holdings.append(
            Holding(
                cycle=cycle,
                body=body,
                started_at=at,
                start_on=start,
                route_on=self.policy.forward.after(start, self.calendar) if self.policy.forward else None,
                due_on=due,
                target_on=self.calendar.previous_or_same_working_day(due),
            )
        )

    def _registration_day(self, at: datetime) -> date:
        """Where no working day comes in time for the policy's limit, the day of receipt itself."""
        day, came, limit = self.calendar.registration_day(at), self.calendar.local_date(at), None
        if self.policy.registration is not None:
            limit = self.policy.registration.after(came, self.calendar)
        return came if limit is not None and day > limit else day

    def _rolled(self, due: date) -> date:
        if self.policy.roll == "next":
            return self.calendar.next_or_same_working_day(due)
        if self.policy.roll == "previous":
            return self.calendar.previous_or_same_working_day(due)
        return due

    def _move(self, due: date) -> None:
        target = self.calendar.previous_or_same_working_day(due)
        self.holdings[-1] = replace(self.holding, due_on=due, target_on=target)

    # Saying it

    def _say(
        self, rule: str, before: date, after: date, /, *, refused: bool = False, **params: date | int | str
    ) -> None:
        texts = {name: str(value) if isinstance(value, date) else value for name, value in params.items()}
        self.steps.append(Step(rule, before, after, texts, refused, len(self.holdings) - 1))

    def _say_start(self) -> None:
        received, registered, start = self.received_on, self.registered_on, self.holding.start_on
        if registered == received:
            self._say("register", received, registered, registered=registered)
        else:
            self._say("register_next", received, registered, received=received, registered=registered)
        self._say(f"start_{self.policy.start}", received, start, start=start)

    def _say_term(self) -> None:
        start, span = self.holding.start_on, self.span
        last = span.after(start, self.calendar)
        rule = f"term_{span.unit}"
        if span.unit == "month":
            rule = "term_month" if span.amount == 1 else "term_months"
            rule = rule if last.day == start.day else "term_month_clipped"
        self._say(rule, start, last, amount=span.amount, start=start, due=last)
        if last != self.holding.due_on:
            self._say("rolled", last, self.holding.due_on, was=last, due=self.holding.due_on)

    def _say_target(self) -> None:
        due, target = self.holding.due_on, self.holding.target_on
        if due == target:
            self._say("target_same", due, target, due=due)
            return
        rule = "target_earlier_estimated" if self._estimated_between(target, due) else "target_earlier"
        self._say(rule, due, target, due=due, target=target)

    def _estimated_between(self, target: date, due: date) -> bool:
        days = (target + DAY * step for step in range(1, (due - target).days + 1))
        return any((override := self.calendar.override_on(day)) and override.estimated for day in days)

    # Events

    def apply(self, position: int, event: Event) -> None:
        """Applies one event, or records why it changes nothing."""
        on = self.calendar.local_date(event.at)
        rule = self._refusal(event, on)
        if rule is None:
            self._accept(event, on)
            return
        self.refused.add(position)
        facts: dict[str, date | int | str] = {"on": on, "due": self.holding.due_on}
        if event.until is not None:
            facts |= {"until": event.until, "limit": self._extension_limit()}
        if (part := ABSENT.get(rule)) is not None:
            facts |= {"why": getattr(self.policy.absent, part)}
        self._say(rule, self.holding.due_on, self.holding.due_on, refused=True, **facts)

    def _refusal(self, event: Event, on: date) -> str | None:
        if event.type == "excuse":
            return None
        if event.at < self.received and event.type != "calendar":
            return "early_refused"
        if self.holding.ended_at is not None:
            return None if event.type == "reopen" else "after_answer_refused"
        if event.type == "study":
            return self._study_refusal(on)
        if event.type == "extend" and event.until is not None:
            return self._extend_refusal(on, event.until)
        if event.type == "pause" and self.policy.absent.pause:
            return "pause_absent_refused"
        return REFUSED_WHILE_OPEN.get(event.type)

    def _study_refusal(self, on: date) -> str | None:
        if self.policy.study is None:
            return "study_absent_refused"
        if self.holding.is_late(on):
            return "study_late_refused"
        return "study_again_refused" if self.studied else None

    def _extend_refusal(self, on: date, until: date) -> str | None:
        extension = self.policy.extension
        if extension is None:
            return "extend_absent_refused"
        if self.kind not in extension.kinds:
            return "extend_kind_refused"
        if self.extensions >= extension.times:
            return "extend_again_refused"
        if self.holding.is_late(on):
            return "extend_late_refused"
        if until <= self.holding.due_on:
            return "extend_short_refused"
        return "extend_long_refused" if until > self._extension_limit() else None

    def _extension_limit(self) -> date:
        """The last day that may be asked for; the due date itself where nothing can be extended."""
        extension, due = self.policy.extension, self.holding.due_on
        return extension.after(due, self.calendar) if extension else due

    def _accept(self, event: Event, on: date) -> None:
        if event.type == "study":
            self._study(on, self.policy.study)
        elif event.type == "extend" and event.until is not None:
            self._extend(on, event.until)
        elif event.type == "forward":
            self._forward(event, on)
        elif event.type == "reopen":
            self._reopen(event, on)
        elif event.type == "calendar" and event.day is not None:
            self._change_calendar(event.day, event.working is True, on)
        elif event.type == "answer" or event.type in CLOSING_EVENTS:
            self._end(event, on)
        else:
            rule = "excused" if event.type == "excuse" else "interim"
            self._say(rule, self.holding.due_on, self.holding.due_on, on=on, due=self.holding.due_on)

    def _study(self, on: date, study: Study | None) -> None:
        assert study is not None, "refused before"
        was, start = self.holding.due_on, self.holding.start_on
        self.studied = True
        if self.kind not in study.kinds:
            self._say("study_noted", was, was, on=on, due=was, days=study.notice_days)
            return
        self.span = study
        # An extension granted before stands: a longer term never brings the date forward.
        self._move(max(was, self._rolled(self.span.after(start, self.calendar))))
        self._say("study", was, self.holding.due_on, on=on, start=start, due=self.holding.due_on)
        self._say_target()

    def _extend(self, on: date, until: date) -> None:
        was = self.holding.due_on
        self.extensions += 1
        self._move(until)
        self._say("extended", was, until, on=on, was=was, due=until)
        self._say_target()

    def _forward(self, event: Event, on: date) -> None:
        old = self.holding
        if old.is_late(on):
            self.miss(event.at)
        route = old.route_on
        late = route is not None and on > route
        if route is not None and late:
            self.breaches.append(Breach(ClockKind.ROUTE, old.cycle, route, event.at))
        self._finish(event)
        self._begin(event.at, cycle=old.cycle, body=event.to)
        due = self.holding.due_on
        if route is not None and late:
            self._say("forwarded_late", old.due_on, due, on=on, was=old.due_on, due=due, route=route)
        else:
            self._say("forwarded", old.due_on, due, on=on, was=old.due_on, due=due)
        self._say_target()

    def _reopen(self, event: Event, on: date) -> None:
        old = self.holding
        self._begin(event.at, cycle=old.cycle + 1, body=old.body)
        self._say("reopened", old.due_on, self.holding.due_on, on=on, due=self.holding.due_on)
        self._say_target()

    def _change_calendar(self, day: date, working: bool, on: date) -> None:
        was, due, late = self.holding.target_on, self.holding.due_on, self.holding.is_late(on)
        self.calendar = self.calendar.with_day(day, DayOverride(working))
        # A breach is kept with the due date as it stood; the change may only excuse it.
        if not late and not self.extensions:
            due = self._rolled(self.span.after(self.holding.start_on, self.calendar))
        self._move(due)
        if late:
            self._say("calendar_excusable", was, self.holding.target_on, on=on, day=day, due=due)
            return
        rule = "calendar_worked" if working else "calendar_off"
        target = self.holding.target_on
        self._say(rule, was, target, on=on, day=day, target=target, due=due)

    def _end(self, event: Event, on: date) -> None:
        due = self.holding.due_on
        late = self.holding.is_late(on)
        if late:
            self.breaches.append(Breach(ClockKind.FINAL, self.holding.cycle, due, event.at))
        self._finish(event)
        rule = {"answer": "answered", "close": "closed"}.get(event.type, "cancelled")
        if late and rule != "cancelled":
            rule += "_late"
        self._say(rule, due, due, on=on, due=due)

    def _finish(self, event: Event) -> None:
        self.holdings[-1] = replace(self.holding, ended_at=event.at, ended_by=event.type)

    def miss(self, at: datetime) -> None:
        """Records that the term passed with no answer."""
        due = self.holding.due_on
        self.breaches.append(Breach(ClockKind.FINAL, self.holding.cycle, due, at))
        self._say("missed", due, due, due=due)
