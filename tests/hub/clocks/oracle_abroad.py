"""A second count of kz-appc, ru-59fz and in-cpgrams, written from their rules; no code of `hub.clocks`.

Numbers are written out once more, days off are asked of the library day by day, zones are fixed offsets.
"""

from datetime import date, timedelta, timezone
from functools import cache
from typing import Any

from dateutil.parser import isoparse
from dateutil.relativedelta import relativedelta
from holidays import HolidayBase, country_holidays

ONE = timedelta(days=1)
OFFSETS = {
    "kz-appc": timezone(timedelta(hours=5)),
    "ru-59fz": timezone(timedelta(hours=3)),
    "in-cpgrams": timezone(timedelta(hours=5, minutes=30)),
}


@cache
def library(policy: str, year: int) -> HolidayBase:
    return country_holidays(policy[:2].upper(), years=[year])


def works(policy: str, day: date, changes: dict[date, bool]) -> bool:
    if day in changes:
        return changes[day]
    known = library(policy, day.year)
    if day in getattr(known, "weekend_workdays", ()):
        return True
    return day.isoweekday() < 6 and day not in known


def last_working(policy: str, day: date, changes: dict[date, bool]) -> date:
    while not works(policy, day, changes):
        day -= ONE
    return day


def day_of_registration(policy: str, instant: str, changes: dict[date, bool]) -> date:
    here = isoparse(instant).astimezone(OFFSETS[policy])
    came = day = here.date()
    if not works(policy, day, changes) or here.hour >= 18:
        day += ONE
        while not works(policy, day, changes):
            day += ONE
    latest = {"ru-59fz": 3, "in-cpgrams": 0}.get(policy, 99)
    return day if (day - came).days <= latest else came


def answer_by(policy: str, start: date, changes: dict[date, bool]) -> date:
    if policy == "ru-59fz":
        return start + timedelta(days=30)
    if policy == "in-cpgrams":
        return start + timedelta(days=21)
    day, seen = start, 0
    while seen < 15:
        day += ONE
        seen += works(policy, day, changes)
    return day


def latest_extension(policy: str, due: date) -> date:
    return {"kz-appc": due + relativedelta(months=2), "ru-59fz": due + timedelta(days=30)}.get(policy, due)


def due(policy: str, case: dict[str, Any]) -> dict[str, str]:
    changes: dict[date, bool] = {}

    def fresh(instant: str) -> dict[str, Any]:
        start = isoparse(instant).astimezone(OFFSETS[policy]).date()
        if policy == "ru-59fz":
            start = day_of_registration(policy, instant, changes)
        return {"start": start, "due": answer_by(policy, start, changes), "extended": False, "answered": None}

    received = isoparse(case["received"])
    in_order = sorted(case.get("events", []), key=lambda item: isoparse(item["at"]))
    for event in in_order:
        # What was known of the calendar when the appeal came.
        if event["type"] == "calendar" and isoparse(event["at"]) <= received:
            changes[date.fromisoformat(event["date"])] = event["working"]
    now = fresh(case["received"])
    for event in in_order:
        if isoparse(event["at"]) < received:
            continue
        on, what = isoparse(event["at"]).astimezone(OFFSETS[policy]).date(), event["type"]
        if now["answered"] is not None:
            if what == "reopen":
                now = fresh(event["at"])
        elif what == "forward":
            now = fresh(event["at"])
        elif what == "answer":
            now["answered"] = on
        elif what == "calendar":
            changes[date.fromisoformat(event["date"])] = event["working"]
            if on <= now["due"] and not now["extended"]:
                now["due"] = answer_by(policy, now["start"], changes)
        elif what == "extend" and on <= now["due"] and not now["extended"]:
            until = date.fromisoformat(event["until"])
            if now["due"] < until <= latest_extension(policy, now["due"]):
                now["due"], now["extended"] = until, True
    until = now["answered"] or isoparse(case["as_of"]).astimezone(OFFSETS[policy]).date()
    return {
        "due_on": str(now["due"]),
        "target_on": str(last_working(policy, now["due"], changes)),
        "status": "breached" if until > now["due"] else "met" if now["answered"] else "running",
    }
