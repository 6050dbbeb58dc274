"""Setting the stage over HTTP: people, groups, faults, redelivery, and the log for checkers."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.playground import control
from bot.playground.control import Endpoint, answered, person_view, world_of
from bot.playground.faults import Fault
from bot.playground.params import read_params
from bot.playground.records import Chat, Person


async def make_person(request: Request) -> Response:
    world, params = world_of(request), await read_params(request)
    number = params.integer("id") or max((world.last_account, *world.people)) + 1
    person = Person(
        number,
        params.text("first_name") or f"Person {number}",
        params.text("language_code") or None,
        params.text("last_name") or None,
        params.text("username") or None,
        params.text("phone") or None,
    )
    world.add_person(person, started=params.flag("started"))
    world.event(0, None, "person", person_view(person))
    return JSONResponse(person_view(person), 201)


async def make_chat(request: Request) -> Response:
    world, params = world_of(request), await read_params(request)
    account = world.the_bot(params.integer("bot"))
    chat = Chat(
        params.need("id"),
        account.id,
        params.text("type") or "supergroup",
        title=params.text("title") or "Group",
        is_forum=params.flag("is_forum"),
        started=True,
        members={int(key): str(value) for key, value in (params.data("members") or {}).items()},
    )
    world.add_chat(account.id, chat)
    return JSONResponse(chat.view(), 201)


async def migrate(request: Request) -> Response:
    world, params = world_of(request), await read_params(request)
    account = world.the_bot(params.integer("bot"))
    old = world.chats[account.id, params.need("id")]
    old.migrated_to = params.need("to")
    fresh = Chat(old.migrated_to, account.id, "supergroup", title=old.title, started=True)
    world.add_chat(account.id, fresh)
    return JSONResponse(fresh.view(), 201)


async def read_inline(request: Request) -> Response:
    for account in world_of(request).bots.values():
        if query := account.inline.get(request.path_params["number"]):
            return JSONResponse(query)
    raise LookupError("no such inline query")


async def read_log(request: Request) -> Response:
    return JSONResponse(world_of(request).journal.view())


async def add_fault(request: Request) -> Response:
    rule = Fault(**await request.json())
    return JSONResponse(world_of(request).faults.add(rule).view(), 201)


async def list_faults(request: Request) -> Response:
    return JSONResponse([rule.view() for rule in world_of(request).faults.rules])


async def clear_faults(request: Request) -> Response:
    world_of(request).faults.clear()
    return Response(status_code=204)


async def redeliver(request: Request) -> Response:
    world, params = world_of(request), await read_params(request)
    world.redeliver(world.the_bot(params.integer("bot")), params.need("update_id"))
    return JSONResponse({"ok": True})


ROUTES: tuple[tuple[str, str, Endpoint], ...] = (
    ("GET", "/api/state", control.read_state),
    ("GET", "/api/chat", control.read_chat),
    ("GET", "/api/events", control.read_events),
    ("GET", "/api/stream", control.stream_events),
    ("POST", "/api/acts/{act}", control.do_act),
    ("GET", "/files/{number}", control.read_file),
    ("POST", "/api/users", make_person),
    ("POST", "/api/chats", make_chat),
    ("POST", "/api/migrations", migrate),
    ("GET", "/api/inline/{number}", read_inline),
    ("GET", "/log", read_log),
    ("GET", "/faults", list_faults),
    ("POST", "/faults", add_fault),
    ("DELETE", "/faults", clear_faults),
    ("POST", "/redeliveries", redeliver),
)


def control_routes() -> list[Route]:
    """Routes of `/playground/...`; `bot.playground.client` is a documented client of them."""
    return [Route(f"/playground{path}", answered(act), methods=[verb]) for verb, path, act in ROUTES]
