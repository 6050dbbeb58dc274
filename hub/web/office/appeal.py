"""One appeal, with everything needed to answer it. Opening it is recorded when it shows who asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from hub.appeals import similar
from hub.appeals.case import open_case
from hub.appeals.views import AttachmentView, CaseView, ClockView
from hub.appeals.words import GROUNDS_OF, ground_word, outcome_word
from hub.foundation.errors import HubError
from hub.foundation.i18n import LANGUAGE_NAMES, _
from hub.foundation.vocabulary import OPEN_STATUSES, ClockKind
from hub.library import agencies
from hub.library.agencies import AgencyContact
from hub.web.doors import Official, SignedIn, database_of
from hub.web.failures import status_of, told
from hub.web.office.frame import library_of, see_other, show

router = APIRouter()

#: Every body of a country fits in one list to choose from.
EVERY_BODY = 2000
#: The addresses that forms of the page are sent to.
ACTS = (
    "claim",
    "release",
    "replies",
    "notes",
    "transfers",
    "extensions",
    "closure",
    "proposal",
    "join",
    "separation",
)
#: Which field a refusal is about, where it is about one.
FIELDS = {
    "text_missing": {"replies": "text", "notes": "note"},
    "text_too_long": {"replies": "text", "notes": "note", "closure": "conclusion"},
    "outcome_missing": {"replies": "outcome"},
    "bad_outcome": {"replies": "outcome", "closure": "ending"},
    "file_empty": {"replies": "files"},
    "file_too_large": {"replies": "files"},
    "file_type_refused": {"replies": "files"},
    "too_many_files": {"replies": "files"},
    "unknown_attachment": {"replies": "files"},
    "reason_missing": {"transfers": "reason", "extensions": "extension_reason"},
    "unknown_agency": {"transfers": "to"},
    "transfer_to_self": {"transfers": "to"},
    "transfer_to_about": {"transfers": "to"},
    "extension_refused": {"extensions": "until"},
    "bad_date": {"extensions": "until"},
    "ground_missing": {"closure": "ending"},
    "conclusion_missing": {"closure": "conclusion"},
}


@dataclass(frozen=True)
class Refused:
    """A form that was not accepted: why, and everything that was typed, to be shown again."""

    act: str
    error: HubError
    typed: Mapping[str, str] = field(default_factory=dict)
    #: Files that were uploaded already: (id, name).
    kept: tuple[tuple[str, str], ...] = ()
    candidates: tuple[AgencyContact, ...] = ()


@router.get("/appeals/{number}")
async def appeal(request: Request, session: Official, number: str) -> Response:
    return await case_page(request, session, number)


@router.get("/appeals/{number}/{act}")
async def reloaded(_session: Official, number: str, act: str) -> Response:
    """Whoever reloads or changes the language after a refused form comes back to the appeal."""
    if act not in ACTS:
        raise HubError("not_found")
    return see_other(f"/appeals/{number}")


async def case_page(
    request: Request, session: SignedIn, number: str, refused: Refused | None = None
) -> HTMLResponse:
    """Errors: not_found."""
    actor = session.actor
    async with database_of(request).unit_of_work() as uow:
        case = await open_case(uow, actor, number)
        like = await similar.around(uow, actor, number) if case.full else similar.Around()
        bodies = await agencies.search(uow, "", actor.language, EVERY_BODY) if case.rights.transfer else []
        today = library_of(request).local_date(uow.now)
    return show(
        request,
        session,
        "office/appeal.html",
        status=status_of(refused.error.code) if refused else 200,
        active="inbox",
        case=case,
        line=case.line,
        like=like,
        is_open=case.line.status in OPEN_STATUSES,
        refused=refused,
        act=refused.act if refused else "",
        wanted="transfers" if "to" in request.query_params else "",
        typed=_Typed(refused.typed if refused else _wanted(request, bodies)),
        errors=_errors(refused),
        bodies=[body for body in bodies if body.code != case.line.agency.code],
        endings=_endings(),
        files=lambda found: files_of(case.line.number, found),
        language_names=LANGUAGE_NAMES,
        forward_by=_forward_by(case),
        forward_left=(_forward_by(case) - today).days if _forward_by(case) else 0,
        sent_draft=_sent_draft(case.line.number, request.query_params.get("done", "")),
        shown_clocks=_clocks(case.clocks),
        sentence=told(refused.error) if refused else "",
    )


def _sent_draft(number: str, done: str) -> str:
    """The name of the draft in the browser that has been sent and may be forgotten there."""
    forms = {"replied": "", "answered": "", "noted": "-note", "forwarded": "-transfer"}
    forms |= {"extended": "-extension", "closed": "-closure"}
    return f"{number}{forms[done]}" if done in forms else ""


def _wanted(request: Request, bodies: Sequence[AgencyContact]) -> dict[str, str]:
    """The body that a link of this page proposes to forward to, as if its name had been typed."""
    code = request.query_params.get("to", "")
    name = next((body.name for body in bodies if body.code == code), "")
    return {"to": name}


class _Typed(dict[str, str]):
    """What was typed; a field that was not is empty."""

    def __missing__(self, _name: str) -> str:
        return ""


def _errors(refused: Refused | None) -> _Typed:
    if refused is None:
        return _Typed()
    name = FIELDS.get(refused.error.code, {}).get(refused.act)
    return _Typed({name: told(refused.error)} if name else {})


def _endings() -> list[tuple[str, list[tuple[str, str]]]]:
    """Formal ends and their grounds (law art. 29, 30), as one choice: `outcome:ground`."""
    return [
        (outcome_word(outcome), [(f"{outcome.value}:{ground}", ground_word(ground)) for ground in grounds])
        for outcome, grounds in GROUNDS_OF.items()
    ]


def _forward_by(case: CaseView) -> Any:
    """The last day to pass it on (law art. 25), by the clock of the last cycle that counts it."""
    days = [clock.due_on for clock in case.clocks if clock.kind == ClockKind.ROUTE and clock.due_on]
    return days[-1] if days else None


def _clocks(clocks: Sequence[ClockView]) -> list[ClockView]:
    """The cycle in force first; within it as they began."""
    return sorted(clocks, key=lambda clock: (-clock.cycle, clock.started_at))


def files_of(number: str, found: Sequence[AttachmentView]) -> list[dict[str, str]]:
    """Each file with its address, or with the reason why there is none."""
    reasons = {
        "pending": _("still being fetched"),
        "too_large": _("larger than 20 MB, not fetched"),
        "refused": _("of a kind that is not accepted"),
        "failed": _("could not be fetched"),
    }
    return [
        {
            "name": one.name,
            "size": size_words(one.size),
            "href": f"/appeals/{number}/files/{one.id}" if one.state == "stored" else "",
            "why_not": reasons.get(one.state, ""),
        }
        for one in found
    ]


def size_words(size: int | None) -> str:
    if size is None:
        return ""
    if size >= 1_000_000:
        return f"{size / 1_000_000:.1f} MB"
    return f"{max(1, round(size / 1000))} KB"
