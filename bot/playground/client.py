"""A client of the playground's user side, for tests and scripts.

    async with open_playground() as served:                 # or PlaygroundClient("http://127.0.0.1:8081")
        ...start the bot with QABUL_TELEGRAM_API_URL=served.url...
        aziza = await served.client.new_user("Aziza", language_code="uz")
        await aziza.say("/start")
        await aziza.press("English")
        answer = await aziza.wait_for("Ask a question")
        assert "File an appeal" in answer.buttons

`wait_for` looks only at what the bot did after the person's last own act, so an old message with the same
words
does not satisfy it. Everything goes over HTTP: the playground may be in another process.
"""

import asyncio
from types import TracebackType
from typing import Any, Self

import aiohttp

from bot.playground.refusal import Json
from bot.playground.visitor import DEFAULT_TIMEOUT, PlaygroundUser, Seen

__all__ = ["PlaygroundClient", "PlaygroundError", "PlaygroundUser", "Seen"]


class PlaygroundError(Exception):
    """The playground refused an act; the text says why."""


class PlaygroundClient:
    """The whole playground: users, faults, log. `bot` picks one of several bots by id; default the first
    one."""

    def __init__(self, url: str, *, bot: int | None = None) -> None:
        self.url = url.rstrip("/")
        self.bot = bot
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        if self._session:
            await self._session.close()

    async def request(self, verb: str, path: str, **options: Any) -> Any:
        """JSON of `/playground{path}`; PlaygroundError with its words when it refuses."""
        if self._session is None:
            self._session = aiohttp.ClientSession()
        async with self._session.request(verb, f"{self.url}/playground{path}", **options) as answer:
            body = await answer.json() if answer.content_type == "application/json" else None
            if answer.status >= 400:
                raise PlaygroundError((body or {}).get("error", f"status {answer.status}"))
            return body

    # People and chats

    async def new_user(self, first_name: str, **details: Any) -> PlaygroundUser:
        """Makes an account. `details`: id, language_code, last_name, username, phone, started (default False:
        the bot cannot write first)."""
        person = await self.request("POST", "/api/users", json={"first_name": first_name, **details})
        return PlaygroundUser(self, int(person["id"]), first_name)

    async def user(self, name: str | int) -> PlaygroundUser:
        """An existing account by id or first name, such as the preset "Aziza", "Timur", "Jane"."""
        for person in (await self.request("GET", "/api/state"))["people"]:
            if name in (person["id"], person["first_name"]):
                return PlaygroundUser(self, int(person["id"]), str(person["first_name"]))
        raise PlaygroundError(f"no user {name!r}")

    async def new_group(self, number: int, title: str = "Staff", **details: Any) -> Json:
        """A group that the bot administers. `details`: type (supergroup), is_forum, members {id: status}."""
        body = {"id": number, "title": title, **self.which(), **details}
        chat: Json = await self.request("POST", "/api/chats", json=body)
        return chat

    async def migrate(self, number: int, to: int) -> None:
        """Turns a group into a supergroup: calls to the old id get `migrate_to_chat_id`."""
        await self.request("POST", "/api/migrations", json={"id": number, "to": to, **self.which()})

    async def wait_for_bot(self, timeout: float = DEFAULT_TIMEOUT) -> Json:
        """The first bot, as soon as it has called the API."""
        async with asyncio.timeout(timeout):
            while True:
                bots: list[Json] = (await self.request("GET", "/api/state"))["bots"]
                if bots:
                    return bots[0]
                await asyncio.sleep(0.05)

    # Faults and log

    async def fault(self, kind: str, **options: Any) -> None:
        """Spoils the next calls. Kinds: retry_after, blocked, deactivated, chat_not_found, migrate,
        unauthorized,
        server_error[_after], drop[_after], hang[_after], refuse. Options: method, chat_id, bot, times, skip,
        retry_after, migrate_to_chat_id, seconds (hang), code and detail (refuse)."""
        await self.request("POST", "/faults", json={"kind": kind, **options})

    async def clear_faults(self) -> None:
        await self.request("DELETE", "/faults")

    async def redeliver(self, update_id: int) -> None:
        """Hands a confirmed update out once more."""
        await self.request("POST", "/redeliveries", json={"update_id": update_id, **self.which()})

    async def log(self) -> Json:
        """`{"updates", "confirmed", "calls", "delivered"}`: lists, oldest first; see `journal.py`."""
        log: Json = await self.request("GET", "/log")
        return log

    async def confirmed(self) -> set[int]:
        """Ids of all updates that the bot confirmed."""
        return {int(row["update_id"]) for row in (await self.log())["confirmed"]}

    async def delivered(self, chat_id: int | None = None) -> list[Json]:
        """Messages that reached a chat (edits too), oldest first."""
        rows: list[Json] = (await self.log())["delivered"]
        return [row for row in rows if chat_id in (None, row["chat_id"])]

    def which(self) -> Json:
        """The parameter that names the bot, when one was chosen."""
        return {} if self.bot is None else {"bot": self.bot}
