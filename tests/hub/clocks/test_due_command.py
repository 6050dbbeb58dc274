"""`qabul clocks due`: a line in, a line out, and a bad line never ends the run."""

import io
import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hub.clocks.due import run
from hub.clocks.sentences import DATES, SENTENCES, render

NOW = datetime(2026, 11, 10, tzinfo=UTC)
GOOD: dict[str, Any] = {"id": "a", "kind": "application", "received": "2026-11-02T05:00:00Z"}


def feed(*lines: object, policy: str = "uz-445") -> tuple[int, list[dict[str, Any]], str]:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    stdout, stderr = io.StringIO(), io.StringIO()
    code = run(io.StringIO("\n".join(texts) + "\n"), stdout, stderr, policy, now=NOW)
    return code, [json.loads(line) for line in stdout.getvalue().splitlines()], stderr.getvalue()


def test_a_case_answers_with_exactly_the_promised_keys() -> None:
    code, (answer,), _ = feed(GOOD)
    assert code == 0
    assert list(answer) == ["id", "due_on", "target_on", "status", "steps"]
    assert (answer["id"], answer["due_on"], answer["status"]) == ("a", "2026-11-17", "running")
    assert all(list(step) == ["rule", "from", "to", "note"] for step in answer["steps"])


@pytest.mark.parametrize(
    "spelling", ["2026-11-02T05:00:00Z", "2026-11-02T10:00:00+05:00", "2026-11-01T19:00:00-10:00"]
)
def test_any_offset_is_the_same_instant(spelling: str) -> None:
    code, (answer,), _ = feed(GOOD | {"received": spelling})
    assert (code, answer["due_on"]) == (0, "2026-11-17")


def test_as_of_is_now_when_absent() -> None:
    _, (late,), _ = feed(GOOD | {"as_of": "2026-11-18T00:00:00+05:00"})
    _, (now,), _ = feed(GOOD)
    assert (late["status"], now["status"]) == ("breached", "running")


def with_event(kind: str, **data: object) -> dict[str, Any]:
    return GOOD | {"events": [{"type": kind, "at": "2026-11-02T05:00:00Z", **data}]}


BAD = [
    ("{", "delimiter|property name|Expecting"),
    ("[]", "must be an object"),
    ('{"id": NaN}', "NaN"),
    ("[" * 100_000, "nested"),
    ({key: value for key, value in GOOD.items() if key != "id"}, "no id"),
    (GOOD | {"kind": "question"}, "unknown kind"),
    (GOOD | {"kind": ["application"]}, "unknown kind"),
    (GOOD | {"received": "2026-11-02T05:00:00"}, "no zone"),
    (GOOD | {"received": "2026-11-02"}, "no zone"),
    (GOOD | {"received": "yesterday"}, "not an ISO 8601"),
    (GOOD | {"received": 1762059600}, "ISO 8601"),
    (GOOD | {"received": "9999-12-31T23:00:00Z"}, "range"),
    (GOOD | {"received": "0001-01-01T00:00:00+14:00"}, "range"),
    (GOOD | {"as_of": "2026-11-02T05:00:00"}, "as_of has no zone"),
    (GOOD | {"events": {}}, "must be a list"),
    (GOOD | {"events": ["study"]}, "must be an object"),
    (with_event("bribe"), "unknown event type"),
    (with_event("close"), "unknown event type"),
    (with_event("study", at="2026-11-02T05:00:00"), "study.at has no zone"),
    (with_event("extend"), "extend.until"),
    (
        GOOD | {"events": [{"type": "extend", "at": "2026-11-02T05:00:00Z", "until": "2026-02-30"}]},
        "not a date",
    ),
    (
        GOOD
        | {
            "events": [{"type": "calendar", "at": "2026-11-02T05:00:00Z", "date": "2026-11-17", "working": 1}]
        },
        "true or false",
    ),
]


@pytest.mark.parametrize(("line", "sentence"), BAD)
def test_a_bad_line_says_why_and_the_rest_goes_on(line: object, sentence: str) -> None:
    code, answers, _ = feed(line, "", GOOD | {"id": "next"})
    assert code == 1
    assert set(answers[0]) == {"id", "error"}
    assert re.search(sentence, answers[0]["error"])
    assert answers[1]["id"] == "next"
    assert "due_on" in answers[1]


def test_an_unknown_policy_is_refused_in_a_sentence() -> None:
    code, answers, stderr = feed(GOOD, policy="atlantis")
    assert (code, answers) == (1, [])
    assert stderr == "No policy is called atlantis. Known: in-cpgrams, kz-appc, ru-59fz, uz-445.\n"


def test_bytes_that_are_not_text_end_only_their_line() -> None:
    program = "import sys; from hub.clocks.due import run; sys.exit(run(sys.stdin, sys.stdout, sys.stderr))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=b"\xff\xfe{\n" + json.dumps(GOOD | {"id": "ʼ"}).encode() + b"\n",
        capture_output=True,
        cwd=Path(__file__).parents[3],
        env={"PYTHONIOENCODING": "ascii"},
        check=False,
    )
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert done.returncode == 1
    assert "error" in first
    assert (second["id"], second["due_on"]) == ("ʼ", "2026-11-17")


def test_a_step_can_be_said_with_dates_of_another_language() -> None:
    said = render(
        "target_earlier",
        {"due": "2026-11-21", "target": "2026-11-20"},
        translate=lambda text: text,
        write_date=lambda day: f"{day.day}.{day.month}",
    )
    assert said.startswith("21.11 is a day off")
    assert said.endswith("20.11.")


def test_placeholders_are_dates_or_known_numbers() -> None:
    names = {name for text in SENTENCES.values() for name in re.findall(r"%\((\w+)\)s", text)}
    assert names - DATES == {"amount", "days", "why"}
