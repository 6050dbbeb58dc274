"""Running one Bot API call: the fault that was asked for, the method, the journal."""

import inspect
from typing import Any

from bot.playground.faults import Fault
from bot.playground.methods.registry import Call, find
from bot.playground.params import Params
from bot.playground.records import BotAccount
from bot.playground.refusal import Refusal
from bot.playground.state import Playground


class ConnectionFault(Exception):  # noqa: N818 - asked for by a test
    """The connection is to be dropped, after `seconds` of silence."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__("the connection is dropped on request")


def _spoil(fault: Fault) -> Exception:
    if fault.kind.startswith("drop"):
        return ConnectionFault(0)
    if fault.kind.startswith("hang"):
        return ConnectionFault(fault.seconds)
    return fault.refusal()


async def run(playground: Playground, account: BotAccount, name: str, params: Params) -> Any:
    """The method's result; raises Refusal, or ConnectionFault when a test asked for it."""
    handler = find(name)
    try:
        chat_id = params.integer("chat_id")
    except Refusal:
        chat_id = None
    entry = playground.journal.call(account.id, name, chat_id)
    fault = playground.faults.take(name, chat_id, account.id)
    if fault and not fault.after:
        entry["outcome"] = f"fault: {fault.kind}"
        raise _spoil(fault)
    try:
        result = handler(Call(playground, account, params, name, entry["n"]))
        if inspect.isawaitable(result):
            result = await result
    except Refusal as refusal:
        entry["outcome"] = refusal.description
        raise
    if fault:
        entry["outcome"] = f"fault: {fault.kind}"
        raise _spoil(fault)
    entry["outcome"] = "ok"
    return result
