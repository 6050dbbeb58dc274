"""Commands that stay: everything in one process, or each part as a process of its own."""

import asyncio
from typing import Annotated

import typer

from hub.cli.terminal import migrate, read_settings, refuse


def add_to(app: typer.Typer) -> None:
    for command in (run, serve, bot, worker, beat, playground):
        app.command()(command)


def run() -> None:
    """Everything in one process: web, bot, worker, beat, and the playground when there is no bot token."""
    from hub.cli.embedded import run_everything

    settings = read_settings()
    migrate(settings)
    raise typer.Exit(asyncio.run(run_everything(settings)))


def serve() -> None:
    """The web server alone: pages, API and webhook."""
    from hub.cli.serving import serve_web

    settings = read_settings()
    migrate(settings)
    raise typer.Exit(asyncio.run(serve_web(settings)))


def bot() -> None:
    """The bot alone: receives and handles updates, on the same database as the others."""
    from hub.cli.serving import serve_bot

    settings = read_settings()
    if not settings.telegram_token:
        refuse("QABUL_TELEGRAM_TOKEN is empty; `qabul run` starts the bot with the playground instead.")
    migrate(settings)
    raise typer.Exit(asyncio.run(serve_bot(settings)))


def worker(
    concurrency: Annotated[int, typer.Option(min=1, max=64, help="Processes that work at once.")] = 2,
) -> None:
    """A Celery worker: sends what is due, fetches files, sweeps clocks. Needs a real broker."""
    settings = read_settings()
    if settings.broker_url.startswith("memory"):
        refuse("QABUL_BROKER_URL is memory://, which only `qabul run` can use; set redis:// or amqp://.")
    migrate(settings)
    from hub.worker import run_worker

    run_worker(settings, concurrency)


def beat() -> None:
    """The Celery beat: asks the workers to look at regular times. One of it is enough, two do no harm."""
    settings = read_settings()
    if settings.broker_url.startswith("memory"):
        refuse("QABUL_BROKER_URL is memory://, which only `qabul run` can use; set redis:// or amqp://.")
    from hub.worker import run_beat

    run_beat(settings)


def playground() -> None:
    """A stand-in of Telegram with a chat page, for trying the bot without an account. Development only."""
    from hub.cli.serving import serve_playground

    settings = read_settings()
    if settings.production:
        refuse("The playground is for development only.")
    raise typer.Exit(asyncio.run(serve_playground(settings)))
