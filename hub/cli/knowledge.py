"""`qabul knowledge import` and `export`: the library into and out of the database of a running hub."""

from pathlib import Path

import typer

from hub.cli.terminal import act, migrate, refuse
from hub.foundation.db import UnitOfWork
from hub.foundation.settings import Settings
from hub.library import agencies, exchange
from hub.library.exchange import ImportReport
from hub.people.actors import SystemActor

FORMATS = ("yaml", "csv")


def export_to(settings: Settings, path: Path, wanted: str) -> str:
    """One sentence of what was written. Refuses a format it does not know and a place that is taken."""
    form = wanted or ("csv" if path.suffix.lower() == exchange.SHEET else "yaml")
    if form not in FORMATS:
        raise typer.BadParameter(f"The format is one of {', '.join(FORMATS)}.")
    migrate(settings)
    if form == "yaml":
        count = act(settings, lambda uow: exchange.export_pack(uow, SystemActor(), path))
        return f"{count} entries are in the folder {path}."
    if path.exists():
        refuse(f"The file {path} exists already; nothing was written.")
    data = act(settings, lambda uow: exchange.export_sheet(uow, SystemActor()))
    try:
        path.write_bytes(data)
    except OSError as error:
        refuse(f"The file {path} cannot be written: {error.strerror}.")
    return f"The entries are in the file {path}."


def import_from(settings: Settings, path: Path, *, dry_run: bool) -> list[str]:
    """What was done, line by line; refuses, naming every fault, when anything is wrong."""
    migrate(settings)

    async def bring(uow: UnitOfWork) -> ImportReport:
        await agencies.sync(uow)
        return await exchange.import_entries(uow, SystemActor(), path, dry_run=dry_run)

    report = act(settings, bring)
    if report.problems:
        for problem in report.problems:
            typer.echo(problem, err=True)
        refuse(f"{len(report.problems)} things to repair; nothing was imported.")
    done = "would be" if dry_run else "were"
    lines = [
        f"{done} {what}: {code}"
        for what, codes in (("added", report.new), ("changed", report.changed), ("retired", report.retired))
        for code in codes
    ]
    total = len(report.new) + len(report.changed)
    return [*lines, f"{total} entries {done} published, {report.same} are as they stood."]
