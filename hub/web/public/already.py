"""The same text again, from a browser that holds the first appeal open: it is added there as a message."""

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from hub.appeals import citizen_acts
from hub.appeals.numbers import read_number
from hub.foundation.errors import HubError
from hub.foundation.sentences import sentence
from hub.web.browsers import Browser
from hub.web.doors import database_of
from hub.web.public.appeal_form import Filled
from hub.web.public.appeal_page import show_form
from hub.web.public.holding import held
from hub.web.public.shown import DONE


async def add_to_held(request: Request, browser: Browser, filled: Filled, number: str) -> Response:
    """`number` is the appeal that the person was told of, which is shown then.

    Where it cannot be added to, the form is shown again with the reason and everything typed.
    """
    opened = held(request)
    try:
        if opened is None or opened.number != read_number(number[:60]):
            raise HubError("csrf_failed")
        async with database_of(request).unit_of_work() as uow:
            await citizen_acts.add_message(
                uow,
                opened.actor,
                opened.number,
                text=filled.text,
                attachments=tuple(file.id for file in filled.files),
                owner=browser.owner,
            )
    except HubError as error:
        return await show_form(request, filled, {"text": sentence(error)})
    return RedirectResponse(f"/track/{opened.number}?{DONE}=message", 303)
