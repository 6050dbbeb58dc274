"""`qabul official add|disable|reset`: accounts of officials; credentials are shown once."""

import json
from typing import Annotated

import typer

from hub.cli.terminal import act, migrate, read_settings
from hub.foundation.db import UnitOfWork
from hub.foundation.vocabulary import Role

app = typer.Typer(help="Accounts of officials.", no_args_is_help=True)

Login = Annotated[
    str, typer.Argument(help="3 to 64 small Latin letters, digits, dots, hyphens or underscores.")
]


@app.command()
def add(
    login: Login,
    role: Annotated[Role, typer.Option(help="What the official does.")],
    agency: Annotated[
        str | None, typer.Option(help="Code of the agency; without it supervisor, auditor, admin span all.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="Name shown to colleagues and citizens.")] = None,
    token: Annotated[bool, typer.Option("--token", help="Also issue a token for programs.")] = False,
) -> None:
    """Create an account and print its credentials as one JSON object. Works beside a running server."""
    from hub.library import agencies
    from hub.people import officials

    settings = read_settings()
    migrate(settings)

    async def work(uow: UnitOfWork) -> officials.NewOfficial:
        if agency:
            await agencies.sync(uow)
        return await officials.add(uow, login=login, role=role, agency=agency, name=name, with_token=token)

    _show(act(settings, work))


@app.command()
def disable(login: Login) -> None:
    """Shut an account: its sessions and tokens die at once; what it did stays."""
    from hub.people import officials

    settings = read_settings()
    migrate(settings)
    act(settings, lambda uow: officials.disable(uow, login))
    typer.echo(f"{login} can no longer sign in.")


@app.command()
def reset(login: Login) -> None:
    """Issue new credentials, print them, and end everything issued before."""
    from hub.people import officials

    settings = read_settings()
    migrate(settings)
    _show(act(settings, lambda uow: officials.reset(uow, login)))


def _show(issued: object) -> None:
    fields = ("login", "password", "totp_secret", "token")
    values = {name: getattr(issued, name, None) for name in fields}
    typer.echo(json.dumps({name: value for name, value in values.items() if value is not None}))
