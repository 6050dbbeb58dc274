"""What stands behind a button: `verb:id[:argument]`, at most 64 bytes, never trusted.

The verbs of an appeal's own buttons are also written by the hub's notices, so they are a promise.
Ownership and state are checked by the use-case on every press; an old button does nothing harmful.
"""

from dataclasses import dataclass

from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery


@dataclass(frozen=True, slots=True)
class Pressed:
    """The arguments of a pressed button."""

    args: tuple[str, ...]

    def arg(self, place: int) -> str:
        """The argument, or an empty string: a client may send anything."""
        return self.args[place] if place < len(self.args) else ""

    def whole(self, place: int) -> int:
        """The argument as a number of ours, 0 when it is none."""
        text = self.arg(place)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


class Verb(BaseFilter):
    """Writes the data of a button and, as aiogram's filter, recognises it and hands over `pressed`.

    `parts` is how many arguments there are at most; the last may itself hold colons (agency codes do).
    """

    def __init__(self, name: str, parts: int = 1) -> None:
        self.name = name
        self.parts = parts

    def data(self, *args: object) -> str:
        return ":".join([self.name, *(str(argument) for argument in args)])

    async def __call__(self, query: CallbackQuery) -> bool | dict[str, Pressed]:
        verb, *args = (query.data or "").split(":", self.parts)
        return {"pressed": Pressed(tuple(args))} if verb == self.name else False


LANGUAGE = Verb("language")
FAQ = Verb("faq", 2)
PICK = Verb("pick", 2)
#: `draft:<draft id>:<what>[:<argument>]`; a press that names another draft than the present one is stale.
DRAFT = Verb("draft", 3)
RESUME = Verb("resume")
FORWARDED = Verb("forwarded")
LIST = Verb("list")
MY = Verb("my")
ADD = Verb("add")
WITHDRAW = Verb("withdraw", 2)
READ = Verb("read")
VERDICT = Verb("verdict", 2)
RATE = Verb("rate", 2)
