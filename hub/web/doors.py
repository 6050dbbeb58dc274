"""What every page needs before it can answer: the database, the reader's language, who is signed in."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request

from hub.foundation.db import Database, UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.i18n import speaking
from hub.foundation.security import same
from hub.foundation.settings import Settings
from hub.people import sessions
from hub.people.actors import OfficialActor, VisitorActor
from hub.web.forms import read_form
from hub.web.languages import language_of

SESSION_COOKIE = "__Host-session"
PLAIN_SESSION_COOKIE = "session"


def database_of(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


async def _writing(request: Request) -> AsyncIterator[UnitOfWork]:
    async with database_of(request).unit_of_work() as uow:
        yield uow


async def _reading(request: Request) -> AsyncIterator[UnitOfWork]:
    async with database_of(request).reading() as uow:
        yield uow


# scope="function": with the default scope a failed commit would still have answered 200.
Writing = Annotated[UnitOfWork, Depends(_writing, scope="function")]
Reading = Annotated[UnitOfWork, Depends(_reading, scope="function")]


async def _speaking(request: Request) -> AsyncIterator[str]:
    language = language_of(request)
    with speaking(language):
        yield language


Language = Annotated[str, Depends(_speaking)]


async def visitor(language: Language) -> VisitorActor:
    return VisitorActor(language=language)


Visitor = Annotated[VisitorActor, Depends(visitor)]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The official behind the browser and the token that its forms must carry."""

    actor: OfficialActor
    csrf: str


class NotSignedInError(Exception):
    """Caught at the edge: the browser is sent to the sign-in page and back."""


def is_https(request: Request) -> bool:
    """Production is always behind HTTPS, whatever the proxy in front of us forgets to say."""
    settings: Settings = request.app.state.settings
    return settings.production or request.url.scheme == "https"


def session_cookie_name(request: Request) -> str:
    """`__Host-` needs HTTPS; plain loopback in development has none."""
    return SESSION_COOKIE if is_https(request) else PLAIN_SESSION_COOKIE


async def session_of(request: Request, language: str, *, seen: bool = True) -> SignedIn | None:
    """Who is signed in, with the posts held at this moment."""
    cookie = request.cookies.get(session_cookie_name(request), "")
    if not cookie:
        return None
    async with database_of(request).reading() as uow:
        session = await sessions.authenticate(uow, cookie, seen=seen)
    return SignedIn(replace(session.actor, language=language), session.csrf) if session else None


async def signed_in(request: Request, language: Language) -> SignedIn:
    session = await session_of(request, language)
    if session is None:
        raise NotSignedInError
    return session


Official = Annotated[SignedIn, Depends(signed_in)]


async def watching(request: Request, language: Language) -> SignedIn:
    """For what a page asks by itself: it does not count as somebody being there."""
    session = await session_of(request, language, seen=False)
    if session is None:
        raise NotSignedInError
    return session


Watching = Annotated[SignedIn, Depends(watching)]


async def checked_form(request: Request, session: Official) -> SignedIn:
    """For every POST of an official: the form's token and the Origin must be ours. Errors: csrf_failed."""
    sent = (await read_form(request)).one("csrf_token") or request.headers.get("x-csrf-token", "")
    if not same(sent, session.csrf):
        raise HubError("csrf_failed")
    check_origin(request)
    return session


Acting = Annotated[SignedIn, Depends(checked_form)]


def check_origin(request: Request) -> None:
    """A form of another site is refused, with or without a session. Errors: csrf_failed.

    Browsers name the sending site in one of two headers; programs send neither.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        raise HubError("csrf_failed")
    origin = request.headers.get("origin")
    if origin is not None and site != "same-origin" and origin.partition("://")[2] not in _own_hosts(request):
        raise HubError("csrf_failed")


def _own_hosts(request: Request) -> set[str]:
    settings: Settings = request.app.state.settings
    return {request.headers.get("host", ""), urlsplit(settings.base_url).netloc} - {""}
