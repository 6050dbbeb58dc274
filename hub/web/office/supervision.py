"""The supervision board: every number is a link to the list that it counts."""

from dataclasses import replace
from datetime import date, timedelta, tzinfo
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from hub.foundation.errors import HubError
from hub.foundation.i18n import _, ngettext
from hub.people.permissions import may_supervise
from hub.reports.board import Board, BoardRow, board
from hub.web.doors import Official, database_of
from hub.web.failures import told
from hub.web.office import routing_quality
from hub.web.office.filters import address, read_day
from hub.web.office.frame import library_of, show

router = APIRouter()

PERIODS = ("this_month", "last_month", "last_30", "custom")
#: More bars than this cannot be read; the table has every body.
BARS = 15


@router.get("/supervision")
async def supervision(request: Request, session: Official) -> Response:
    """Errors: not_found for posts that supervise nothing."""
    if not may_supervise(session.actor):
        raise HubError("not_allowed")
    library = library_of(request)
    async with database_of(request).reading() as uow:
        today = library.local_date(uow.now)
        refusal = ""
        period, (since, until) = "this_month", _span("this_month", today)
        try:
            period, (since, until) = _chosen(request, today)
            found = await board(uow, session.actor, since=since, until=until)
        except HubError as error:
            refusal = told(error)
            period, (since, until) = "this_month", _span("this_month", today)
            found = await board(uow, session.actor, since=since, until=until)
        routing = await routing_quality.block(uow, session.actor, library.zone)
    return show(
        request,
        session,
        "office/supervision.html",
        status=422 if refusal else 200,
        active="supervision",
        board=found,
        period=period,
        refusal=refusal,
        href=lambda name, row: href(found, name, row, library.zone),
        chart=_chart(found),
        routing=routing,
        working=working_words,
        days=days_words,
        share=share_words,
        today=today,
    )


def href(found: Board, name: str, row: BoardRow, zone: tzinfo) -> str:
    """The list behind a number: the same conditions, for one body or for all of them."""
    chosen = found.lists[name]
    return address(replace(chosen, agency=row.agency.code) if row.agency else chosen, zone)


def _chosen(request: Request, today: date) -> tuple[str, tuple[date, date]]:
    """Errors: bad_filter, bad_date."""
    query = request.query_params
    period = query.get("period") or "this_month"
    if period not in PERIODS:
        raise HubError("bad_filter")
    if period != "custom":
        return period, _span(period, today)
    since, until = read_day(query.get("since")), read_day(query.get("until"))
    if since is None or until is None:
        raise HubError("bad_date", field="since")
    return period, (since, until)


def _span(period: str, today: date) -> tuple[date, date]:
    first = today.replace(day=1)
    if period == "last_month":
        last = first - timedelta(days=1)
        return last.replace(day=1), last
    return (today - timedelta(days=29), today) if period == "last_30" else (first, today)


def working_words(minutes: float | None) -> str:
    """Working time in hours and minutes."""
    if minutes is None:
        return "–"
    hours, rest = divmod(round(minutes), 60)
    if not hours:
        return _("%(minutes)s min", minutes=rest)
    if not rest:
        return _("%(hours)s h", hours=hours)
    return _("%(hours)s h %(minutes)s min", hours=hours, minutes=rest)


def days_words(days: float | None) -> str:
    return "–" if days is None else ngettext("%(num)s day", "%(num)s days", round(days))


def share_words(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)} %" if whole else "–"


def _chart(found: Board) -> dict[str, Any]:
    rows = [row for row in found.rows if row.agency and row.open][:BARS]
    return {
        "title": _("Open appeals: in time and overdue"),
        "categories": [row.agency.name for row in rows if row.agency],
        "series": [
            {"name": _("In time"), "values": [row.open - row.overdue for row in rows]},
            {"name": _("Overdue"), "values": [row.overdue for row in rows]},
        ],
        "stacked": True,
    }
