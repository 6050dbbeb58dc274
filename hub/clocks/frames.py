"""Working frames of a day, written as the country pack and the officials write them: `09:00-13:00`."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY_MINUTES = 24 * 60

_TEXT = re.compile(r"^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$")


class CalendarError(ValueError):
    """A calendar that cannot count time: no frames, overlapping frames, unreadable rows."""


@dataclass(frozen=True, order=True, slots=True)
class Frame:
    """A half-open stretch of one local day, in minutes after midnight: the closing minute is outside."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= DAY_MINUTES:
            raise CalendarError(f"A frame must open before it closes within one day: {self}.")

    def __str__(self) -> str:
        return f"{_clock(self.opens)}-{_clock(self.closes)}"

    @classmethod
    def parse(cls, text: str) -> "Frame":
        """`09:00-13:00`; the end may be `24:00`. Raises CalendarError."""
        found = _TEXT.match(text.strip())
        if not found:
            raise CalendarError(f"Not a working frame like 09:00-13:00: {text!r}.")
        hours_a, minutes_a, hours_b, minutes_b = (int(part) for part in found.groups())
        if minutes_a > 59 or minutes_b > 59:
            raise CalendarError(f"Not a working frame like 09:00-13:00: {text!r}.")
        return cls(hours_a * 60 + minutes_a, hours_b * 60 + minutes_b)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def parse_frames(texts: Iterable[str]) -> tuple[Frame, ...]:
    """Frames of one day in order. Overlapping frames are refused; touching ones are not an overlap."""
    frames = tuple(sorted(Frame.parse(text) for text in texts))
    refuse_overlap(frames)
    return frames


def refuse_overlap(frames: Sequence[Frame]) -> None:
    for earlier, later in pairwise(frames):
        if later.opens < earlier.closes:
            raise CalendarError(f"Working frames overlap: {earlier} and {later}.")


def parse_week(week: Mapping[str, Sequence[str]]) -> dict[int, tuple[Frame, ...]]:
    """`{"monday": ["09:00-13:00", ...]}` -> frames by weekday number (Monday is 0)."""
    unknown = set(week) - set(WEEKDAYS)
    if unknown:
        raise CalendarError(f"Not days of the week: {', '.join(sorted(unknown))}.")
    return {WEEKDAYS.index(name): parse_frames(texts) for name, texts in week.items()}


def local_instant(day: date, minutes: int, tz: ZoneInfo) -> datetime:
    """The aware local instant `minutes` after midnight of `day`; 1440 is the next midnight."""
    if minutes == DAY_MINUTES:
        return datetime.combine(day + timedelta(days=1), time(), tz)
    return datetime.combine(day, time(minutes // 60, minutes % 60), tz)
