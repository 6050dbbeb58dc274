"""What a checker reads afterwards: every update made and confirmed, every call, every message delivered."""

import time
from typing import Any

from bot.playground.refusal import Json


class Journal:
    """Append-only lists; each entry has `n` (its place, from 0) and `at` (Unix seconds)."""

    def __init__(self) -> None:
        self.updates: list[Json] = []
        self.confirmed: list[Json] = []
        self.calls: list[Json] = []
        self.delivered: list[Json] = []

    def _add(self, rows: list[Json], **entry: Any) -> Json:
        row: Json = {"n": len(rows), "at": time.time(), **entry}
        rows.append(row)
        return row

    def update(self, bot: int, update: Json) -> None:
        kind = next(key for key in update if key != "update_id")
        self._add(self.updates, bot=bot, update_id=update["update_id"], kind=kind)

    def confirm(self, bot: int, update_id: int, way: str) -> None:
        """`way` is "polling", "webhook" or "forgotten" (negative offset, drop_pending_updates)."""
        self._add(self.confirmed, bot=bot, update_id=update_id, way=way)

    def call(self, bot: int, method: str, chat_id: int | None) -> Json:
        """Opens an entry; `outcome` becomes "ok", a refusal's description, or "fault: ..."."""
        return self._add(self.calls, bot=bot, method=method, chat_id=chat_id, outcome="open")

    def deliver(self, bot: int, method: str, call: int, message: Json) -> None:
        """A message that reached a chat (or was edited there); `call` is the `n` of the call that did it."""
        text = message.get("text") or message.get("caption")
        self._add(
            self.delivered,
            bot=bot,
            method=method,
            call=call,
            chat_id=message["chat"]["id"],
            message_id=message["message_id"],
            text=text,
            thread=message.get("message_thread_id"),
        )

    def view(self) -> Json:
        return {
            "updates": self.updates,
            "confirmed": self.confirmed,
            "calls": self.calls,
            "delivered": self.delivered,
        }
