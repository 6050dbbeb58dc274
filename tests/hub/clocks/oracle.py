"""A second count of the policy uz-445, written from its text and sharing no code with `hub.clocks`.

It reads raw JSON cases, keeps everything in plain dictionaries, finds dates by walking day by day and working
time by counting minutes one at a time.
"""

import csv
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from dateutil.parser import isoparse
from dateutil.relativedelta import relativedelta

TASHKENT = timezone(timedelta(hours=5))
FILE = Path(__file__).parents[3] / "knowledge/packs/uz/calendars/uz.csv"
ONE = timedelta(days=1)


def off_and_worked() -> dict[date, bool]:
    with FILE.open(encoding="utf-8") as rows:
        return {date.fromisoformat(row["date"]): row["is_working"] == "1" for row in csv.DictReader(rows)}


def works(day: date, changes: dict[date, bool]) -> bool:
    if day in changes:
        return changes[day]
    return day.weekday() not in (5, 6)


def last_working(day: date, changes: dict[date, bool]) -> date:
    while not works(day, changes):
        day -= ONE
    return day


def local(text: str) -> date:
    return isoparse(text).astimezone(TASHKENT).date()


def registered(received: str, changes: dict[date, bool]) -> date:
    at = isoparse(received).astimezone(TASHKENT)
    day = at.date()
    if works(day, changes) and at.hour < 18:
        return day
    day += ONE
    while not works(day, changes):
        day += ONE
    return day


def due(case: dict[str, Any]) -> dict[str, str]:
    changes = off_and_worked()
    month = relativedelta(months=1)
    proposal = case["kind"] == "proposal"

    def fresh(start: date) -> dict[str, Any]:
        end = start + month if proposal else start + timedelta(days=15)
        return {"start": start, "due": end, "extended": False, "answered": None}

    now = fresh(local(case["received"]))
    target = last_working(now["due"], changes)
    for event in sorted(case.get("events", []), key=lambda item: isoparse(item["at"])):
        on, what = local(event["at"]), event["type"]
        if isoparse(event["at"]) < isoparse(case["received"]) and what != "calendar":
            continue
        if now["answered"] is not None:
            if what == "reopen":
                now = fresh(on)
                target = last_working(now["due"], changes)
            continue
        in_time = on <= now["due"]
        if what == "study" and in_time and not proposal:
            now["due"] = max(now["due"], now["start"] + month)
        elif what == "extend" and not proposal and in_time and not now["extended"]:
            until = date.fromisoformat(event["until"])
            if now["due"] < until <= now["due"] + month:
                now["due"], now["extended"] = until, True
        elif what == "forward":
            now = fresh(on)
        elif what == "answer":
            now["answered"] = on
        elif what == "calendar":
            changes[date.fromisoformat(event["date"])] = event["working"]
        target = last_working(now["due"], changes)
    until = now["answered"] or local(case["as_of"])
    status = "breached" if until > now["due"] else "met" if now["answered"] else "running"
    return {"due_on": str(now["due"]), "target_on": str(target), "status": status}


def working_minute(at: datetime, changes: dict[date, bool]) -> bool:
    here = at.astimezone(TASHKENT)
    return works(here.date(), changes) and here.hour in (9, 10, 11, 12, 14, 15, 16, 17)


def add_minutes(start: datetime, minutes: int, changes: dict[date, bool]) -> datetime:
    """Minute by minute: slow and plain. `start` must be at a whole minute."""
    at = start
    while minutes:
        minutes -= working_minute(at, changes)
        at += timedelta(minutes=1)
    return at
