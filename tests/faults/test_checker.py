"""The checker itself: a run without faults is sound, and each kind of loss put into it is found."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.faults.checker import Log, Report, check
from tests.faults.history import Answered, Filed, History
from tests.faults.records import Records

NUMBER, OTHER = "UZ26-7K2M-9QXA", "UZ26-AAAA-AAAA"
MARK = "belgi-a-0-1"
RECEIPT = f"Number: {NUMBER}\nTracking code: 12345"
ANSWER = f"javob {MARK}."
T1, T2, T3 = "2026-03-02 05:00:00.000001", "2026-03-02 05:00:01.000002", "2026-03-02 05:00:02.000003"


def delivered(n: int, message: int, text: str, chat: int = 7) -> dict[str, Any]:
    return {"n": n, "at": 1.0, "chat_id": chat, "message_id": message, "text": text, "method": "sendMessage"}


def world() -> tuple[Log, Records, History]:
    """Dilnoza files one appeal with one photo, and is answered."""
    log: Log = {
        "updates": [{"update_id": one, "at": 1.0} for one in (1, 2)],
        "confirmed": [{"update_id": one, "at": 2.0} for one in (1, 2)],
        "delivered": [delivered(0, 11, "What is it?"), delivered(1, 12, RECEIPT), delivered(2, 13, ANSWER)],
    }
    records = Records(
        arrivals=[(1, 1, "42:7", "done", T1, T1), (2, 2, "42:7", "done", T2, T2)],
        outbox=[
            (1, 5, "reply", "sent", 1, 0, "11", T1),
            (2, 5, "reply", "sent", 1, 0, "12", T2),
            (3, 5, "answer", "sent", 1, 0, "13", T3),
        ],
        appeals=[(1, NUMBER, f"Chiroq yoʻq ({MARK}).", "telegram")],
        attachments=[(1, "stored")],
        finals=[(1, ANSWER)],
        events=[(1, 1), (1, 2)],
        broken=[],
    )
    history = History(filed={MARK: Filed(MARK, 7, 1)}, answered=[Answered(MARK, NUMBER, 7)])
    return log, records, history


def report_of(change: Callable[[Log, Records, History], Records | None]) -> Report:
    log, records, history = world()
    return check(log, change(log, records, history) or records, history)


def nothing(_log: Log, _records: Records, _history: History) -> None:
    """The world as it should be."""


def test_a_run_without_faults_is_sound() -> None:
    report = report_of(nothing)
    assert report.sound, report
    assert report.of("update -> arrival").total == 2


def sent(number: int, message: str | None, state: str = "sent", ambiguous: int = 0) -> tuple[Any, ...]:
    return (number, 5, "reply", state, 1, ambiguous, message, T1 if number == 1 else T2)


LOSSES: dict[str, Callable[[Log, Records, History], object]] = {
    "a confirmed update was never stored": lambda log, records, history: replace(
        records, arrivals=records.arrivals[:1]
    ),
    "an arrival was never handled": lambda log, records, history: replace(
        records, arrivals=[*records.arrivals[:1], (2, 2, "42:7", "pending", T2, None)]
    ),
    "an arrival got no reply": lambda log, records, history: replace(records, outbox=records.outbox[1:]),
    "a confirmed appeal is no row": lambda log, records, history: replace(records, appeals=[]),
    "an appeal is there twice": lambda log, records, history: replace(
        records, appeals=[*records.appeals, (2, OTHER, f"Chiroq yoʻq ({MARK}).", "telegram")]
    ),
    "a number was shown that is no row": lambda log, records, history: log["delivered"].append(
        delivered(3, 14, f"Number: {OTHER}")
    ),
    "the receipt went to somebody else": lambda log, records, history: log["delivered"].__setitem__(
        1, delivered(1, 12, RECEIPT, chat=8)
    ),
    "a photo was dropped": lambda log, records, history: replace(records, attachments=[]),
    "a photo was never fetched": lambda log, records, history: replace(records, attachments=[(1, "pending")]),
    "the answer never arrived": lambda log, records, history: log["delivered"].pop(),
    "two final answers": lambda log, records, history: replace(records, finals=records.finals * 2),
    "a row was called sent and is nowhere": lambda log, records, history: replace(
        records, outbox=[sent(1, "99"), *records.outbox[1:]]
    ),
    "a row was given up": lambda log, records, history: replace(
        records, outbox=[sent(1, None, "failed"), *records.outbox[1:]]
    ),
    "a second copy that nothing accounts for": lambda log, records, history: log["delivered"].append(
        delivered(3, 15, RECEIPT)
    ),
    "words out of order": lambda log, records, history: log["delivered"].reverse(),
    "handled out of order": lambda log, records, history: replace(
        records,
        arrivals=[(1, 1, "42:7", "done", T1, T2), (2, 2, "42:7", "done", T1, T1)],
        outbox=[sent(1, "11"), *records.outbox[1:]],
    ),
    "answered before the receipt": lambda log, records, history: [
        entry.update(n=-1) for entry in log["delivered"] if entry["text"] == ANSWER
    ],
    "a hole in the history": lambda log, records, history: replace(records, events=[(1, 1), (1, 3)]),
    "a broken database": lambda log, records, history: replace(records, broken=["row 3 missing from index"]),
}


@pytest.mark.parametrize("what", LOSSES)
def test_every_kind_of_loss_is_found(what: str) -> None:
    change = LOSSES[what]

    def changed(log: Log, records: Records, history: History) -> Records | None:
        made = change(log, records, history)
        return made if isinstance(made, Records) else None

    report = report_of(changed)
    assert not report.sound, report


def test_a_second_copy_is_allowed_where_the_row_was_in_doubt() -> None:
    log, records, history = world()
    log["delivered"].insert(1, delivered(3, 16, "What is it?"))
    doubtful = replace(records, outbox=[sent(1, "16", ambiguous=1), *records.outbox[1:]])
    report = check(log, doubtful, history)
    assert report.sound, report
    assert report.of("outbox -> chat").allowed == 1
