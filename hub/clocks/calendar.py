"""The working calendar: weekly frames, dated overrides, one time zone. Pure: no database, no wall clock.

All instants returned are aware and in UTC; all dates are local dates of the calendar's zone.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from hub.clocks.frames import CalendarError, Frame, local_instant, refuse_overlap

Interval = tuple[datetime, datetime]

DAY = timedelta(days=1)
# Longer than any real chain of days off; a calendar that has none is a mistake, not a reason to loop.
LONGEST_REST = 3700


@dataclass(frozen=True, slots=True)
class DayOverride:
    """One dated exception. `frames` is for a short day; None means those of an ordinary day."""

    working: bool
    estimated: bool = False
    name: str = ""
    source: str = ""
    frames: tuple[Frame, ...] | None = None


YearDays = Callable[[int], Mapping[date, DayOverride]]


def _no_days(year: int) -> Mapping[date, DayOverride]:
    return {}


@dataclass(frozen=True)
class WorkingCalendar:
    """Immutable. `edits` (the editable table) beat `days` (the pack's file), which beat `beyond`
    (a source asked for years that the file does not have).

    Raises CalendarError when the week has no working time or a day's frames overlap.
    """

    tz: ZoneInfo
    week: Mapping[int, tuple[Frame, ...]]
    days: Mapping[date, DayOverride]
    edits: Mapping[date, DayOverride]
    beyond: YearDays = _no_days
    source: str = ""

    def __post_init__(self) -> None:
        if not any(self.week.get(day) for day in range(7)):
            raise CalendarError("A calendar needs at least one working frame in the week.")
        for frames in self.week.values():
            refuse_overlap(sorted(frames))
        for override in (*self.days.values(), *self.edits.values()):
            refuse_overlap(sorted(override.frames or ()))

    # Days

    def local_date(self, at: datetime) -> date:
        """The date of an aware instant in the calendar's zone."""
        return at.astimezone(self.tz).date()

    def override_on(self, day: date) -> DayOverride | None:
        """The exception in force on that day, if any."""
        return self.edits.get(day) or self.days.get(day) or self.beyond(day.year).get(day)

    def frames_on(self, day: date) -> tuple[Frame, ...]:
        """Frames in order; empty on a day off. A worked Saturday has those of an ordinary working day."""
        override = self.override_on(day)
        usual = tuple(sorted(self.week.get(day.weekday(), ())))
        if override is None:
            return usual
        if not override.working:
            return ()
        return tuple(sorted(override.frames)) if override.frames else usual or self.ordinary_frames

    @cached_property
    def ordinary_frames(self) -> tuple[Frame, ...]:
        """Frames of the first weekday that has any."""
        return next(tuple(sorted(self.week[day])) for day in range(7) if self.week.get(day))

    @property
    def ordinary_day(self) -> timedelta:
        """Working time of one ordinary working day: the length of "1 working day" in service targets."""
        return timedelta(minutes=sum(frame.closes - frame.opens for frame in self.ordinary_frames))

    def is_working_day(self, day: date) -> bool:
        return bool(self.frames_on(day))

    def previous_or_same_working_day(self, day: date) -> date:
        return self._nearest(day, -DAY)

    def next_or_same_working_day(self, day: date) -> date:
        return self._nearest(day, DAY)

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day` (`day` itself is day zero)."""
        for _ in range(count):
            day = self._nearest(day + DAY, DAY)
        return day

    def _nearest(self, day: date, step: timedelta) -> date:
        for _ in range(LONGEST_REST):
            if self.is_working_day(day):
                return day
            day += step
        raise CalendarError(f"No working day within {LONGEST_REST} days of {day}.")

    def registration_day(self, received: datetime) -> date:
        """That day if it is worked and its last frame has not ended, else the next working day."""
        day = self.local_date(received)
        frames = self.frames_on(day)
        if frames and received < local_instant(day, frames[-1].closes, self.tz):
            return day
        return self._nearest(day + DAY, DAY)

    # Instants

    def intervals_on(self, day: date) -> list[Interval]:
        """Frames of the day as UTC instants."""
        return [
            (self._instant(day, frame.opens), self._instant(day, frame.closes))
            for frame in self.frames_on(day)
        ]

    def closing(self, day: date) -> datetime:
        """When the last frame of a working day ends; on a day off, the day's end."""
        frames = self.frames_on(day)
        return self._instant(day, frames[-1].closes) if frames else self.end_of_day(day)

    def end_of_day(self, day: date) -> datetime:
        """The first instant of the next local day: a term of that date is over from then on."""
        return self._instant(day + DAY, 0)

    def _instant(self, day: date, minutes: int) -> datetime:
        return local_instant(day, minutes, self.tz).astimezone(UTC)

    def next_working_instant(self, at: datetime) -> datetime:
        """`at` itself inside a frame, else the opening of the next one."""
        for opens, closes in self._forward(at):
            if at < closes:
                return max(at.astimezone(UTC), opens)
        raise CalendarError(f"No working time after {at}.")

    def add_working_time(self, start: datetime, span: timedelta) -> datetime:
        """The instant at which `span` of working time has passed since `start`.

        A span that ends exactly at closing gives that closing instant, not the next opening.
        """
        if span < timedelta(0):
            raise ValueError("A span of working time cannot be negative.")
        left = span
        for opens, closes in self._forward(start):
            begins = max(opens, start)
            if closes > begins:
                if left <= closes - begins:
                    return (begins + left).astimezone(UTC)
                left -= closes - begins
        raise CalendarError(f"No working time after {start}.")

    def add_working_minutes(self, start: datetime, minutes: int) -> datetime:
        return self.add_working_time(start, timedelta(minutes=minutes))

    def subtract_working_time(self, end: datetime, span: timedelta) -> datetime:
        """The latest working instant that leaves `span` of working time before `end`.

        Used for "one hour before it is due": Monday 9:30 gives Friday afternoon, never midnight.
        """
        if span < timedelta(0):
            raise ValueError("A span of working time cannot be negative.")
        left = span
        for opens, closes in self._backward(end):
            ends = min(closes, end)
            if ends > opens:
                if left <= ends - opens:
                    return (ends - left).astimezone(UTC)
                left -= ends - opens
        raise CalendarError(f"No working time before {end}.")

    def working_time_between(self, start: datetime, end: datetime) -> timedelta:
        """Working time in [start, end); zero when `end` is not after `start`."""
        total = timedelta(0)
        day, last = self.local_date(start), self.local_date(end)
        while day <= last:
            for opens, closes in self.intervals_on(day):
                total += max(min(closes, end) - max(opens, start), timedelta(0))
            day += DAY
        return total

    def working_minutes_between(self, start: datetime, end: datetime) -> int:
        """Whole working minutes in [start, end)."""
        return self.working_time_between(start, end) // timedelta(minutes=1)

    def _forward(self, start: datetime) -> Iterator[Interval]:
        day = self.local_date(start)
        while True:
            yield from self.intervals_on(day)
            day = self._nearest(day + DAY, DAY)

    def _backward(self, end: datetime) -> Iterator[Interval]:
        day = self.local_date(end)
        while True:
            yield from reversed(self.intervals_on(day))
            day = self._nearest(day - DAY, -DAY)

    # Variants

    def with_day(self, day: date, override: DayOverride) -> "WorkingCalendar":
        """The same calendar with one more edited day."""
        return self.with_edits({day: override})

    def with_edits(self, edits: Mapping[date, DayOverride]) -> "WorkingCalendar":
        """The same calendar with the rows of the editable table; later ones win."""
        return self._copy(edits={**self.edits, **edits})

    def with_week(self, week: Mapping[int, tuple[Frame, ...]]) -> "WorkingCalendar":
        """The same days with the frames of one body."""
        return self._copy(week=week)

    def _copy(
        self,
        *,
        week: Mapping[int, tuple[Frame, ...]] | None = None,
        edits: Mapping[date, DayOverride] | None = None,
    ) -> "WorkingCalendar":
        return WorkingCalendar(
            tz=self.tz,
            week=self.week if week is None else week,
            days=self.days,
            edits=self.edits if edits is None else edits,
            beyond=self.beyond,
            source=self.source,
        )

    @cached_property
    def version(self) -> str:
        """Changes whenever an answer of this calendar may change; stored beside every due date."""
        parts = [self.tz.key, self.source, repr(sorted(self.week.items()))]
        parts += [repr(sorted(days.items(), key=lambda row: row[0])) for days in (self.days, self.edits)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
