"""Golden cases of the other policies, counted by hand on paper; each names the article it shows."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from hub.clocks.due import PACKS, pack_calendar
from hub.clocks.events import LEGAL_EVENTS, Event, read_event
from hub.clocks.policy import load_policy
from hub.clocks.term_types import Term
from hub.clocks.terms import count_term
from hub.foundation.vocabulary import Kind

ABROAD = ("kz-appc", "ru-59fz", "in-cpgrams")
Counted = Callable[..., Term]
Happening = tuple[str, str, dict[str, object]]


@pytest.fixture(scope="module")
def counted() -> Counted:
    """Counts an appeal under a policy; times are wall clocks of that country."""
    policies = {code: load_policy(PACKS / "uz" / "policies" / f"{code}.toml") for code in ABROAD}
    calendars = {code: pack_calendar(PACKS / "uz", policy) for code, policy in policies.items()}

    def count(code: str, received: str, *events: Happening, as_of: str) -> Term:
        zone = calendars[code].tz

        def at(text: str) -> datetime:
            return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)

        def read(kind: str, when: str, data: dict[str, object]) -> Event:
            return read_event({"type": kind, "at": at(when).isoformat(), **data}, types=LEGAL_EVENTS)

        happened = [read(*event) for event in events]
        return count_term(
            policies[code], calendars[code], Kind.COMPLAINT, at(received), happened, as_of=at(as_of)
        )

    return count


# policy, received (wall clock there), registered, due, target, last day to pass on, why
PLAIN = [
    ("kz-appc", "2026-11-02 10:00", "11-02", "11-23", "11-23", "11-05", "APPC art. 76: 15 working days"),
    (
        "kz-appc",
        "2026-11-06 10:00",
        "11-06",
        "11-27",
        "11-27",
        "11-11",
        "APPC art. 65: 3 days over a weekend",
    ),
    ("kz-appc", "2026-11-07 10:00", "11-09", "11-27", "11-27", "11-11", "APPC art. 76: came on a Saturday"),
    ("kz-appc", "2026-11-30 10:00", "11-30", "12-22", "12-22", "12-03", "APPC art. 76: Independence Day"),
    ("kz-appc", "2026-12-14 10:00", "12-14", "01-08", "01-08", "12-18", "APPC art. 76: year end, Christmas"),
    ("kz-appc", "2026-03-02 10:00", "03-02", "03-27", "03-27", "03-05", "APPC art. 76: 9 March and Nowruz"),
    ("kz-appc", "2026-03-20 10:00", "03-20", "04-15", "04-15", "03-30", "APPC art. 65: 3 days over Nowruz"),
    ("kz-appc", "2026-04-30 10:00", "04-30", "05-26", "05-26", "05-06", "APPC art. 76: the days of May"),
    ("kz-appc", "2026-11-02 23:59", "11-03", "11-23", "11-23", "11-05", "APPC art. 76: the last minute"),
    ("kz-appc", "2026-11-03 00:00", "11-03", "11-24", "11-24", "11-06", "APPC art. 76: a minute later"),
    ("ru-59fz", "2026-11-02 10:00", "11-02", "12-02", "12-02", "11-09", "59-FZ art. 12: 30 days"),
    ("ru-59fz", "2026-11-03 19:00", "11-05", "12-05", "12-04", "11-12", "59-FZ art. 8: over Unity Day"),
    ("ru-59fz", "2026-11-30 18:00", "12-01", "12-31", "12-30", "12-08", "59-FZ art. 12: the day off moved"),
    ("ru-59fz", "2026-12-02 10:00", "12-02", "01-01", "12-30", "12-09", "59-FZ art. 12: ends on New Year"),
    (
        "ru-59fz",
        "2027-01-01 10:00",
        "01-01",
        "01-31",
        "01-29",
        "01-08",
        "59-FZ art. 8: no working day in 3 days",
    ),
    ("ru-59fz", "2026-04-02 10:00", "04-02", "05-02", "04-30", "04-09", "59-FZ art. 12: the days of May"),
    ("ru-59fz", "2026-05-13 10:00", "05-13", "06-12", "06-11", "05-20", "59-FZ art. 12: ends on Russia Day"),
    ("ru-59fz", "2027-01-21 10:00", "01-21", "02-20", "02-20", "01-28", "59-FZ art. 12: a worked Saturday"),
    ("ru-59fz", "2026-11-06 18:00", "11-09", "12-09", "12-09", "11-16", "59-FZ art. 12: from registration"),
    ("in-cpgrams", "2026-11-02 10:00", "11-02", "11-23", "11-23", None, "OM 23.08.2024: 21 days"),
    (
        "in-cpgrams",
        "2026-11-01 23:00",
        "11-01",
        "11-22",
        "11-20",
        None,
        "OM 23.08.2024: registered instantly",
    ),
    ("in-cpgrams", "2026-12-04 10:00", "12-04", "12-25", "12-24", None, "OM 23.08.2024: ends at Christmas"),
    ("in-cpgrams", "2026-11-03 10:00", "11-03", "11-24", "11-23", None, "OM 23.08.2024: ends on a holiday"),
    ("in-cpgrams", "2026-01-05 10:00", "01-05", "01-26", "01-23", None, "OM 23.08.2024: Republic Day"),
    ("in-cpgrams", "2028-02-08 10:00", "02-08", "02-29", "02-29", None, "OM 23.08.2024: the leap day"),
    ("in-cpgrams", "2026-07-25 10:00", "07-25", "08-15", "08-14", None, "OM 23.08.2024: Independence Day"),
]


@pytest.mark.parametrize(("code", "received", "registered", "due", "target", "route", "why"), PLAIN)
def test_plain_terms(
    counted: Counted,
    code: str, received: str, registered: str, due: str, target: str, route: str | None, why: str,
) -> None:  # fmt: skip
    term = counted(code, received, as_of=received)
    assert re.match(r"(APPC art\. \d+|59-FZ art\. \d+|OM 23\.08\.2024): ", why)
    found = (term.registered_on, term.due_on, term.target_on, term.holdings[0].route_on)
    assert [f"{day:%m-%d}" if day else None for day in found] == [registered, due, target, route], why


# policy, events after receipt on 2 November 2026 at 10:00, due, status on 1 December, refused, why
LIVES = [
    (
        "kz-appc",
        [("extend", "11-23 23:59", "2027-01-23")],
        "2027-01-23",
        "running",
        [],
        "APPC art. 76: 2 months",
    ),
    (
        "kz-appc",
        [("extend", "11-10 10:00", "2027-01-24")],
        "2026-11-23",
        "breached",
        [0],
        "APPC art. 76: longer",
    ),
    (
        "kz-appc",
        [("extend", "11-24 00:00", "2026-12-20")],
        "2026-11-23",
        "breached",
        [0],
        "APPC art. 76: late",
    ),
    ("kz-appc", [("study", "11-10 10:00", "")], "2026-11-23", "breached", [0], "APPC art. 76: no study term"),
    ("kz-appc", [("answer", "11-23 23:59", "")], "2026-11-23", "met", [], "APPC art. 76: the last minute"),
    ("kz-appc", [("forward", "11-05 23:59", "")], "2026-11-26", "breached", [], "APPC art. 65: in time"),
    (
        "kz-appc",
        [("forward", "11-16 10:00", "")],
        "2026-12-07",
        "running",
        [],
        "APPC art. 65: late, a breach",
    ),
    (
        "ru-59fz",
        [("extend", "11-30 10:00", "2027-01-01")],
        "2027-01-01",
        "running",
        [],
        "59-FZ art. 12: 30 days",
    ),
    (
        "ru-59fz",
        [("extend", "11-30 10:00", "2027-01-02")],
        "2026-12-02",
        "running",
        [0],
        "59-FZ art. 12: longer",
    ),
    ("ru-59fz", [("forward", "11-09 10:00", "")], "2026-12-09", "running", [], "59-FZ art. 8: on day seven"),
    ("ru-59fz", [("forward", "11-14 10:00", "")], "2026-12-16", "running", [], "59-FZ art. 8: on a Saturday"),
    ("ru-59fz", [("pause", "11-10 10:00", "")], "2026-12-02", "running", [0], "59-FZ art. 12: no pause"),
    ("in-cpgrams", [("interim", "11-20 10:00", "")], "2026-11-23", "breached", [], "OM 23.08.2024: interim"),
    (
        "in-cpgrams",
        [("extend", "11-10 10:00", "2026-12-01")],
        "2026-11-23",
        "breached",
        [0],
        "OM 23.08.2024: none",
    ),
    ("in-cpgrams", [("forward", "11-21 10:00", "")], "2026-12-12", "running", [], "OM 23.08.2024: transfer"),
    (
        "in-cpgrams",
        [("answer", "11-24 00:00", "")],
        "2026-11-23",
        "breached",
        [],
        "OM 23.08.2024: a minute late",
    ),
]


@pytest.mark.parametrize(("code", "events", "due", "status", "refused", "why"), LIVES)
def test_what_happens_after_receipt(
    counted: Counted,
    code: str, events: list[tuple[str, str, str]], due: str, status: str, refused: list[int], why: str,
) -> None:  # fmt: skip
    happened = [(kind, f"2026-{when}", {"until": until} if until else {}) for kind, when, until in events]
    term = counted(code, "2026-11-02 10:00", *happened, as_of="2026-12-01 10:00")
    assert re.match(r"(APPC art\. \d+|59-FZ art\. \d+|OM 23\.08\.2024): ", why)
    assert (str(term.due_on), str(term.status), sorted(term.refused)) == (due, status, refused), why


def test_passing_on_late_is_a_breach_only_where_a_term_is_known(counted: Counted) -> None:
    late: Happening = ("forward", "2026-11-20 10:00", {})
    as_of = "2026-11-21 10:00"
    terms = {code: counted(code, "2026-11-02 10:00", late, as_of=as_of) for code in ABROAD}
    breaches = {code: [str(breach.clock) for breach in term.breaches] for code, term in terms.items()}
    assert breaches == {"kz-appc": ["route"], "ru-59fz": ["route"], "in-cpgrams": []}


def test_what_a_policy_does_not_have_is_refused_in_its_own_words(counted: Counted) -> None:
    asked = [("study", "2026-11-10 10:00", {}), ("pause", "2026-11-10 10:00", {"reason": "court"})]
    for code, country in zip(ABROAD, ("Kazakhstan", "Russia", "India"), strict=True):
        term = counted(code, "2026-11-02 10:00", *asked, as_of="2026-11-11 10:00")
        notes = [step.note for step in term.steps if step.refused]
        assert len(notes) == 2
        assert all(note.startswith("2026-11-10: ") and country in note for note in notes)


@pytest.mark.parametrize("code", ["uz-445", *ABROAD])
def test_every_number_names_its_source(code: str) -> None:
    policy = load_policy(PACKS / "uz" / "policies" / f"{code}.toml")
    assert policy.code == code
    said = " ".join(source.says for source in policy.sources)
    for span in (*policy.terms.values(), policy.forward):
        assert span is None or str(span.amount) in said or "one month" in said
    assert {source.mark for source in policy.sources} <= {"read", "partly", "unverified"}
