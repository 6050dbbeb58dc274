"""Commands over data: the schema, demo data, knowledge, routing, clocks, the outbox, a look at everything."""

import io
import sys
from pathlib import Path
from typing import Annotated

import typer

from hub.cli.terminal import act, migrate, read_settings, refuse, with_database

seed_app = typer.Typer(help="Fill the database.", no_args_is_help=True)
knowledge_app = typer.Typer(help="The country pack.", no_args_is_help=True)
clocks_app = typer.Typer(help="Legal terms.", no_args_is_help=True)
outbox_app = typer.Typer(help="Messages waiting to be sent.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.command(name="migrate")(migrate_command)
    app.command()(route)
    app.command()(doctor)
    for group, name in (
        (seed_app, "seed"),
        (knowledge_app, "knowledge"),
        (clocks_app, "clocks"),
        (outbox_app, "outbox"),
    ):
        app.add_typer(group, name=name)


def migrate_command() -> None:
    """Build the database, or bring it to this version; safe to repeat and beside a running server."""
    from hub import migrations
    from hub.app import enter_agencies

    settings = read_settings()
    migrate(settings)
    new = with_database(settings, enter_agencies)
    typer.echo(f"The database is at {migrations.current(settings.sqlalchemy_url)}; new agencies: {new}.")


@seed_app.callback()
def seed() -> None:
    """Fill the database."""


@seed_app.command()
def demo() -> None:
    """Agencies of the country pack and demo officials, whose passwords are printed. Development only."""
    from hub.cli.seed import seed_demo

    settings = read_settings()
    if settings.production:
        refuse("Demo sign-ins are for development only; nothing was changed.")
    migrate(settings)
    for one in with_database(settings, seed_demo):
        typer.echo(f"{one.login:15} {one.password:24} {one.name} ({one.post})")


@knowledge_app.callback()
def knowledge() -> None:
    """The country pack."""


@knowledge_app.command()
def check(pack: Annotated[str, typer.Argument(help="Code of a pack, or its folder.")] = "uz") -> None:
    """Say what in the pack is missing or contradicts itself."""
    from knowledge.check import check as problems_of
    from knowledge.files import PackError
    from knowledge.load import PACKS, load_pack

    try:
        loaded = load_pack(pack if (PACKS / pack).is_dir() else Path(pack))
    except (PackError, OSError) as error:
        refuse(str(error))
    problems = problems_of(loaded)
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        refuse(f"{len(problems)} things to repair.")
    typer.echo(f"{len(loaded.agencies)} agencies and {len(loaded.faq)} answers fit together.")


@knowledge_app.command(name="export")
def export_knowledge(
    path: Annotated[Path, typer.Argument(help="A new folder, or a file for --format csv.")],
    format: Annotated[  # noqa: A002 -- the option's own name
        str, typer.Option(help="yaml: a country pack's folder. csv: one row per entry and language.")
    ] = "",
) -> None:
    """Write what the public sees of the library: the country pack with the editors' entries in it."""
    from hub.cli.knowledge import export_to

    typer.echo(export_to(read_settings(), path, format))


@knowledge_app.command(name="import")
def import_knowledge(
    path: Annotated[Path, typer.Argument(help="A pack's folder, a YAML file of answers, or a CSV file.")],
    dry_run: Annotated[bool, typer.Option(help="Only say what would happen.")] = False,
) -> None:
    """Publish the entries of a folder or file: all of them, or, when anything is wrong, none."""
    from hub.cli.knowledge import import_from

    for line in import_from(read_settings(), path, dry_run=dry_run):
        typer.echo(line)


def route(
    entries: Annotated[Path, typer.Option(help="JSON lines {id, text, kind, lang?}.")],
    calibration: Annotated[Path | None, typer.Option(help="JSON lines {text, id|null}.")] = None,
    k: Annotated[int, typer.Option(min=1, help="How many to rank.")] = 10,
    encoder: Annotated[
        str, typer.Option(metavar="PATH|PACKAGE", help="Sentence encoder; needs the extra `semantic`.")
    ] = "",
) -> None:
    """Route queries: JSON lines {id, text} on stdin, decisions on stdout, a summary on stderr."""
    from routing.stream import run

    stdin = sys.stdin or io.StringIO()  # None when it is closed: no queries then
    raise typer.Exit(run(entries, calibration, k, stdin, sys.stdout, sys.stderr, encoder))


@clocks_app.command()
def due(policy: Annotated[str, typer.Option(help="Code of the policy.")] = "uz-445") -> None:
    """Count legal terms: one JSON case a line on stdin, its due date and steps on stdout. No database."""
    from hub.clocks.due import run

    raise typer.Exit(run(sys.stdin, sys.stdout, sys.stderr, policy))


@clocks_app.command()
def explain(number: Annotated[str, typer.Argument(help="Number of the appeal.")]) -> None:
    """Print how each clock of an appeal was counted, step by step."""
    from hub.cli.explaining import explain_clocks

    settings = read_settings()
    migrate(settings)
    for line in act(settings, lambda uow: explain_clocks(uow, number)):
        typer.echo(line)


@outbox_app.command(name="list")
def list_outbox(
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 100,
) -> None:
    """What is not delivered yet, oldest first: state, channel, attempts; nothing of what it says."""
    from hub.delivery import outbox

    settings = read_settings()
    migrate(settings)
    lines = act(settings, lambda uow: outbox.lines(uow, limit=limit))
    for line in lines:
        parts = (
            line.id,
            line.state,
            line.channel,
            line.kind,
            f"tries {line.tries}",
            f"due {line.due_at:%F %T}",
        )
        unsure = f", may have arrived {line.ambiguous} times" if line.ambiguous else ""
        typer.echo("  ".join(map(str, parts)) + unsure + (f": {line.error}" if line.error else ""))
    if not lines:
        typer.echo("Everything is delivered.")


@outbox_app.command()
def retry(
    row: Annotated[int | None, typer.Argument(help="Number of the row; without it all that failed.")] = None,
) -> None:
    """Send again what failed for good or was blocked."""
    from hub.delivery import outbox

    settings = read_settings()
    migrate(settings)
    count = act(settings, lambda uow: outbox.retry(uow, row))
    if row is not None and not count:
        refuse(f"Row {row} is not one that failed; nothing was changed.")
    typer.echo(f"{count} will be sent again.")


def doctor() -> None:
    """Look at everything that must be right, and say what is not."""
    from hub.cli.doctor import examine

    settings = read_settings()
    findings = examine(settings)
    for finding in findings:
        typer.echo(f"{'ok  ' if finding.well else 'BAD '} {finding.what}: {finding.detail}")
    if not all(finding.well for finding in findings):
        refuse("Something needs attention; see the lines marked BAD.")
