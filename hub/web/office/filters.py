"""The filter of a list as an address, and back: days in the address are local and inclusive."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any
from urllib.parse import urlencode

from hub.appeals.inbox import VIEWS, InboxFilter
from hub.appeals.routed import STATES
from hub.foundation.errors import HubError
from hub.foundation.i18n import LANGUAGES
from hub.foundation.plain_text import clean_line
from hub.foundation.vocabulary import Kind, Status, Verdict

#: Field of the filter -> name in the address (`language` there is the language of the page).
WORDS = {
    "q": "q",
    "status": "status",
    "kind": "kind",
    "agency": "agency",
    "verdict": "verdict",
    "language": "written",
    "routed": "routed",
    "similar": "similar",
}
ALLOWED: dict[str, set[str]] = {
    "status": {*Status},
    "kind": {*Kind},
    "verdict": {*Verdict},
    "language": {*LANGUAGES},
    "routed": {*STATES},
}
PERIODS = ("", "answered_", "first_word_")
DAY = timedelta(days=1)


def read_filter(query: Mapping[str, str], zone: tzinfo) -> InboxFilter:
    """Errors: bad_filter for what no form or link of ours can have sent."""
    view = query.get("view") or "open"
    if view not in VIEWS:
        raise HubError("bad_filter")
    found: dict[str, Any] = {"view": view, "reopened": query.get("reopened") == "yes"}
    for name, parameter in WORDS.items():
        value = clean_line(query.get(parameter, "")[:300])
        if value and value not in ALLOWED.get(name, {value}):
            raise HubError("bad_filter")
        found[name] = value
    found["wave"] = _read_wave(query.get("wave", ""))
    for period in PERIODS:
        since, until = read_day(query.get(f"{period}since")), read_day(query.get(f"{period}until"))
        found[f"{period}since"] = _start(since, zone) if since else None
        found[f"{period}until"] = _start(until + DAY, zone) if until else None
    return InboxFilter(**found)


def _read_wave(text: str) -> int:
    if text and not (text.isascii() and text.isdigit() and len(text) < 16):
        raise HubError("bad_filter")
    return int(text or 0)


def read_day(text: str | None) -> date | None:
    """Errors: bad_filter."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise HubError("bad_filter") from None
    if not date(2000, 1, 1) <= day <= date(2200, 1, 1):
        raise HubError("bad_filter")
    return day


def write_filter(chosen: InboxFilter, zone: tzinfo, **changes: str) -> dict[str, str]:
    """The parameters of the address; what is left at its default is left out."""
    found = {"view": chosen.view if chosen.view != "open" else ""}
    found |= {parameter: getattr(chosen, name) for name, parameter in WORDS.items()}
    for period in PERIODS:
        since, until = getattr(chosen, f"{period}since"), getattr(chosen, f"{period}until")
        found[f"{period}since"] = since.astimezone(zone).date().isoformat() if since else ""
        found[f"{period}until"] = (until.astimezone(zone).date() - DAY).isoformat() if until else ""
    found["wave"] = str(chosen.wave or "")
    found["reopened"] = "yes" if chosen.reopened else ""
    return {name: value for name, value in (found | changes).items() if value}


def address(chosen: InboxFilter, zone: tzinfo, path: str = "/inbox", **changes: str) -> str:
    parameters = write_filter(chosen, zone, **changes)
    return f"{path}?{urlencode(parameters)}" if parameters else path


def _start(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)
