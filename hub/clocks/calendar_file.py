"""Days off from the country pack's file; the `holidays` library only for years that the file lacks."""

import csv
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from zoneinfo import ZoneInfo

from holidays import country_holidays

from hub.clocks.calendar import DAY, DayOverride, WorkingCalendar, YearDays
from hub.clocks.frames import CalendarError, Frame

COLUMNS = ("date", "is_working", "kind", "estimated", "name_en", "name_local", "source")


def load_calendar(
    path: Path | None, *, country: str, tz: str, week: Mapping[int, tuple[Frame, ...]]
) -> WorkingCalendar:
    """The calendar of a pack: rows of `path`, then the library beyond them; without a file the library only.

    Raises CalendarError, also for a year of the file that has no working day at all.
    """
    days = read_days(path) if path else {}
    years = frozenset(day.year for day in days)
    library = f"holidays {metadata.version('holidays')}"
    calendar = WorkingCalendar(
        tz=ZoneInfo(tz),
        week=week,
        days=days,
        edits={},
        beyond=library_days(country, skip=years),
        source=f"{path.name}+{library}" if path else f"{country} {library}",
    )
    for year in sorted(years):
        first = date(year, 1, 1)
        if not any(calendar.is_working_day(first + DAY * step) for step in range(365)):
            raise CalendarError(f"The calendar has no working day in {year}.")
    return calendar


def read_days(path: Path) -> dict[date, DayOverride]:
    """Rows of the pack's calendar file. Errors name the file and the line."""
    days: dict[date, DayOverride] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in (reader := csv.DictReader(file)):
            try:
                day = date.fromisoformat(row["date"])
                override = DayOverride(
                    working=_flag(row["is_working"]),
                    estimated=_flag(row["estimated"]),
                    name=row["name_en"],
                    source=row.get("source") or "",
                )
            except (KeyError, TypeError, ValueError) as error:
                raise CalendarError(f"{path.name}, line {reader.line_num}: {error}") from error
            if day in days:
                raise CalendarError(f"{path.name}, line {reader.line_num}: {day} is there twice.")
            days[day] = override
    return days


def _flag(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError(f"0 or 1 expected, not {text!r}")
    return text == "1"


def library_days(country: str, *, skip: frozenset[int]) -> YearDays:
    """Days of the library by year; nothing for the years in `skip`, which the file has."""

    @lru_cache(maxsize=64)
    def of_year(year: int) -> Mapping[date, DayOverride]:
        if year in skip:
            return {}
        found = country_holidays(country, years=[year], language="en_US")
        off = {
            day: DayOverride(False, "estimated" in name, name, "holidays")
            for day, name in found.items()
            if day.year == year
        }
        worked: set[date] = getattr(found, "weekend_workdays", set())
        return off | {day: DayOverride(True, source="holidays") for day in worked if day.year == year}

    return of_year
