"""One call of the API: who calls, one unit of work, one answer; a repeated POST gets its first answer."""

import hashlib
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Request
from pydantic import BaseModel
from starlette.responses import Response

from hub.api.languages import accepted_language
from hub.delivery import idempotency
from hub.foundation.db import Database, UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.i18n import DEFAULT_LANGUAGE, speaking
from hub.foundation.pace import Errand, Pace
from hub.foundation.security import Vault
from hub.foundation.vocabulary import ChannelName
from hub.people import sessions
from hub.people.actors import OfficialActor, VisitorActor

MAX_KEY = 255
REPLAYED = "Idempotency-Replayed"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: an official's program, proven by its token, or nobody in particular."""

    actor: VisitorActor | OfficialActor
    address: str

    @property
    def official_id(self) -> int | None:
        return self.actor.id if isinstance(self.actor, OfficialActor) else None


def database_of(request: Request) -> Database:
    """The process's database, put into the state of the outer application by the composition root."""
    database: Database = request.app.state.outer.state.database
    return database


def pace_of(request: Request) -> Pace:
    pace: Pace = request.app.state.pace
    return pace


async def identify(request: Request) -> Caller:
    """Errors: sign_in_needed for a token that is none of ours or no longer one."""
    address = request.client.host if request.client else ""
    language = accepted_language(request.headers.get("accept-language"))
    given = request.headers.getlist("authorization")
    if not given:
        return Caller(VisitorActor(language or DEFAULT_LANGUAGE, ChannelName.API), address)
    scheme, _, token = given[0].partition(" ")
    if len(given) > 1 or scheme.lower() != "bearer" or not token.strip():
        raise HubError("sign_in_needed")
    async with database_of(request).reading() as uow:
        official = await sessions.authenticate_token(uow, token.strip())
    if official is None:
        await pace_of(request).check("track", address)
        raise HubError("sign_in_needed")
    return Caller(replace(official, language=language or official.language), address)


class Call:
    """A dependency of each route; `read` and `act` answer with rendered views of what a use-case gave."""

    def __init__(self, request: Request, caller: Caller) -> None:
        self.request = request
        self.caller = caller

    @property
    def official(self) -> OfficialActor:
        """Errors: sign_in_needed."""
        if not isinstance(self.caller.actor, OfficialActor):
            raise HubError("sign_in_needed")
        return self.caller.actor

    @property
    def actor(self) -> VisitorActor | OfficialActor:
        return self.caller.actor

    def speaking(self) -> AbstractContextManager[None]:
        return speaking(self.actor.language)

    async def read(
        self,
        query: Callable[[UnitOfWork], Awaitable[BaseModel]],
        errand: Errand = "read",
        *,
        recorded: bool = False,
    ) -> Response:
        """`recorded` where looking itself leaves a trace and so needs a commit."""
        await self.pace(errand)
        database = database_of(self.request)
        async with database.unit_of_work() if recorded else database.reading() as uow:
            with self.speaking():
                answer = await query(uow)
        return _json(answer.model_dump_json(by_alias=True), 200)

    async def act(
        self,
        perform: Callable[[UnitOfWork], Awaitable[BaseModel]],
        *,
        status: int,
        content: bytes | None = None,
    ) -> Response:
        """Commits, then answers. `content` is what the request said, where that is not its raw body.

        With an `Idempotency-Key` the answer is kept in the same transaction; the same caller's repeat gets
        the same bytes, and another request under that key is refused.
        """
        await self.pace("write")
        key = self._key()
        fingerprint = await self._fingerprint(content) if key else ""
        async with database_of(self.request).unit_of_work() as uow:
            scope = self._scope(uow) if key else ""
            if key:
                stored = await idempotency.replay(uow, scope, key, fingerprint)
                if stored is not None:
                    return _json(stored.body, stored.status, {REPLAYED: "true"})
            with self.speaking():
                body = (await perform(uow)).model_dump_json(by_alias=True)
            if key:
                await idempotency.remember(uow, scope, key, fingerprint, status=status, body=body)
        return _json(body, status)

    async def pace(self, errand: Errand) -> None:
        await pace_of(self.request).check(errand, self.caller.address, self.caller.official_id)

    def _key(self) -> str | None:
        keys = self.request.headers.getlist("idempotency-key")
        if not keys:
            return None
        if len(keys) > 1 or not keys[0].strip() or len(keys[0]) > MAX_KEY or not keys[0].isprintable():
            raise HubError("bad_request")
        return keys[0].strip()

    def _scope(self, uow: UnitOfWork) -> str:
        """A key belongs to its caller: an official, or the address that nobody else calls from."""
        if self.caller.official_id is not None:
            return f"official:{self.caller.official_id}"
        return "address:" + uow.of(Vault).token("caller", self.caller.address)

    async def _fingerprint(self, content: bytes | None) -> str:
        url = self.request.url
        said = await self.request.body() if content is None else content
        head = f"{self.request.method} {url.path}?{url.query}\n".encode()
        return hashlib.sha256(head + said).hexdigest()


def _json(body: str, status: int, headers: dict[str, str] | None = None) -> Response:
    return Response(body, status, headers, "application/json")


async def any_call(request: Request) -> Call:
    return Call(request, await identify(request))


async def official_call(request: Request) -> Call:
    """Errors: sign_in_needed, before anything of the request is looked at."""
    call = Call(request, await identify(request))
    assert call.official
    return call


AnyCall = Annotated[Call, Depends(any_call)]
OfficialCall = Annotated[Call, Depends(official_call)]
