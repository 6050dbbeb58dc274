"""`qabul clocks due`: one JSON case a line in, one result a line out. No database, no settings."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, NoReturn

from hub.clocks.calendar import WorkingCalendar
from hub.clocks.calendar_file import load_calendar
from hub.clocks.events import read_event, read_instant
from hub.clocks.policy import Policy, load_policy
from hub.clocks.terms import count_term
from hub.foundation.vocabulary import Kind

PACKS = Path(__file__).parents[2] / "knowledge" / "packs"


def run(
    stdin: IO[str],
    stdout: IO[str],
    stderr: IO[str],
    policy_code: str = "uz-445",
    *,
    packs: Path = PACKS,
    now: datetime | None = None,
) -> int:
    """Answers every case in order. `now` stands for a missing `as_of` (default: the machine's clock).

    Returns 0, or 1 when a case could not be read (its line is `{"id", "error"}`) or the policy is not sound.
    What the policy leaves open is said on `stderr`, once a run.
    """
    paths = {path.stem: path for path in sorted(packs.glob("*/policies/*.toml"))}
    path = paths.get(policy_code)
    if path is None:
        stderr.write(f"No policy is called {policy_code}. Known: {', '.join(paths)}.\n")
        return 1
    try:
        policy = load_policy(path)
        calendar = pack_calendar(path.parents[1], policy)
    except ValueError as error:
        stderr.write(f"Nothing was counted. {error}\n")
        return 1
    for sentence in (*policy.absent.sentences(), *policy.doubts):
        stderr.write(f"{policy.code}: {sentence}\n")
    failed = False
    for text in _lines(stdin):
        if not text.strip():
            continue
        answer = answer_case(text, policy, calendar, now or datetime.now(UTC))
        failed = failed or "error" in answer
        stdout.write(json.dumps(answer) + "\n")
    return 1 if failed else 0


def pack_calendar(pack: Path, policy: Policy) -> WorkingCalendar:
    """The calendar of a country pack with the policy's zone and frames."""
    file = pack / "calendars" / f"{policy.country.lower()}.csv" if policy.calendar == "file" else None
    return load_calendar(file, country=policy.country, tz=policy.timezone, week=policy.frames)


def answer_case(text: str, policy: Policy, calendar: WorkingCalendar, now: datetime) -> dict[str, object]:
    """The result of one line, or its id with the reason why it cannot be read."""
    case_id: object = None
    try:
        case = json.loads(text, parse_constant=_refuse_constant)
        if not isinstance(case, Mapping):
            raise ValueError("a case must be an object")
        case_id = case.get("id")
        return {"id": case_id, **_count(case, policy, calendar, now)}
    except RecursionError:
        return {"id": case_id, "error": "the case is nested too deeply"}
    except (ValueError, OverflowError) as error:
        return {"id": case_id, "error": str(error)}


def _count(
    case: Mapping[str, object], policy: Policy, calendar: WorkingCalendar, now: datetime
) -> dict[str, object]:
    if "id" not in case:
        raise ValueError("the case has no id")
    kind = case.get("kind")
    if not isinstance(kind, str) or kind not in set(Kind):
        raise ValueError(f"unknown kind {kind!r}; known: {', '.join(Kind)}")
    events = case.get("events")
    if events is not None and not isinstance(events, list):
        raise ValueError("events must be a list")
    as_of = case.get("as_of")
    term = count_term(
        policy,
        calendar,
        Kind(kind),
        read_instant(case.get("received"), "received"),
        [read_event(event) for event in events or []],
        as_of=now if as_of is None else read_instant(as_of, "as_of"),
    )
    return {
        "due_on": term.due_on.isoformat(),
        "target_on": term.target_on.isoformat(),
        "status": str(term.status),
        "steps": [step.as_json() for step in term.steps],
    }


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON value")


def _lines(stdin: IO[str]) -> Iterator[str]:
    # Bytes, where there are any: one line in another encoding must not end the run.
    raw = getattr(stdin, "buffer", None)
    if raw is None:
        yield from stdin
        return
    for line in raw:
        yield line.decode("utf-8-sig", errors="surrogateescape")
