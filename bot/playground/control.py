"""Reading and doing over HTTP: what the chat page and the tests' client call, JSON under /playground/."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from bot.playground.acts import Act, ActRefusedError
from bot.playground.control_acts import ACTS
from bot.playground.methods.commands import commands_shown
from bot.playground.params import Params, read_params
from bot.playground.presses import labels
from bot.playground.records import Person
from bot.playground.refusal import Json, Refusal
from bot.playground.state import Playground

SHOWN_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp", "audio/", "video/")
HEARTBEAT = 15.0
LONGEST_WAIT = 30.0

Endpoint = Callable[[Request], Awaitable[Response]]


def world_of(request: Request) -> Playground:
    world: Playground = request.app.state.playground
    return world


def act_of(playground: Playground, params: Params) -> Act:
    """Who acts where: `user`, and optionally `chat`, `bot`, `reply_to`, `thread`, `business`, `extra`."""
    account = playground.the_bot(params.integer("bot"))
    person = playground.people.get(params.integer("user") or 0)
    if person is None:
        raise LookupError("no such user")
    return Act(
        playground,
        account,
        person,
        chat_id=params.integer("chat"),
        reply_to=params.integer("reply_to"),
        thread=params.integer("thread"),
        business=params.text("business") or None,
        extra=params.data("extra"),
    )


def answered(endpoint: Endpoint) -> Endpoint:
    """Refusals of the user side become 400, unknown things 404, both `{"error": words}`."""

    async def guarded(request: Request) -> Response:
        try:
            return await endpoint(request)
        except LookupError as error:
            return JSONResponse({"error": str(error.args[0]) if error.args else "not found"}, 404)
        except (ActRefusedError, ValueError, TypeError) as error:
            return JSONResponse({"error": str(error)}, 400)
        except Refusal as refusal:
            return JSONResponse({"error": refusal.description}, 400)

    return guarded


def person_view(person: Person) -> Json:
    return person.view() | {"phone": person.phone}


async def read_state(request: Request) -> Response:
    world = world_of(request)
    return JSONResponse(
        {
            "bots": [account.view() for account in world.bots.values()],
            "people": [person_view(person) for person in world.people.values()],
            "next": len(world.events),
        }
    )


async def read_chat(request: Request) -> Response:
    world = world_of(request)
    act = act_of(world, await read_params(request))
    chat = act.chat
    waiting = [update["message"]["message_id"] for update in act.account.pending if "message" in update]
    return JSONResponse(
        {
            "chat": chat.view(),
            "started": chat.started,
            "blocked": chat.blocked,
            "messages": [chat.messages[number] for number in sorted(chat.messages)],
            "waiting": waiting,
            "keyboard": chat.keyboard,
            "buttons": labels(act),
            "commands": commands_shown(act.account, chat, act.person.language_code),
            "topics": [vars(topic) for topic in chat.topics.values()],
            "next": len(world.events),
        }
    )


async def do_act(request: Request) -> Response:
    """One act; the answer has `next`: the number of the first event that follows it."""
    world = world_of(request)
    act = ACTS.get(request.path_params["act"])
    if act is None:
        raise LookupError("no such act")
    params = await read_params(request)
    following = len(world.events)
    result = act(act_of(world, params), params)
    return JSONResponse({"next": following, "result": result})


async def read_events(request: Request) -> Response:
    """Events from number `since` on, of one `chat` if given; waits up to `wait` seconds for the first."""
    world, params = world_of(request), await read_params(request)
    since, chat = params.integer("since") or 0, params.integer("chat")
    clock = asyncio.get_running_loop().time
    until = clock() + min(float(params.text("wait") or 0), LONGEST_WAIT)
    while True:
        found = [event for event in world.events[since:] if chat in (None, event["chat"])]
        left = until - clock()
        if found or left <= 0 or world.closing:
            return JSONResponse({"events": found, "next": len(world.events)})
        since = len(world.events)
        await world.happened.wait(left)


async def stream_events(request: Request) -> Response:
    since = int(request.headers.get("last-event-id") or request.query_params.get("since") or 0)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(
        _stream(world_of(request), since), media_type="text/event-stream", headers=headers
    )


async def _stream(world: Playground, since: int) -> AsyncIterator[str]:
    """Server-sent events; the id is the number to go on from, so that a browser resumes by itself."""
    yield "retry: 1000\n\n"
    while not world.closing:
        fresh = world.events[since:]
        for event in fresh:
            yield f"id: {event['n'] + 1}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n"
        since += len(fresh)
        if not fresh:
            await world.happened.wait(HEARTBEAT)
            yield ": still here\n\n"


async def read_file(request: Request) -> Response:
    """A file for the page; only pictures, sound and film are shown, the rest is downloaded."""
    for account in world_of(request).bots.values():
        if stored := account.files.get(request.path_params["number"]):
            if stored.mime.startswith(SHOWN_TYPES):
                return Response(stored.content, media_type=stored.mime)
            headers = {"Content-Disposition": "attachment"}
            return Response(stored.content, media_type="application/octet-stream", headers=headers)
    raise LookupError("no such file")
