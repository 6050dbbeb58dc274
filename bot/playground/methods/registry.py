"""The table of Bot API methods, and what each gets."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from bot.playground.params import Params
from bot.playground.records import BotAccount, Chat
from bot.playground.refusal import Json, Refusal, bad
from bot.playground.state import Playground


@dataclass
class Call:
    """One call of one bot. `number` is its place in the journal."""

    playground: Playground
    account: BotAccount
    params: Params
    method: str
    number: int = -1
    placed: list[Json] = field(default_factory=list)

    def chat(self, name: str = "chat_id") -> Chat:
        """The chat named by a parameter, writable, or Telegram's refusal."""
        raw = self.params.text(name)
        if raw.startswith("@"):
            raise bad("chat not found")
        return self.playground.writable(self.account.id, self.params.need(name))

    def message(self, chat: Chat, number: int | None, refusal: str) -> Json:
        message = chat.messages.get(number or 0)
        if message is None:
            raise bad(refusal)
        return message

    def tell(self, chat: Chat | None, kind: str, data: Json) -> None:
        self.playground.event(self.account.id, chat.id if chat else None, kind, data)


Handler = Callable[[Call], Any] | Callable[[Call], Awaitable[Any]]
METHODS: dict[str, Handler] = {}


def method(*names: str) -> Callable[[Callable[[Call], Any]], Callable[[Call], Any]]:
    """Registers a handler under one or several method names; case does not matter to callers."""

    def register(handler: Callable[[Call], Any]) -> Callable[[Call], Any]:
        for name in names:
            METHODS[name.lower()] = handler
        return handler

    return register


def find(name: str) -> Handler:
    """The handler of a method, or 404 as Telegram answers."""
    handler = METHODS.get(name.lower())
    if handler is None:
        raise Refusal(404)
    return handler
