"""The command `qabul`. Exit 0: done; 1: refused, with one plain sentence; 2: wrong usage.

Commands import what they need when they run, so that each starts quickly.
"""

import sys

import typer

from hub.cli import data, evaluating, officials, processes

app = typer.Typer(
    name="qabul",
    help="Qabul: appeals from Telegram and the web, routed, answered in time.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
processes.add_to(app)
data.add_to(app)
evaluating.add_to(app)
app.add_typer(officials.app, name="official")


def main() -> None:
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if stream is not None:  # closed by who started it
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]
    app(prog_name="qabul")
