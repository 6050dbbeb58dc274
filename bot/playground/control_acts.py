"""The acts of a person by name, with the parameters each reads."""

from collections.abc import Callable
from typing import Any

from bot.playground.acts import Act
from bot.playground.inline import ask_inline, choose_inline, connect_business
from bot.playground.params import Params
from bot.playground.presses import TASHKENT, press_data, press_label


def _attach(act: Act, params: Params) -> Any:
    upload = params.files.get("file")
    return act.attach(params.text("kind"), upload, params.text("caption"), params.integer("size") or 0)


def _album(act: Act, params: Params) -> Any:
    """`kinds`: a list; `file0`, `file1`, ... in the same order, each may be left out."""
    kinds = params.data("kinds") or []
    parts = [(str(kind), params.files.get(f"file{number}")) for number, kind in enumerate(kinds)]
    return act.send_album(parts, params.text("caption"))


def _press(act: Act, params: Params) -> Any:
    if params.has("label"):
        return press_label(act, params.text("label"))
    return press_data(act, params.need("message_id"), params.text("data"))


def _location(act: Act, params: Params) -> Any:
    if not params.has("latitude"):
        return act.send({"location": TASHKENT})
    where = {"latitude": params.number("latitude"), "longitude": params.number("longitude")}
    return act.send({"location": where})


def _contact(act: Act, params: Params) -> Any:
    return act.send_contact(
        params.text("phone") or None, params.integer("owner"), anonymous=params.flag("anonymous")
    )


def _forward(act: Act, params: Params) -> Any:
    name = params.text("name") or "Somebody"
    return act.forward(params.text("text"), message_id=params.integer("message_id"), name=name)


def _business(act: Act, params: Params) -> Any:
    return connect_business(
        act,
        enabled=not params.flag("disabled"),
        can_reply=not params.flag("read_only"),
        number=params.text("id"),
    )


ACTS: dict[str, Callable[[Act, Params], Any]] = {
    "say": lambda act, params: act.say(params.text("text")),
    "press": _press,
    "attach": _attach,
    "album": _album,
    "location": _location,
    "contact": _contact,
    "forward": _forward,
    "edit": lambda act, params: act.edit(params.need("message_id"), params.text("text")),
    "block": lambda act, params: act.set_blocked(True),
    "unblock": lambda act, params: act.set_blocked(False),
    "react": lambda act, params: act.react(params.need("message_id"), params.text("emoji") or None),
    "inline": lambda act, params: ask_inline(act, params.text("query"), params.text("offset")),
    "choose": lambda act, params: choose_inline(act, params.text("inline_id"), params.text("result_id")),
    "business": _business,
    "forge": lambda act, params: act.send(params.data("message") or {}),
}
