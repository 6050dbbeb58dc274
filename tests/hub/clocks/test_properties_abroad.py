"""What holds for every policy: an independent count agrees, and no sequence of events bends the term."""

import json
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.clocks.calendar import WorkingCalendar
from hub.clocks.clock_states import clocks_of
from hub.clocks.due import PACKS, answer_case, pack_calendar
from hub.clocks.events import Event
from hub.clocks.marks import marks_of
from hub.clocks.policy import Policy, load_policy
from hub.clocks.terms import count_term
from hub.foundation.vocabulary import Kind
from tests.hub.clocks import oracle, oracle_abroad
from tests.hub.clocks.test_properties import BASE, RECEIVED, lives

POLICIES = {code: load_policy(PACKS / "uz" / "policies" / f"{code}.toml") for code in
            ("uz-445", "kz-appc", "ru-59fz", "in-cpgrams")}  # fmt: skip
CALENDARS = {code: pack_calendar(PACKS / "uz", policy) for code, policy in POLICIES.items()}
CODES = st.sampled_from(list(POLICIES))
ABROAD = st.sampled_from([code for code in POLICIES if code != "uz-445"])
ZONES = ["UTC", "Asia/Tashkent", "America/New_York", "Pacific/Kiritimati"]


def rules(code: str) -> tuple[Policy, WorkingCalendar]:
    return POLICIES[code], CALENDARS[code]


def second_count(code: str, case: dict[str, Any]) -> dict[str, str]:
    return oracle.due(case) if code == "uz-445" else oracle_abroad.due(code, case)


def first_count(code: str, case: dict[str, Any]) -> dict[str, object]:
    answer = answer_case(json.dumps(case), *rules(code), BASE)
    return {key: answer[key] for key in ("due_on", "target_on", "status")}


@settings(max_examples=150, deadline=None)
@given(case=lives(), code=ABROAD)
def test_an_independent_count_agrees(case: dict[str, Any], code: str) -> None:
    assert first_count(code, case) == second_count(code, case)


@pytest.fixture(params=ZONES)
def server_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with monkeypatch.context() as patch:
        patch.setitem(os.environ, "TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=lives(), code=CODES)
def test_the_servers_zone_does_not_matter(server_zone: str, case: dict[str, Any], code: str) -> None:
    assert first_count(code, case) == second_count(code, case), server_zone


@settings(max_examples=100, deadline=None)
@given(one=RECEIVED, two=RECEIVED, kind=st.sampled_from(list(Kind)), code=CODES)
def test_a_later_receipt_is_never_due_sooner(one: datetime, two: datetime, kind: Kind, code: str) -> None:
    first, second = (count_term(*rules(code), kind, at, as_of=at) for at in sorted((one, two)))
    assert first.due_on <= second.due_on
    assert first.start_on < first.due_on
    assert first.received_on <= first.registered_on


@settings(max_examples=80, deadline=None)
@given(received=RECEIVED, after=st.integers(0, 40), ahead=st.integers(-10, 120), code=CODES)
def test_an_extension_never_shortens_and_twice_is_once(
    received: datetime, after: int, ahead: int, code: str
) -> None:
    asked = received + timedelta(days=after)
    extend = Event("extend", asked, until=(received + timedelta(days=ahead)).date())
    none, once, twice = (
        count_term(*rules(code), Kind.COMPLAINT, received, events, as_of=asked)
        for events in ([], [extend], [extend, extend])
    )
    limit = POLICIES[code].extension
    assert none.due_on <= once.due_on == twice.due_on
    assert once.due_on <= (limit.after(none.due_on, CALENDARS[code]) if limit else none.due_on)
    assert 1 in twice.refused


@settings(max_examples=60, deadline=None)
@given(received=RECEIVED, days=st.lists(st.integers(0, 40), min_size=1, max_size=6), code=CODES)
def test_forwards_never_give_more_than_one_fresh_term(received: datetime, days: list[int], code: str) -> None:
    forwards = [Event("forward", received + timedelta(days=day)) for day in sorted(days)]
    term = count_term(*rules(code), Kind.COMPLAINT, received, forwards, as_of=received)
    fresh = count_term(*rules(code), Kind.COMPLAINT, forwards[-1].at, as_of=received)
    assert (term.due_on, term.target_on) == (fresh.due_on, fresh.target_on)
    assert term.received_on == CALENDARS[code].local_date(received)
    assert len(term.holdings) == len(days) + 1


@settings(max_examples=60, deadline=None)
@given(received=RECEIVED, seen=st.lists(st.integers(0, 200), min_size=2, max_size=4), code=CODES)
def test_the_due_date_is_never_counted_from_now(received: datetime, seen: list[int], code: str) -> None:
    answer = Event("answer", received + timedelta(days=3))
    for events in ([], [answer]):
        dates = {
            (term.due_on, term.target_on, term.status if events else "")
            for days in seen
            for term in [
                count_term(*rules(code), Kind.COMPLAINT, received, events, as_of=received + timedelta(days))
            ]
        }
        assert len(dates) == 1, "a wall clock set forward or back moves nothing and opens nothing again"


@settings(max_examples=60, deadline=None)
@given(received=RECEIVED, day=st.integers(0, 40), working=st.booleans(), code=CODES)
def test_an_edited_day_leaves_what_is_closed_alone(
    received: datetime, day: int, working: bool, code: str
) -> None:
    answer = Event("answer", received + timedelta(days=2))
    edited = (received + timedelta(days=day)).date()
    edit = Event("calendar", received + timedelta(days=4), day=edited, working=working)
    as_of = received + timedelta(days=90)
    before = count_term(*rules(code), Kind.COMPLAINT, received, [answer], as_of=as_of)
    after = count_term(*rules(code), Kind.COMPLAINT, received, [answer, edit], as_of=as_of)
    assert (before.due_on, before.target_on, before.status) == (after.due_on, after.target_on, after.status)
    assert before.breaches == after.breaches


@settings(max_examples=40, deadline=None)
@given(received=RECEIVED, code=CODES)
def test_each_threshold_comes_once_in_order_and_none_after_the_answer(received: datetime, code: str) -> None:
    policy, calendar = rules(code)
    term = count_term(policy, calendar, Kind.COMPLAINT, received, as_of=received)
    for state in clocks_of(policy, calendar, term, received, []):
        marks = marks_of(calendar, state, policy.service.warnings)
        stages = [stage for stage, _at in marks]
        assert len(stages) == len(set(stages))
        assert all(received <= moment <= marks[-1][1] for _stage, moment in marks)
        assert marks_of(calendar, replace(state, ended_at=received), policy.service.warnings) == ()


@pytest.mark.parametrize("code", list(POLICIES))
def test_a_second_around_local_midnight_is_a_day(code: str) -> None:
    policy, calendar = rules(code)
    midnight = calendar.end_of_day(datetime(2026, 11, 2, 12, tzinfo=UTC).date())
    last, first = (
        count_term(policy, calendar, Kind.COMPLAINT, at, as_of=BASE).received_on
        for at in (midnight - timedelta(seconds=1), midnight)
    )
    assert (first - last).days == 1
