"""Import and export: download the library, or bring one in, looked through before anything changes."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from hub.foundation.errors import HubError
from hub.foundation.i18n import _
from hub.library.exchange import ImportReport, export_sheet, import_entries
from hub.people.permissions import may_edit_library, may_read_library
from hub.web.doors import Acting, Official, SignedIn, database_of
from hub.web.failures import status_of, told
from hub.web.forms import read_form
from hub.web.office.frame import see_other, show
from hub.web.office.library.holding import Held, drop, held, hold
from hub.web.office.library.pack_files import unpacked, zipped_pack

router = APIRouter()

#: Codes listed of each group of a report; the rest is a number.
LISTED = 30


@router.get("/library/exchange")
async def exchange(request: Request, session: Official) -> Response:
    """Errors: not_found for whoever may not read the library."""
    return _page(request, session)


@router.get("/library/exchange/{name}")
async def download(request: Request, session: Official, name: str) -> Response:
    """`library.csv` and `library.zip` (YAML); whoever reloads after a form comes back to the page."""
    if name in ("look", "import"):
        return see_other("/library/exchange")
    async with database_of(request).reading() as uow:
        if name == "library.csv":
            return _file(name, "text/csv; charset=utf-8", await export_sheet(uow, session.actor))
        if name == "library.zip":
            return _file(name, "application/zip", await zipped_pack(uow, session.actor))
    raise HubError("not_found")


@router.post("/library/exchange/look")
async def look(request: Request, session: Acting) -> Response:
    """The file is read and told what it would change; nothing is changed yet."""
    _check(session)
    form = await read_form(request)
    try:
        files = form.files("file")
        if len(files) != 1:
            raise HubError("file_missing")
        kept = await hold(request, session.actor, files[0])
        try:
            report = await _import(request, session, kept, dry_run=True)
        except HubError:
            drop(kept)
            raise
    except HubError as error:
        if error.code in ("bad_request", "not_allowed"):
            raise
        return _page(request, session, error=error)
    if report.problems:
        drop(kept)
    return _page(request, session, kept=None if report.problems else kept, report=report, name=kept.name)


@router.post("/library/exchange/import")
async def bring_in(request: Request, session: Acting) -> Response:
    """What was looked through before; the same file, not another one."""
    _check(session)
    form = await read_form(request)
    kept = held(request, session.actor, form.one("held"))
    if kept is None:
        return _page(request, session, error=HubError("import_over"))
    try:
        report = await _import(request, session, kept, dry_run=False, note=form.one("note"))
    except HubError as error:
        return _page(request, session, error=error)
    finally:
        drop(kept)
    if report.problems:
        return _page(request, session, report=report, name=kept.name)
    return see_other("/library/exchange?done=imported")


async def _import(
    request: Request, session: SignedIn, kept: Held, *, dry_run: bool, note: str = ""
) -> ImportReport:
    async with unpacked(kept.path, kept.name) as path, database_of(request).unit_of_work() as uow:
        return await import_entries(uow, session.actor, path, dry_run=dry_run, note=note)


def _check(session: SignedIn) -> None:
    if not may_edit_library(session.actor):
        raise HubError("not_found")


def _page(
    request: Request, session: SignedIn, *, error: HubError | None = None, kept: Held | None = None,
    report: ImportReport | None = None, name: str = "",
) -> Response:  # fmt: skip
    if not may_read_library(session.actor):
        raise HubError("not_found")
    groups = []
    if report:
        groups = [
            (_("New"), report.new[:LISTED], len(report.new)),
            (_("Changed"), report.changed[:LISTED], len(report.changed)),
            (_("Retired"), report.retired[:LISTED], len(report.retired)),
        ]
    return show(
        request,
        session,
        "office/library/exchange.html",
        status=status_of(error.code) if error else 422 if report and report.problems else 200,
        active="library",
        part="exchange",
        may_write=may_edit_library(session.actor),
        sentence=told(error) if error else "",
        report=report,
        groups=groups,
        kept=kept,
        name=name,
    )


def _file(name: str, media_type: str, content: bytes) -> Response:
    return Response(
        content, media_type=media_type, headers={"content-disposition": f'attachment; filename="{name}"'}
    )
