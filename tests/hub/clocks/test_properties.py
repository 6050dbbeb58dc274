"""Invariants of legal time, and agreement with an independent count, over generated lives of appeals."""

import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.clocks.calendar import WorkingCalendar
from hub.clocks.due import answer_case
from hub.clocks.events import Event
from hub.clocks.policy import Policy
from hub.clocks.terms import count_term
from hub.foundation.vocabulary import Kind
from tests.hub.clocks import oracle
from tests.hub.clocks.cases import Count, at, happened

BASE = datetime(2025, 1, 1, tzinfo=UTC)
# The file covers 2025-2028; the oracle knows nothing beyond it.
RECEIVED = st.integers(0, 3 * 365 * 24 * 3600).map(lambda seconds: BASE + timedelta(seconds=seconds))
ZONES = st.sampled_from(["+00:00", "+05:00", "-05:00", "+14:00"])
TYPES = ["study", "extend", "forward", "pause", "resume", "interim", "answer", "reopen", "calendar"]


def spelled(instant: datetime, zone: str) -> str:
    return instant.astimezone(datetime.fromisoformat(f"2025-01-01T00:00:00{zone}").tzinfo).isoformat()


@st.composite
def lives(draw: st.DrawFn) -> dict[str, Any]:
    received = draw(RECEIVED)
    events = []
    for kind in draw(st.lists(st.sampled_from(TYPES), max_size=6)):
        event: dict[str, Any] = {"type": kind}
        hours = draw(st.integers(-24, 60 * 24))
        event["at"] = spelled(received + timedelta(hours=hours), draw(ZONES))
        near = (received + timedelta(days=draw(st.integers(0, 80)))).date()
        if kind == "extend":
            event["until"] = str(near)
        if kind == "calendar":
            event |= {"date": str(near), "working": draw(st.booleans())}
        events.append(event)
    return {
        "id": 1,
        "kind": draw(st.sampled_from(list(Kind))),
        "received": spelled(received, draw(ZONES)),
        "events": events,
        "as_of": spelled(received + timedelta(days=draw(st.integers(0, 120))), "+00:00"),
    }


@settings(max_examples=200, deadline=None)
@given(case=lives())
def test_an_independent_count_agrees(policy: Policy, calendar: WorkingCalendar, case: dict[str, Any]) -> None:
    answer = answer_case(json.dumps(case), policy, calendar, BASE)
    assert {key: answer[key] for key in ("due_on", "target_on", "status")} == oracle.due(case)


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.sampled_from([*TYPES, *Kind]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=200, deadline=None)
@given(
    case=lives(),
    key=st.sampled_from(["id", "kind", "received", "events", "as_of", "at", "type"]),
    junk=ANY_JSON,
)
def test_junk_in_any_field_is_answered_or_explained(
    policy: Policy, calendar: WorkingCalendar, case: dict[str, Any], key: str, junk: Any
) -> None:
    for place in (case, *case["events"]):
        if key in place:
            place[key] = junk
    answer = answer_case(json.dumps(case), policy, calendar, BASE)
    assert ("error" in answer) != ("due_on" in answer)
    assert answer["id"] == (junk if key == "id" else 1)


@settings(max_examples=100, deadline=None)
@given(received=RECEIVED)
def test_the_registration_day_agrees(policy: Policy, calendar: WorkingCalendar, received: datetime) -> None:
    term = count_term(policy, calendar, Kind.COMPLAINT, received, as_of=received)
    assert term.registered_on == oracle.registered(received.isoformat(), oracle.off_and_worked())


@settings(max_examples=100, deadline=None)
@given(one=RECEIVED, two=RECEIVED, kind=st.sampled_from(list(Kind)))
def test_a_later_receipt_is_never_due_sooner(
    policy: Policy, calendar: WorkingCalendar, one: datetime, two: datetime, kind: Kind
) -> None:
    first, second = (
        count_term(policy, calendar, kind, received, as_of=received) for received in sorted((one, two))
    )
    assert first.due_on <= second.due_on
    assert first.due_on > first.start_on
    assert first.target_on <= first.due_on


@settings(max_examples=60, deadline=None)
@given(received=RECEIVED)
def test_fifteen_days_are_less_than_a_month(
    policy: Policy, calendar: WorkingCalendar, received: datetime
) -> None:
    short = count_term(policy, calendar, Kind.APPLICATION, received, as_of=received)
    long = count_term(policy, calendar, Kind.PROPOSAL, received, as_of=received)
    assert short.due_on < long.due_on


@settings(max_examples=100, deadline=None)
@given(received=RECEIVED, after=st.integers(0, 40), ahead=st.integers(-10, 120), study=st.booleans())
def test_an_extension_never_shortens_and_twice_is_once(
    policy: Policy, calendar: WorkingCalendar, received: datetime, after: int, ahead: int, study: bool
) -> None:
    asked = received + timedelta(days=after)
    before = [Event("study", received)] if study else []
    extend = Event("extend", asked, until=(received + timedelta(days=ahead)).date())

    def due(*events: Event) -> date:
        return count_term(policy, calendar, Kind.COMPLAINT, received, [*before, *events], as_of=asked).due_on

    assert due(extend) >= due()
    assert due(extend, extend) == due(extend)
    assert policy.extension is not None
    assert due(extend) <= policy.extension.after(due(), calendar)


def test_a_second_around_local_midnight_is_a_day(count: Count) -> None:
    last = count_term(
        count.policy,
        count.calendar,
        Kind.APPLICATION,
        datetime(2026, 11, 2, 18, 59, 59, tzinfo=UTC),
        as_of=BASE,
    )
    first = count_term(
        count.policy,
        count.calendar,
        Kind.APPLICATION,
        datetime(2026, 11, 2, 19, 0, 0, tzinfo=UTC),
        as_of=BASE,
    )
    assert (str(last.due_on), str(first.due_on)) == ("2026-11-17", "2026-11-18")


@pytest.fixture(params=["UTC", "Asia/Tashkent", "America/New_York", "Pacific/Kiritimati"])
def server_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with monkeypatch.context() as patch:
        patch.setitem(os.environ, "TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


def test_vector_29_the_servers_zone_does_not_matter(server_zone: str, count: Count) -> None:
    term = count(
        "complaint",
        "2026-11-02 23:59",
        happened("forward", "2026-11-07 23:59"),
        happened("answer", "2026-11-22 23:59"),
    )
    assert (str(term.due_on), str(term.target_on), term.status) == ("2026-11-22", "2026-11-20", "met"), (
        server_zone
    )


def test_passing_it_back_and_forth_leaves_a_trace_and_never_restarts_the_total(count: Count) -> None:
    forwards = [happened("forward", f"2026-11-{day:02d} 10:00") for day in range(8, 27, 6)]
    term = count("complaint", "2026-11-02 10:00", *forwards, as_of="2026-11-27 10:00")
    assert str(term.received_on) == "2026-11-02"
    assert len(term.holdings) == 5
    assert [breach.clock for breach in term.breaches] == ["route"] * 4
    assert str(term.due_on) == "2026-12-11", "15 days after the last forward, no more"


def test_ties_run_in_the_order_given(count: Count) -> None:
    answer, extend = (
        happened("answer", "2026-11-10 10:00"),
        happened("extend", "2026-11-10 10:00", until="2026-12-01"),
    )
    assert str(count("complaint", "2026-11-02 10:00", answer, extend).due_on) == "2026-11-17"
    assert str(count("complaint", "2026-11-02 10:00", extend, answer).due_on) == "2026-12-01"


def test_events_run_by_time_and_refusals_keep_their_place_in_the_input(count: Count) -> None:
    answer = happened("answer", "2026-11-10 10:00")
    term = count("complaint", "2026-11-02 10:00", happened("study", "2026-11-11 10:00"), answer)
    assert (str(term.status), set(term.refused)) == ("met", {0})


def test_every_step_says_real_dates(count: Count) -> None:
    term = count(
        "complaint",
        "2026-11-01 10:00",
        happened("study", "2026-11-02 10:00"),
        happened("forward", "2026-11-10 10:00"),
        happened("answer", "2026-12-30 10:00"),
    )
    for step in term.steps:
        assert "20" in step.note
        assert "%(" not in step.note
    assert at("2026-11-01 10:00").tzinfo is UTC
