"""What every page needs before it can answer: the database, the reader's language, who is signed in."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import urlsplit

from babel import negotiate_locale
from fastapi import Depends, Request

from hub.foundation.db import Database, UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.i18n import DEFAULT_LANGUAGE, LANGUAGES, speaking
from hub.foundation.security import same
from hub.people import sessions
from hub.people.actors import OfficialActor, VisitorActor

LANGUAGE_COOKIE = "language"
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


def language_of(request: Request) -> str:
    """Chosen in the address, remembered in a cookie, else what the browser prefers."""
    for chosen in (request.query_params.get("language"), request.cookies.get(LANGUAGE_COOKIE)):
        if chosen in LANGUAGES:
            return chosen
    preferred = [part.split(";")[0].strip() for part in request.headers.get("accept-language", "").split(",")]
    short = {
        "uz": "uz-Latn",
        "ru": "ru",
        "en": "en",
        "kaa": "kaa",
        "uz-latn": "uz-Latn",
        "uz-cyrl": "uz-Cyrl",
    }
    found = negotiate_locale([p.lower() for p in preferred[:10] if p], list(short), sep="-")
    return short.get(found or "", DEFAULT_LANGUAGE)


async def _speaking(request: Request) -> AsyncIterator[str]:
    language = language_of(request)
    with speaking(language):
        yield language


Language = Annotated[str, Depends(_speaking)]


def visitor(language: Language) -> VisitorActor:
    return VisitorActor(language=language)


Visitor = Annotated[VisitorActor, Depends(visitor)]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The official behind the browser and the token that its forms must carry."""

    actor: OfficialActor
    csrf: str


class NotSignedInError(Exception):
    """Caught at the edge: the browser is sent to the sign-in page and back."""


def session_cookie_name(request: Request) -> str:
    """`__Host-` needs HTTPS; plain loopback in development has none."""
    return SESSION_COOKIE if request.url.scheme == "https" else PLAIN_SESSION_COOKIE


async def signed_in(request: Request, language: Language) -> SignedIn:
    cookie = request.cookies.get(session_cookie_name(request), "")
    if cookie:
        async with database_of(request).reading() as uow:
            session = await sessions.authenticate(uow, cookie)
        if session is not None:
            return SignedIn(replace(session.actor, language=language), session.csrf)
    raise NotSignedInError


Official = Annotated[SignedIn, Depends(signed_in)]


async def checked_form(request: Request, session: Official) -> SignedIn:
    """For every POST of an official: the form's token and the Origin must be ours. Errors: csrf_failed."""
    form = await request.form()
    sent = form.get("csrf_token") or request.headers.get("x-csrf-token", "")
    if not isinstance(sent, str) or not same(sent, session.csrf):
        raise HubError("csrf_failed")
    check_origin(request)
    return session


Acting = Annotated[SignedIn, Depends(checked_form)]


def check_origin(request: Request) -> None:
    """A form of another site is refused, with or without a session. Errors: csrf_failed."""
    origin = request.headers.get("origin")
    if origin and origin != "null" and urlsplit(origin).netloc != request.headers.get("host"):
        raise HubError("csrf_failed")
    if request.headers.get("sec-fetch-site", "same-origin") in ("cross-site",):
        raise HubError("csrf_failed")
