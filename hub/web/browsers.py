"""What a browser carries for us: cookies that only it has, and sealed notes nobody can read or make.

A sealed note holds its purpose and its end; it is encrypted and authenticated under the hub's own key.
"""

import base64
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from fastapi import Request
from starlette.responses import Response

from hub.foundation.security import Vault, digest, random_token
from hub.web.doors import database_of, is_https

VISITOR_COOKIE = "visitor"
VISIT = timedelta(hours=12)
MAX_NOTE = 3_500
TOKEN_LENGTH = range(32, 100)


@dataclass(frozen=True, slots=True)
class Browser:
    """`owner` stands for the browser in the database; the token itself is only in its cookie."""

    token: str
    returning: bool

    @property
    def owner(self) -> str:
        return digest(self.token)


def browser_of(request: Request) -> Browser:
    """The browser by its cookie; a new one, not yet `returning`, when it sent none."""
    token = request.cookies.get(cookie_name(request, VISITOR_COOKIE), "")
    if len(token) in TOKEN_LENGTH and token.isascii():
        return Browser(token, returning=True)
    return Browser(random_token(), returning=False)


def remember(request: Request, response: Response, browser: Browser) -> None:
    if not browser.returning:
        keep(request, response, VISITOR_COOKIE, browser.token, VISIT)


def cookie_name(request: Request, name: str) -> str:
    """`__Host-` needs HTTPS; plain loopback in development has none."""
    return f"__Host-{name}" if is_https(request) else name


def keep(request: Request, response: Response, name: str, value: str, span: timedelta) -> None:
    """A cookie that no script reads and no other site sends along with a form."""
    response.set_cookie(
        cookie_name(request, name),
        value,
        max_age=int(span.total_seconds()),
        path="/",
        secure=is_https(request),
        httponly=True,
        samesite="lax",
    )


def forget(request: Request, response: Response, name: str) -> None:
    response.delete_cookie(
        cookie_name(request, name), path="/", secure=is_https(request), httponly=True, samesite="lax"
    )


def seal(request: Request, purpose: str, span: timedelta, **data: str | int) -> str:
    """A note for a cookie or an address, valid for `span`."""
    note = {"for": purpose, "until": (_now(request) + span).timestamp(), "data": data}
    return base64.urlsafe_b64encode(_vault(request).seal(json.dumps(note))).decode().rstrip("=")


def unseal(request: Request, purpose: str, note: str | None) -> dict[str, Any] | None:
    """What was sealed for this purpose; None when it is over, of another purpose or not ours."""
    if not note or len(note) > MAX_NOTE or not note.isascii():
        return None
    try:
        opened = json.loads(_vault(request).open(base64.urlsafe_b64decode(note + "=" * (-len(note) % 4))))
    except (ValueError, InvalidTag):
        return None
    if opened["for"] != purpose or opened["until"] < _now(request).timestamp():
        return None
    data: dict[str, Any] = opened["data"]
    return data


def noted(request: Request, name: str) -> dict[str, Any] | None:
    """The sealed note in the cookie `name`, whose purpose is its name."""
    return unseal(request, name, request.cookies.get(cookie_name(request, name)))


def _vault(request: Request) -> Vault:
    return database_of(request).resources.of(Vault)


def _now(request: Request) -> datetime:
    return database_of(request).clock.now()
