"""A policy is data: every number is read from its file, and another country's shape is another file."""

import io
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from hub.clocks.book import ClockBook
from hub.clocks.calendar import WorkingCalendar
from hub.clocks.calendar_file import load_calendar
from hub.clocks.due import PACKS, run
from hub.clocks.frames import WEEKDAYS, CalendarError, parse_week
from hub.clocks.months import add_months
from hub.clocks.policy import Policy, PolicyError, load_policy
from tests.hub.clocks.cases import Count, happened

FILE = PACKS / "uz" / "policies" / "uz-445.toml"


def changed(**parts: Any) -> Policy:
    """uz-445 with some settings replaced; a mapping is merged into its table."""
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    for name, value in parts.items():
        raw[name] = raw.get(name, {}) | value if isinstance(value, dict) else value
    return Policy.model_validate(raw)


def test_every_default_of_the_policy_stands_in_its_file() -> None:
    policy = load_policy(FILE)
    assert (policy.start, policy.roll, policy.timezone) == ("receipt", "none", "Asia/Tashkent")
    assert {str(kind): (span.amount, span.unit) for kind, span in policy.terms.items()} == {
        "application": (15, "calendar_day"),
        "complaint": (15, "calendar_day"),
        "proposal": (1, "month"),
    }
    assert policy.study is not None
    assert policy.extension is not None
    assert policy.forward is not None
    assert (policy.study.amount, policy.study.unit, policy.study.notice_days) == (1, "month", 10)
    assert (policy.extension.amount, policy.extension.unit, policy.extension.times) == (1, "month", 1)
    assert (policy.forward.amount, policy.forward.unit) == (5, "calendar_day")
    assert policy.pause.reasons == ()
    assert policy.reopen.within_days == 30
    service = policy.service
    assert (service.assign_working_days, service.first_word_working_days) == (1, 2)
    assert (service.message_answer_working_days, service.warnings) == (2, (50, 75, 90))
    assert [len(policy.frames[day]) for day in range(5)] == [2] * 5


@pytest.mark.parametrize(
    ("roll", "due"), [("none", "2026-11-22"), ("next", "2026-11-23"), ("previous", "2026-11-20")]
)
def test_vector_24_a_term_that_ends_on_a_sunday(calendar: WorkingCalendar, roll: str, due: str) -> None:
    term = Count(changed(roll=roll), calendar)("application", "2026-11-07 10:00")
    assert str(term.due_on) == due
    assert any(step.rule == "rolled" for step in term.steps) == (roll != "none")


WORKING_DAYS = {"application": {"amount": 15, "unit": "working_day"}}


def test_a_policy_of_working_days_moves_its_due_date_with_the_calendar(calendar: WorkingCalendar) -> None:
    count = Count(changed(terms=WORKING_DAYS), calendar)
    day_off = happened("calendar", "2026-11-09 10:00", date="2026-11-16", working=False)
    assert str(count("application", "2026-11-02 10:00").due_on) == "2026-11-23"
    assert str(count("application", "2026-11-02 10:00", day_off).due_on) == "2026-11-24"
    too_late = happened("calendar", "2026-11-24 10:00", date="2026-11-16", working=False)
    term = count("application", "2026-11-02 10:00", too_late, as_of="2026-11-24 12:00")
    assert (str(term.due_on), str(term.status)) == ("2026-11-23", "breached"), "the breach stays"


def test_a_policy_that_counts_from_registration(calendar: WorkingCalendar) -> None:
    count = Count(changed(start="registration"), calendar)
    term = count("complaint", "2026-11-06 18:30")
    assert (str(term.start_on), str(term.due_on)) == ("2026-11-09", "2026-11-24")


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"pause": {"reasons": ["court"]}}, "pause"),
        ({"roll": "sideways"}, "roll"),
        ({"timezone": "Asia/Atlantis"}, "no time zone"),
        ({"service": {"warnings": [75, 50]}}, "ascend"),
        ({"week": {"monday": ["09:00-13:00", "12:00-18:00"]}}, "overlap"),
        ({"week": {day: [] for day in WEEKDAYS[:5]}}, "the week has no working time"),
        ({"terms": {"proposal": {"amount": 0, "unit": "month"}}}, "a term of nothing: proposal"),
        ({"terms": {"proposal": {"amount": 500, "unit": "month"}}}, "more than 120 months has no end"),
        ({"extension": {"times": 1000}}, "less than or equal to 12"),
        ({"sources": []}, "at least 1 item"),
        ({"absent": {"forward": "It has one."}}, "either forward has a number or absent.forward says"),
        ({"absent": {"pause": "no sentence"}}, "should match pattern"),
        ({"colour": "blue"}, "colour"),
    ],
)
def test_a_policy_that_cannot_be_counted_is_refused(parts: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        changed(**parts)


def test_a_kind_without_a_term_is_refused() -> None:
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    del raw["terms"]["proposal"]
    with pytest.raises(ValueError, match="no term for proposal"):
        Policy.model_validate(raw)


def test_a_pack_names_the_policy_in_force() -> None:
    assert ClockBook.from_pack_dir(PACKS / "uz").policy.code == "uz-445"
    with pytest.raises(ValueError, match="no policy called atlantis"):
        ClockBook.from_pack_dir(PACKS / "uz", "atlantis")
    assert ClockBook.of_country("uz", "Asia/Almaty").zone.key == "Asia/Almaty"


def test_two_single_months_are_not_one_double_month() -> None:
    january = date(2026, 1, 31)
    assert add_months(january, 2) == date(2026, 3, 31)
    assert add_months(add_months(january, 1), 1) == date(2026, 3, 28)


def test_an_unsound_policy_is_refused_at_load_in_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "atlantis" / "policies"
    folder.mkdir(parents=True)
    text = FILE.read_text(encoding="utf-8")
    overlapping = text.replace('friday = ["09:00-13:00"', 'friday = ["09:00-15:00"')
    (folder / "sea.toml").write_text(overlapping.replace('"uz-445"', '"sea"'), encoding="utf-8")
    (folder / "deep.toml").write_text(text, encoding="utf-8")
    (folder / "torn.toml").write_text(text[:700], encoding="utf-8")
    for code, sentence in (
        ("sea", "Working frames overlap: 09:00-15:00 and 14:00-18:00"),
        ("deep", "the policy in it is called uz-445"),
        ("torn", "torn.toml: "),
    ):
        with pytest.raises(PolicyError, match=sentence):
            load_policy(folder / f"{code}.toml")
        stdout, stderr = io.StringIO(), io.StringIO()
        assert run(io.StringIO("{}\n"), stdout, stderr, code, packs=tmp_path) == 1
        assert stdout.getvalue() == ""
        assert stderr.getvalue().startswith(f"Nothing was counted. {code}.toml: ")
        assert sentence in stderr.getvalue()


def test_a_calendar_without_a_working_day_in_a_year_is_refused_at_load(tmp_path: Path) -> None:
    file = tmp_path / "sea.csv"
    first = date(2026, 1, 1)
    rows = [f"{first + timedelta(step)},0,holiday,0,Flood,Flood,x" for step in range(365)]
    file.write_text("date,is_working,kind,estimated,name_en,name_local,source\n" + "\n".join(rows) + "\n")
    week = parse_week({"monday": ["09:00-18:00"]})
    with pytest.raises(CalendarError, match="no working day in 2026"):
        load_calendar(file, country="UZ", tz="Asia/Tashkent", week=week)
    with pytest.raises(CalendarError, match="at least one working frame"):
        load_calendar(None, country="KZ", tz="Asia/Almaty", week={})
