"""One entry of the library: the form, what the citizen will see, and what trying it showed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.i18n import LANGUAGE_NAMES, LANGUAGES, current_language
from hub.library.catalogue import open_entry, own_agencies, topics
from hub.library.entry_views import EntryContent, EntryKind, EntryView
from hub.library.rehearsal import Rehearsal
from hub.library.trial import Trial
from hub.web.doors import Official, SignedIn, database_of
from hub.web.failures import status_of, told
from hub.web.library_words import field_word
from hub.web.office.frame import library_of, see_other, show
from hub.web.office.library.changes import Piece, word_changes
from hub.web.office.library.fields import PER_LANGUAGE, Typed, content_of, typed_of
from hub.web.office.library.preview import Preview, preview

router = APIRouter()

#: The middle of the address, and what kind of entry it names.
PARTS: dict[str, EntryKind] = {"entries": "faq", "agencies": "agency"}
#: The addresses that forms of the page are sent to.
ACTS = ("draft", "preview", "trial", "sentence", "publication", "retirement")
#: Which field a refusal is about; `{language}` is filled from the error.
FIELDS = {
    "entry_title_missing": "title-{language}",
    "entry_answer_missing": "answer-{language}",
    "entry_text_too_long": "{field}-{language}",
    "entry_words_missing": "phrasings-{language}",
    "entry_source_missing": "source",
    "entry_checked_missing": "checked_on",
    "unknown_topic": "topic",
    "unknown_agency": "agency",
    "entry_owner_fixed": "agency",
    "bad_validity": "valid_to",
    "bad_date": "{field}",
    "bad_entry_code": "code",
    "entry_taken": "code",
}


@dataclass(frozen=True)
class Shown:
    """What an act of the form leaves on the page beside what was typed."""

    typed: Typed
    version: int
    act: str = ""
    error: HubError | None = None
    trial: Trial | None = None
    sentence: str = ""
    rehearsal: Rehearsal | None = None
    #: Differences to the text that somebody else saved meanwhile.
    theirs: tuple[tuple[str, str, tuple[Piece, ...]], ...] = field(default=())


def kind_of(part: str) -> EntryKind:
    """Errors: not_found."""
    if part not in PARTS:
        raise HubError("not_found")
    return PARTS[part]


def address_of(kind: EntryKind, code: str) -> str:
    return f"/library/{'agencies' if kind == 'agency' else 'entries'}/{code}"


@router.get("/library/{code}")
async def short_address(request: Request, session: Official, code: str) -> Response:
    async with database_of(request).reading() as uow:
        entry = await open_entry(uow, session.actor, code)
    return see_other(address_of(entry.kind, entry.code))


@router.get("/library/{part}/{code}")
async def entry(request: Request, session: Official, part: str, code: str) -> Response:
    return await entry_page(request, session, kind_of(part), code)


@router.get("/library/{part}/{code}/{act}")
async def reloaded(_session: Official, part: str, code: str, act: str) -> Response:
    """Whoever reloads or changes the language after a form comes back to the entry."""
    if act not in ACTS:
        raise HubError("not_found")
    return see_other(address_of(kind_of(part), code))


async def entry_page(
    request: Request, session: SignedIn, kind: EntryKind, code: str, shown: Shown | None = None,
    block: str | None = None,
) -> HTMLResponse:  # fmt: skip
    """Errors: not_found."""
    async with database_of(request).reading() as uow:
        found = await open_entry(uow, session.actor, code)
        if found.kind != kind:
            raise HubError("not_found")
        around = await choices(uow, session)
    shown = shown or Shown(typed_of(found.content), found.version)
    return render(request, session, kind, shown, entry=found, block=block, around=around)


async def choices(uow: UnitOfWork, session: SignedIn) -> dict[str, Any]:
    """What the form's lists offer."""
    language = session.actor.language
    return {
        "topics": topics(uow, language),
        "owners": await own_agencies(uow, session.actor, language),
    }


def render(
    request: Request, session: SignedIn, kind: EntryKind, shown: Shown, *, entry: EntryView | None,
    around: Mapping[str, Any], block: str | None = None,
) -> HTMLResponse:  # fmt: skip
    """The page of an entry, or of one that is only being written (`entry` is None)."""
    reader = _reader(request, shown.typed)
    return show(
        request,
        session,
        "office/library/entry.html",
        status=status_of(shown.error.code) if shown.error else 200,
        block=block,
        active="library",
        part="agencies" if kind == "agency" else "entries",
        kind=kind,
        entry=entry,
        saved=bool(request.query_params.get("done")),
        home=address_of(kind, entry.code) if entry else "/library/new",
        editable=entry.editable if entry else True,
        shown=shown,
        unpublished=_unpublished(entry),
        typed=shown.typed,
        errors=_errors(shown.error),
        sentence=told(shown.error) if shown.error else "",
        languages_of_entry=_languages(kind, shown.typed, shown.error),
        reader=reader,
        preview=_preview(request, kind, shown.typed, entry, reader),
        language_names=LANGUAGE_NAMES,
        language_codes=LANGUAGES,
        **around,
    )


def _unpublished(entry: EntryView | None) -> tuple[tuple[str, str, tuple[Piece, ...]], ...]:
    """What citizens would get otherwise once the newest text is published."""
    if entry is None or entry.live is None or not entry.draft_waits:
        return ()
    return differences(typed_of(entry.content), typed_of(entry.live))


def _reader(request: Request, typed: Mapping[str, str]) -> str:
    """The language of the citizen in the preview."""
    wanted = typed.get("shown") or request.query_params.get("shown", "")
    return wanted if wanted in LANGUAGES else current_language()


def _preview(
    request: Request, kind: EntryKind, typed: Typed, entry: EntryView | None, reader: str
) -> Preview | None:
    if kind == "agency":
        return None
    content: EntryContent | None
    try:
        content = content_of(typed, kind)
    except HubError:
        content = entry.content if entry else None
    return preview(content, library_of(request).pack, reader) if content else None


def _errors(error: HubError | None) -> Typed:
    if error is None or error.code not in FIELDS:
        return Typed()
    facts = {"language": "", "field": "answer", **{name: str(one) for name, one in error.params.items()}}
    name = FIELDS[error.code].format_map(facts).rstrip("-")
    return Typed({name: told(error)})


def _languages(kind: EntryKind, typed: Typed, error: HubError | None) -> list[dict[str, Any]]:
    """Each language with how complete it is, and whether its part of the form stands open."""
    wrong = next(iter(_errors(error)), "")
    found = []
    for code in LANGUAGES:
        needed = ("phrasings",) if kind == "agency" else ("title", "answer")
        has = [bool(typed[f"{name}-{code}"].strip()) for name in needed]
        open_ = typed.filled(code) or code == current_language() or wrong.endswith(f"-{code}")
        found.append(
            {
                "code": code,
                "name": LANGUAGE_NAMES[code],
                "state": "complete" if all(has) else "partial" if typed.filled(code) else "missing",
                "open": open_,
                "phrasings": sum(1 for one in typed[f"phrasings-{code}"].splitlines() if one.strip()),
            }
        )
    return found


def differences(mine: Typed, theirs: Typed) -> tuple[tuple[str, str, tuple[Piece, ...]], ...]:
    """Where two writers differ: field, language ("" for none), and the words, theirs as removed."""
    found = []
    for name in dict.fromkeys((*theirs, *mine)):
        label, _, language = name.partition("-")
        if name in ("note", "code", "shown") or theirs[name] == mine[name]:
            continue
        language = language if label in PER_LANGUAGE else ""
        found.append((field_word(label), language, word_changes(theirs[name], mine[name])))
    return tuple(found)
