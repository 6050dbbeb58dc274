"""Who opened an appeal with its number and tracking code keeps it open for an hour, in this browser only.

The code itself is never in an address; the sealed cookie names one appeal and nothing else.
"""

from dataclasses import dataclass
from datetime import timedelta

from fastapi import Request
from starlette.responses import Response

from hub.appeals import mine
from hub.foundation.i18n import current_language
from hub.people.actors import HolderActor
from hub.web.browsers import keep, noted, seal
from hub.web.doors import database_of

HOLDER_COOKIE = "appeal"
HELD = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Held:
    """`number` as we write it."""

    actor: HolderActor
    number: str


async def grant(request: Request, response: Response, number: str, code: str) -> str:
    """Opens the appeal to this browser; returns its number as we write it. Errors: not_found."""
    async with database_of(request).reading() as uow:
        actor = await mine.holder(uow, number=number, code=code, language=current_language())
        number = (await mine.my_appeal(uow, actor, number)).number
    note = seal(request, HOLDER_COOKIE, HELD, id=actor.appeal_id, number=number)
    keep(request, response, HOLDER_COOKIE, note, HELD)
    return number


def held(request: Request) -> Held | None:
    data = noted(request, HOLDER_COOKIE)
    if data is None:
        return None
    return Held(HolderActor(appeal_id=data["id"], language=current_language()), data["number"])
