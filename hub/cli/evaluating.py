"""`qabul evaluate`: how good routing is, on folders of judged messages or in the running system."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hub.cli.terminal import migrate, read_settings, refuse, with_database

if TYPE_CHECKING:
    from routing.types import Kind

WEEKS = 8


def add_to(app: typer.Typer) -> None:
    app.command()(evaluate)


def evaluate(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(help="Folders with entries.jsonl {id, text} and queries.jsonl {q, id|null}."),
    ] = None,
    calibrate_on: Annotated[
        Path | None, typer.Option(help="Fit confidence on these {q, id|null} lines; measure every query.")
    ] = None,
    kind: Annotated[str, typer.Option(help="Kind of entries that do not say theirs: faq or agency.")] = "faq",
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write every figure.")
    ] = None,
    markdown: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a page with diagrams.")] = None,
    fast: Annotated[
        bool, typer.Option("--fast", help="Without damaged texts and bootstrap intervals.")
    ] = False,
    encoder: Annotated[
        str, typer.Option(metavar="PATH|PACKAGE", help="Sentence encoder; needs the extra `semantic`.")
    ] = "",
    live: Annotated[
        bool, typer.Option("--live", help="Measure the running system from what people confirmed.")
    ] = False,
    weeks: Annotated[int, typer.Option(min=1, max=104, help="With --live: so many weeks.")] = WEEKS,
) -> None:
    """Accuracy, the promise kept or not, calibration, robustness, latency; ids only, never texts.

    Half of the queries fits confidence and the other half is measured, and then the reverse; with a
    `calibration.jsonl` in the folder, or --calibrate-on, every query is measured. Progress goes to stderr.
    """
    if kind not in ("faq", "agency"):
        raise typer.BadParameter("--kind is faq or agency.")
    if live == bool(folders):
        raise typer.BadParameter("Name folders, or say --live.")
    if live:
        _live(weeks, json_file)
        return
    side: Kind = "agency" if kind == "agency" else "faq"
    _folders(folders or [], calibrate_on, side, json_file, markdown, encoder, fast=fast)


def _folders(
    folders: list[Path],
    calibrate_on: Path | None,
    kind: "Kind",
    json_file: Path | None,
    markdown: Path | None,
    encoder: str,
    *,
    fast: bool,
) -> None:
    from routing.encoders import EncoderError
    from routing.evaluation import Evaluation, FolderError, evaluate_folder, read_folder, read_pairs
    from routing.evaluation.markdown import as_markdown
    from routing.evaluation.record import as_record
    from routing.evaluation.text import as_text
    from routing.semantic import open_encoder

    found: list[Evaluation] = []
    try:
        calibration = read_pairs(calibrate_on) if calibrate_on else None
        meanings = open_encoder(encoder) if encoder else None
        for folder in folders:
            read_folder(folder, kind)  # what cannot be read is said before minutes of work
        for folder in folders:
            one = evaluate_folder(
                folder, kind=kind, calibration=calibration, fast=fast, encoder=meanings, progress=progress()
            )
            typer.echo(("\n\n" if found else "") + as_text(one))
            found.append(one)
    except (FolderError, EncoderError) as error:
        refuse(str(error))
    if json_file:
        _write(json_file, json.dumps([as_record(one) for one in found], indent=1, ensure_ascii=False) + "\n")
    if markdown:
        command = f"qabul evaluate {' '.join(folder.name for folder in folders)}"
        command += f" --encoder {Path(encoder).name}" if encoder else ""
        _write(markdown, as_markdown(found, command, datetime.now(UTC).date()))


def progress() -> Callable[[str], None]:
    """One line that is written over on a terminal, lines otherwise; always on stderr."""
    if not sys.stderr.isatty():
        return lambda words: print(words, file=sys.stderr)
    return lambda words: print(f"\r\x1b[K{words[:100]}", end="\r", file=sys.stderr, flush=True)


def _live(weeks: int, json_file: Path | None) -> None:
    from hub.foundation.db import Database
    from hub.people.actors import SystemActor
    from hub.reports.routing_quality import RoutingQuality, routing_quality
    from hub.reports.routing_text import as_record, as_text

    async def measured(database: Database) -> RoutingQuality:
        async with database.reading() as uow:
            return await routing_quality(uow, SystemActor(), weeks=weeks)

    settings = read_settings()
    migrate(settings)
    found = with_database(settings, measured)
    typer.echo(as_text(found))
    if json_file:
        record: dict[str, Any] = as_record(found)
        _write(json_file, json.dumps(record, indent=1) + "\n")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as problem:
        refuse(f"The file {path} cannot be written: {problem.strerror}.")
