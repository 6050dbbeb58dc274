"""Working time: the vectors that other systems got wrong, each by its number in the list of threads."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.clocks.calendar import DayOverride, WorkingCalendar
from hub.clocks.calendar_file import load_calendar, read_days
from hub.clocks.frames import CalendarError, Frame, parse_frames, parse_week
from tests.hub.clocks import oracle
from tests.hub.clocks.cases import TASHKENT, at

NINE_TO_FIVE = dict.fromkeys(range(5), parse_frames(["09:00-17:00"]))


def plain(week: dict[int, tuple[Frame, ...]] = NINE_TO_FIVE) -> WorkingCalendar:
    return WorkingCalendar(tz=TASHKENT, week=week, days={}, edits={})


def test_vector_01_friday_afternoon_plus_an_hour_is_monday_morning() -> None:
    assert plain().add_working_minutes(at("2026-11-20 16:30"), 60) == at("2026-11-23 09:30")


def test_vector_02_filed_at_closing_or_at_opening(calendar: WorkingCalendar) -> None:
    assert calendar.add_working_minutes(at("2026-11-20 18:00"), 30) == at("2026-11-23 09:30")
    assert calendar.add_working_minutes(at("2026-11-20 09:00"), 30) == at("2026-11-20 09:30")


@pytest.mark.parametrize(
    ("filed", "due"),
    [
        ("2026-12-08 11:00", "2026-12-09 10:00"),  # Constitution Day
        ("2026-11-22 11:00", "2026-11-23 10:00"),  # Sunday
        ("2026-11-23 07:15", "2026-11-23 10:00"),  # before hours
    ],
)
def test_vector_03_filed_outside_hours_starts_at_the_next_frame(
    calendar: WorkingCalendar, filed: str, due: str
) -> None:
    assert calendar.add_working_minutes(at(filed), 60) == at(due)
    assert calendar.working_minutes_between(at(filed), at(due)) == 60


def test_vector_04_lunch_is_not_counted(calendar: WorkingCalendar) -> None:
    assert calendar.add_working_minutes(at("2026-11-23 12:30"), 60) == at("2026-11-23 14:30")
    assert calendar.working_minutes_between(at("2026-11-23 12:30"), at("2026-11-23 14:30")) == 60


def test_vector_05_a_saturday_is_worked_for_a_day_off(calendar: WorkingCalendar) -> None:
    assert calendar.is_working_day(date(2026, 12, 12))
    assert calendar.frames_on(date(2026, 12, 12)) == calendar.frames_on(date(2026, 12, 11))
    assert not calendar.is_working_day(date(2026, 12, 31))
    moved = calendar.with_edits(
        {date(2026, 11, 23): DayOverride(False), date(2026, 11, 28): DayOverride(True)}
    )
    assert moved.working_minutes_between(at("2026-11-23 00:00"), at("2026-11-24 00:00")) == 0
    assert moved.working_minutes_between(at("2026-11-28 00:00"), at("2026-11-29 00:00")) == 480


def test_vector_08_a_span_that_ends_at_closing_is_due_then(calendar: WorkingCalendar) -> None:
    assert calendar.add_working_minutes(at("2026-11-23 17:00"), 60) == at("2026-11-23 18:00")
    assert calendar.add_working_minutes(at("2026-11-23 12:00"), 60) == at("2026-11-23 13:00")
    assert calendar.add_working_minutes(at("2026-11-23 09:00"), 480) == at("2026-11-23 18:00")


def test_vector_09_a_calendar_without_working_time_is_refused() -> None:
    with pytest.raises(CalendarError, match="at least one working frame"):
        plain({})
    with pytest.raises(CalendarError, match="at least one working frame"):
        plain({0: ()})


def test_overlapping_or_impossible_frames_are_refused() -> None:
    with pytest.raises(CalendarError, match="overlap"):
        parse_frames(["09:00-13:00", "12:59-18:00"])
    with pytest.raises(CalendarError, match="overlap"):
        plain({0: (Frame(600, 700), Frame(540, 601))})
    assert len(parse_frames(["13:00-18:00", "09:00-13:00"])) == 2
    for wrong in ("13:00-09:00", "9-18", "09:60-10:00", "09:00-25:00", "09:00-09:00"):
        with pytest.raises(CalendarError):
            parse_frames([wrong])
    with pytest.raises(CalendarError, match="Not days of the week: funday"):
        parse_week({"funday": ["09:00-10:00"]})


def test_no_endless_loop_when_every_day_is_edited_away() -> None:
    first = date(2026, 1, 1)
    edits = {first + timedelta(days=step): DayOverride(False) for step in range(8000)}
    idle = plain().with_edits(edits)
    with pytest.raises(CalendarError, match="No working day within"):
        idle.add_working_minutes(at("2026-01-01 09:00"), 1)
    with pytest.raises(CalendarError, match="No working day within"):
        idle.previous_or_same_working_day(date(2047, 1, 1))


def test_vector_28_one_hour_before_monday_morning_is_friday_afternoon() -> None:
    assert plain().subtract_working_time(at("2026-11-23 09:30"), timedelta(hours=1)) == at("2026-11-20 16:30")


def test_next_working_instant(calendar: WorkingCalendar) -> None:
    assert calendar.next_working_instant(at("2026-11-23 10:17")) == at("2026-11-23 10:17")
    assert calendar.next_working_instant(at("2026-11-23 13:00")) == at("2026-11-23 14:00")
    assert calendar.next_working_instant(at("2026-11-20 18:00")) == at("2026-11-23 09:00")


def test_a_short_day_and_a_night_shift_that_ends_at_midnight() -> None:
    late = plain(dict.fromkeys(range(5), parse_frames(["20:00-24:00"])))
    assert late.closing(date(2026, 11, 23)) == at("2026-11-24 00:00")
    assert late.add_working_minutes(at("2026-11-23 23:30"), 60) == at("2026-11-24 20:30")
    short = plain().with_day(date(2026, 11, 23), DayOverride(True, frames=parse_frames(["09:00-12:00"])))
    assert short.closing(date(2026, 11, 23)) == at("2026-11-23 12:00")


def test_the_edited_table_beats_the_file_and_the_file_beats_the_library(calendar: WorkingCalendar) -> None:
    independence = date(2027, 9, 1)
    assert not calendar.is_working_day(independence)
    assert calendar.with_day(independence, DayOverride(True)).is_working_day(independence)
    assert not calendar.is_working_day(date(2030, 9, 2)), "Independence Day 2030 is a Sunday, observed Monday"
    override = calendar.override_on(date(2030, 9, 2))
    assert override is not None
    assert override.source == "holidays"
    assert all(day.year in range(2025, 2029) for day in calendar.days)


def test_versions_tell_calendars_apart(calendar: WorkingCalendar) -> None:
    edited = calendar.with_day(date(2027, 9, 2), DayOverride(False))
    assert edited.version != calendar.version
    assert edited.with_edits({}).version == edited.version


def test_a_broken_row_is_named(tmp_path: Path) -> None:
    file = tmp_path / "uz.csv"
    head = "date,is_working,kind,estimated,name_en,name_local,source\n"
    file.write_text(head + "2026-01-01,0,holiday,0,New Year,Yangi yil,x\n2026-13-01,0,holiday,0,A,B,x\n")
    with pytest.raises(CalendarError, match=r"uz.csv, line 3"):
        read_days(file)
    file.write_text(head + "2026-01-01,0,holiday,0,A,B,x\n2026-01-01,1,holiday,0,A,B,x\n")
    with pytest.raises(CalendarError, match="twice"):
        load_calendar(file, country="UZ", tz="Asia/Tashkent", week=NINE_TO_FIVE)
    file.write_text(head + "2026-01-01,yes,holiday,0,A,B,x\n")
    with pytest.raises(CalendarError, match="0 or 1 expected"):
        read_days(file)


def test_summer_time_elsewhere_does_not_bend_working_hours() -> None:
    berlin = WorkingCalendar(tz=ZoneInfo("Europe/Berlin"), week=NINE_TO_FIVE, days={}, edits={})
    friday = datetime(2026, 3, 27, 15, 0, tzinfo=UTC)  # 16:00, the clocks change on Sunday
    assert berlin.add_working_minutes(friday, 120) == datetime(2026, 3, 30, 8, 0, tzinfo=UTC)


minutes_2026 = st.integers(0, 365 * 24 * 60).map(lambda n: at("2026-01-01 00:00") + timedelta(minutes=n))


@settings(max_examples=60, deadline=None)
@given(start=minutes_2026, minutes=st.integers(1, 1500))
def test_counting_agrees_with_walking_minute_by_minute(
    calendar: WorkingCalendar, start: datetime, minutes: int
) -> None:
    end = calendar.add_working_minutes(start, minutes)
    assert end == oracle.add_minutes(start, minutes, oracle.off_and_worked())
    assert calendar.working_minutes_between(start, end) == minutes
    assert calendar.add_working_minutes(
        calendar.subtract_working_time(end, timedelta(minutes=minutes)), 1
    ) == (calendar.add_working_minutes(start, 1))


@settings(max_examples=100, deadline=None)
@given(start=minutes_2026, one=st.integers(0, 3000), two=st.integers(0, 3000))
def test_a_longer_span_never_ends_sooner(
    calendar: WorkingCalendar, start: datetime, one: int, two: int
) -> None:
    short, long = sorted((one, two))
    assert calendar.add_working_minutes(start, short) <= calendar.add_working_minutes(start, long)
