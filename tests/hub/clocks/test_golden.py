"""Golden cases of uz-445, counted by hand on a paper calendar; each names the article it shows."""

import pytest

from tests.hub.clocks.cases import Count, happened

# kind, received (Tashkent), due, target, why
PLAIN = [
    ("application", "2026-11-02 10:00", "2026-11-17", "2026-11-17", "art. 28: 15 days, day zero is receipt"),
    ("complaint", "2026-11-02 10:00", "2026-11-17", "2026-11-17", "art. 28: complaints alike"),
    ("proposal", "2026-11-02 10:00", "2026-12-02", "2026-12-02", "art. 28: one month"),
    ("application", "2026-11-02 23:59", "2026-11-17", "2026-11-17", "art. 28: received late, same day"),
    ("application", "2026-11-03 00:00", "2026-11-18", "2026-11-18", "art. 28: a minute later, the next day"),
    ("application", "2026-11-06 10:00", "2026-11-21", "2026-11-20", "art. 28: ends on a Saturday"),
    (
        "application",
        "2026-11-07 10:00",
        "2026-11-22",
        "2026-11-20",
        "art. 28: filed Saturday, ends on a Sunday",
    ),
    ("application", "2026-11-23 10:00", "2026-12-08", "2026-12-07", "art. 28: ends on Constitution Day"),
    ("application", "2026-11-27 10:00", "2026-12-12", "2026-12-12", "art. 28: ends on a worked Saturday"),
    (
        "application",
        "2026-11-28 10:00",
        "2026-12-13",
        "2026-12-12",
        "art. 28: Sunday after a worked Saturday",
    ),
    (
        "application",
        "2026-12-16 10:00",
        "2026-12-31",
        "2026-12-30",
        "art. 28: the day off moved to 31 December",
    ),
    (
        "application",
        "2026-12-17 10:00",
        "2027-01-01",
        "2026-12-30",
        "art. 28: year end: 31 December and New Year off",
    ),
    ("application", "2026-12-19 10:00", "2027-01-03", "2026-12-30", "art. 28: year end chain with a weekend"),
    (
        "application",
        "2026-05-12 10:00",
        "2026-05-27",
        "2026-05-26",
        "art. 28: Qurbon hayit, an estimate, still counts",
    ),
    ("application", "2026-05-16 10:00", "2026-05-31", "2026-05-26", "art. 28: the long chain 27-31 May"),
    ("application", "2026-08-16 10:00", "2026-08-31", "2026-08-28", "art. 28: a day added by decree"),
    (
        "application",
        "2026-08-17 10:00",
        "2026-09-01",
        "2026-08-28",
        "art. 28: decree day and Independence Day",
    ),
    ("complaint", "2026-03-05 10:00", "2026-03-20", "2026-03-19", "art. 28: Ramazon hayit, an estimate"),
    (
        "complaint",
        "2026-03-08 10:00",
        "2026-03-23",
        "2026-03-19",
        "art. 28: hayit, Navroʻz, Sunday, observed Monday",
    ),
    ("complaint", "2026-02-13 10:00", "2026-02-28", "2026-02-27", "art. 28: into the end of February"),
    ("complaint", "2026-02-14 10:00", "2026-03-01", "2026-02-27", "art. 28: over the end of February"),
    ("complaint", "2028-02-14 10:00", "2028-02-29", "2028-02-29", "art. 28: leap day is a due day"),
    ("complaint", "2028-02-15 10:00", "2028-03-01", "2028-03-01", "art. 28: over the leap day"),
    ("proposal", "2026-01-28 10:00", "2026-02-28", "2026-02-27", "art. 28: 28 January"),
    ("proposal", "2026-01-29 10:00", "2026-02-28", "2026-02-27", "art. 28: 29 January is clipped"),
    ("proposal", "2026-01-30 10:00", "2026-02-28", "2026-02-27", "art. 28: 30 January is clipped"),
    ("proposal", "2026-01-31 10:00", "2026-02-28", "2026-02-27", "art. 28: vector 25: 31 January"),
    ("proposal", "2028-01-31 10:00", "2028-02-29", "2028-02-29", "art. 28: 31 January of a leap year"),
    ("proposal", "2026-03-31 10:00", "2026-04-30", "2026-04-30", "art. 28: 31 March has a 30 April"),
    ("proposal", "2026-12-31 10:00", "2027-01-31", "2027-01-29", "art. 28: over the year's end"),
    ("proposal", "2026-08-01 10:00", "2026-09-01", "2026-08-28", "art. 28: ends on Independence Day"),
    ("proposal", "2026-02-28 10:00", "2026-03-28", "2026-03-27", "art. 28: 28 February is not month end"),
    (
        "application",
        "2029-11-25 10:00",
        "2029-12-10",
        "2029-12-07",
        "art. 28: beyond the file: the library's observed day",
    ),
]


@pytest.mark.parametrize(("kind", "received", "due", "target", "why"), PLAIN)
def test_plain_terms(count: Count, kind: str, received: str, due: str, target: str, why: str) -> None:
    term = count(kind, received)
    assert why.startswith("art. 28: ")
    assert (str(term.due_on), str(term.target_on)) == (due, target), why


# received, registered
REGISTRATION = [
    ("2026-11-02 10:00", "2026-11-02", "art. 23: the same day"),
    ("2026-11-02 07:00", "2026-11-02", "art. 23: before hours is the same day"),
    ("2026-11-02 13:30", "2026-11-02", "art. 23: at lunch is the same day"),
    ("2026-11-02 17:59", "2026-11-02", "art. 23: the last minute"),
    ("2026-11-02 18:00", "2026-11-03", "art. 23: the last frame has ended"),
    ("2026-11-06 18:30", "2026-11-09", "art. 23: Friday evening"),
    ("2026-11-07 11:00", "2026-11-09", "art. 23: Saturday"),
    ("2026-12-11 19:00", "2026-12-12", "art. 23: Friday evening before a worked Saturday"),
    ("2026-12-12 17:00", "2026-12-12", "art. 23: a worked Saturday"),
    ("2026-12-30 18:00", "2027-01-04", "art. 23: over New Year"),
    ("2026-05-27 10:00", "2026-06-01", "art. 23: over the hayit chain"),
]


@pytest.mark.parametrize(("received", "registered", "why"), REGISTRATION)
def test_registration_day(count: Count, received: str, registered: str, why: str) -> None:
    assert why.startswith("art. 23: ")
    assert str(count("application", received).registered_on) == registered, why


def test_the_term_counts_from_receipt_not_from_registration(count: Count) -> None:
    term = count("application", "2026-11-06 18:30")
    assert str(term.registered_on) == "2026-11-09"
    assert str(term.due_on) == "2026-11-21"


APPLICATION = ("application", "2026-11-02 10:00")  # due 17 November


def test_study_makes_it_a_month_from_the_same_start(count: Count) -> None:
    on_the_last_day = count(*APPLICATION, happened("study", "2026-11-17 23:59"))
    assert str(on_the_last_day.due_on) == "2026-12-02"
    too_late = count(*APPLICATION, happened("study", "2026-11-18 00:00"))
    assert str(too_late.due_on) == "2026-11-17"
    assert too_late.steps[-1].rule == "study_late_refused"
    assert too_late.refused == {0}


def test_study_of_january_is_clipped_from_the_original_start(count: Count) -> None:
    term = count("complaint", "2026-01-31 10:00", happened("study", "2026-02-10 10:00"))
    assert str(term.due_on) == "2026-02-28"
    longer = count(
        "complaint",
        "2026-01-31 10:00",
        happened("study", "2026-02-10 10:00"),
        happened("extend", "2026-02-20 10:00", until="2026-03-28"),
    )
    assert str(longer.due_on) == "2026-03-28"
    assert longer.refused == frozenset()


def test_study_of_a_proposal_is_noted_and_the_date_stays(count: Count) -> None:
    term = count("proposal", "2026-11-02 10:00", happened("study", "2026-11-10 10:00"))
    assert str(term.due_on) == "2026-12-02"
    assert term.steps[-1].rule == "study_noted"
    assert "within 10 days" in term.steps[-1].note


@pytest.mark.parametrize(
    ("on", "until", "due", "rule"),
    [
        ("2026-11-10 10:00", "2026-12-17", "2026-12-17", None),
        ("2026-11-17 23:59", "2026-11-18", "2026-11-18", None),
        ("2026-11-10 10:00", "2026-12-18", "2026-11-17", "extend_long_refused"),
        ("2026-11-10 10:00", "2026-11-17", "2026-11-17", "extend_short_refused"),
        ("2026-11-10 10:00", "2026-11-01", "2026-11-17", "extend_short_refused"),
        ("2026-11-18 00:00", "2026-12-01", "2026-11-17", "extend_late_refused"),
    ],
)
def test_vector_26_extension_once_in_time_and_at_most_a_month(
    count: Count, on: str, until: str, due: str, rule: str | None
) -> None:
    term = count(*APPLICATION, happened("extend", on, until=until))
    assert str(term.due_on) == due
    refusals = [step.rule for step in term.steps if step.refused]
    assert refusals == ([rule] if rule else [])


def test_a_second_extension_is_refused_but_a_refused_one_does_not_use_it_up(count: Count) -> None:
    refused = happened("extend", "2026-11-10 10:00", until="2027-01-10")
    granted = happened("extend", "2026-11-10 11:00", until="2026-12-01")
    again = happened("extend", "2026-11-10 12:00", until="2026-12-05")
    term = count(*APPLICATION, refused, granted, again)
    assert str(term.due_on) == "2026-12-01"
    assert term.refused == {0, 2}


def test_extension_after_study_counts_from_the_studied_date(count: Count) -> None:
    study = happened("study", "2026-11-05 10:00")
    assert str(
        count(*APPLICATION, study, happened("extend", "2026-12-02 10:00", until="2027-01-02")).due_on
    ) == ("2027-01-02")
    too_long = count(*APPLICATION, study, happened("extend", "2026-12-02 10:00", until="2027-01-03"))
    assert str(too_long.due_on) == "2026-12-02"


def test_study_after_a_long_extension_never_brings_the_date_forward(count: Count) -> None:
    granted = happened("extend", "2026-11-10 10:00", until="2026-12-17")
    term = count(*APPLICATION, granted, happened("study", "2026-11-20 10:00"))
    assert str(term.due_on) == "2026-12-17"


def test_a_proposal_cannot_be_extended(count: Count) -> None:
    term = count("proposal", "2026-11-02 10:00", happened("extend", "2026-11-10 10:00", until="2026-12-10"))
    assert str(term.due_on) == "2026-12-02"
    assert term.steps[-1].rule == "extend_kind_refused"


def test_vector_27_forwarded_on_day_five_the_total_keeps_running(count: Count) -> None:
    term = count(*APPLICATION, happened("forward", "2026-11-07 23:59"))
    assert (str(term.start_on), str(term.due_on)) == ("2026-11-07", "2026-11-22")
    assert str(term.received_on) == "2026-11-02"
    assert term.breaches == ()
    assert len(term.holdings) == 2


def test_forwarded_on_day_six_is_accepted_with_a_breach_of_the_route_clock(count: Count) -> None:
    term = count(*APPLICATION, happened("forward", "2026-11-08 00:00"))
    assert str(term.due_on) == "2026-11-23"
    assert [(breach.clock, str(breach.due_on)) for breach in term.breaches] == [("route", "2026-11-07")]
    assert term.refused == frozenset()
    assert any(step.rule == "forwarded_late" for step in term.steps)


def test_forwarding_after_the_due_date_keeps_both_breaches(count: Count) -> None:
    term = count(*APPLICATION, happened("forward", "2026-11-20 10:00"), as_of="2026-11-21 10:00")
    assert [breach.clock for breach in term.breaches] == ["final", "route"]
    assert (str(term.due_on), term.status) == ("2026-12-05", "running")


def test_forwarding_clears_study_and_extension(count: Count) -> None:
    term = count(
        *APPLICATION,
        happened("study", "2026-11-03 10:00"),
        happened("extend", "2026-11-03 11:00", until="2026-12-20"),
        happened("forward", "2026-11-04 10:00"),
        happened("study", "2026-11-05 10:00"),
        happened("extend", "2026-11-05 11:00", until="2027-01-04"),
    )
    assert str(term.due_on) == "2027-01-04", "study to 4 December, then a month more"
    assert term.refused == frozenset()


def test_vector_12_a_pause_is_refused_in_words_and_the_clock_keeps_running(count: Count) -> None:
    term = count(
        *APPLICATION,
        happened("pause", "2026-11-05 10:00", reason="waiting_for_citizen"),
        happened("resume", "2026-11-09 10:00"),
        as_of="2026-11-18 00:00",
    )
    assert (str(term.due_on), term.status) == ("2026-11-17", "breached")
    assert [step.rule for step in term.steps if step.refused] == ["pause_refused", "resume_refused"]
    assert "the law has no pause" in next(step.note for step in term.steps if step.rule == "pause_refused")


def test_an_interim_answer_does_not_stop_the_clock(count: Count) -> None:
    interim = happened("interim", "2026-11-05 10:00")
    assert count(*APPLICATION, interim, as_of="2026-11-17 23:59").status == "running"
    assert count(*APPLICATION, interim, as_of="2026-11-18 00:00").status == "breached"


@pytest.mark.parametrize(("on", "status"), [("2026-11-17 23:59", "met"), ("2026-11-18 00:00", "breached")])
def test_answering_on_the_last_minute_of_the_last_day(count: Count, on: str, status: str) -> None:
    term = count(*APPLICATION, happened("answer", on), as_of="2027-06-01 00:00")
    assert term.status == status
    assert len(term.breaches) == (status == "breached")


def test_the_first_final_answer_counts_and_only_reopening_follows(count: Count) -> None:
    after = [
        happened(kind, "2026-11-12 10:00", **data)
        for kind, data in (
            ("answer", {}),
            ("study", {}),
            ("extend", {"until": "2026-12-01"}),
            ("forward", {}),
            ("interim", {}),
            ("pause", {}),
            ("calendar", {"date": "2026-11-17", "working": False}),
        )
    ]
    term = count(*APPLICATION, happened("answer", "2026-11-10 10:00"), *after)
    assert (str(term.due_on), str(term.target_on), term.status) == ("2026-11-17", "2026-11-17", "met")
    assert {step.rule for step in term.steps if step.refused} == {"after_answer_refused"}
    assert term.refused == set(range(1, 8))


def test_vector_20_reopening_starts_a_cycle_and_leaves_the_first_result(count: Count) -> None:
    term = count(
        *APPLICATION,
        happened("answer", "2026-11-19 10:00"),
        happened("reopen", "2026-11-25 10:00"),
        as_of="2026-11-26 10:00",
    )
    assert (term.cycle, str(term.due_on), str(term.target_on)) == (2, "2026-12-10", "2026-12-10")
    assert term.status == "running"
    assert [(breach.cycle, str(breach.due_on)) for breach in term.breaches] == [(1, "2026-11-17")]
    assert term.holdings[0].ended_by == "answer"


def test_reopening_what_is_not_answered_is_refused(count: Count) -> None:
    term = count(*APPLICATION, happened("reopen", "2026-11-05 10:00"))
    assert (term.cycle, set(term.refused)) == (1, {0})


def test_vector_06_a_holiday_added_after_filing_moves_the_target_only(count: Count) -> None:
    term = count(*APPLICATION, happened("calendar", "2026-11-09 10:00", date="2026-11-17", working=False))
    assert (str(term.due_on), str(term.target_on)) == ("2026-11-17", "2026-11-16")
    step = term.steps[-1].as_json()
    assert (step["rule"], step["from"], step["to"]) == ("calendar_off", "2026-11-17", "2026-11-16")


def test_vector_07_a_holiday_added_after_the_due_date_leaves_the_breach(count: Count) -> None:
    term = count(
        *APPLICATION,
        happened("calendar", "2026-11-19 10:00", date="2026-11-17", working=False),
        as_of="2026-11-20 10:00",
    )
    assert (str(term.due_on), term.status) == ("2026-11-17", "breached")
    assert any(step.rule == "calendar_excusable" for step in term.steps)


def test_a_saturday_made_a_working_day_takes_the_target_back(count: Count) -> None:
    term = count(
        "application",
        "2026-11-06 10:00",
        happened("calendar", "2026-11-09 10:00", date="2026-11-21", working=True),
    )
    assert (str(term.due_on), str(term.target_on)) == ("2026-11-21", "2026-11-21")


def test_an_event_dated_before_receipt_changes_nothing(count: Count) -> None:
    term = count(*APPLICATION, happened("answer", "2026-11-01 10:00"), as_of="2026-11-05 10:00")
    assert (str(term.status), set(term.refused)) == ("running", {0})


def test_closed_cancelled_and_excused(count: Count) -> None:
    assert count(*APPLICATION, happened("close", "2026-11-05 10:00")).status == "met"
    assert count(*APPLICATION, happened("cancel", "2026-11-05 10:00")).status == "cancelled"
    term = count(*APPLICATION, happened("answer", "2026-11-20 10:00"), happened("excuse", "2026-12-01 10:00"))
    assert term.status == "breached", "an excuse adds a record and erases nothing"
    assert (len(term.breaches), term.steps[-1].rule) == (1, "excused")
