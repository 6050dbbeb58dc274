"""The playground's world in memory, and the few acts that everything else is made of."""

import asyncio
import re
import secrets
import time
from collections.abc import Iterable
from typing import Any

from bot.playground.faults import Fault, Faults
from bot.playground.journal import Journal
from bot.playground.records import BotAccount, Chat, Person, Query, StoredFile, seconds_now
from bot.playground.refusal import Json, Refusal, bad
from bot.playground.signals import Signal

TOKEN = re.compile(r"^(\d{1,15}):[A-Za-z0-9_-]{1,128}$")
DEFAULT_TOKEN = "100001:playground"  # noqa: S105 - a name on loopback, not a secret
DEFAULT_PEOPLE = (
    Person(5000000001, "Aziza", "uz", phone="+998901112233"),
    Person(5000000002, "Timur", "ru", phone="+998907654321"),
    Person(5000000003, "Jane", "en", phone="+998935550011"),
)
# Ids must not repeat after a restart, or a bot that keeps a database would take new messages for old ones.
EPOCH = 1_767_225_600
IDS_PER_SECOND = 20
FOLDERS = {"photo": "photos", "voice": "voice", "video": "videos", "audio": "music", "sticker": "stickers"}


class Playground:
    """One stand-in. Use it only inside the event loop that serves it.

    `tokens`: bots known before they connect (otherwise a bot exists from its first call). `people`:
    accounts that
    have already pressed "Start". `first_id`: first update and message id; by default it follows the clock.
    `callback_seconds`: how long a button press can be answered. `backoff`: first and longest pause in seconds
    between two attempts at a webhook.
    """

    def __init__(
        self,
        *,
        tokens: Iterable[str] = (),
        people: Iterable[Person] = DEFAULT_PEOPLE,
        first_id: int | None = None,
        callback_seconds: float = 600.0,
        backoff: tuple[float, float] = (0.2, 5.0),
    ) -> None:
        start = first_id or int((time.time() - EPOCH) * IDS_PER_SECOND) % 2**31
        self._update_id = self._message_id = start - 1
        #: New accounts follow it: after a restart none may get the number of a person whom the bot knows.
        self.last_account = 5_000_000_000 + start
        self.callback_seconds = callback_seconds
        self.backoff = backoff
        self.people = {person.id: person for person in people}
        self._at_home = set(self.people)
        self.bots: dict[int, BotAccount] = {}
        self.chats: dict[tuple[int, int], Chat] = {}
        self.queries: dict[str, Query] = {}
        self.events: list[Json] = []
        self.happened = Signal()
        self.faults = Faults()
        self.journal = Journal()
        self.closing = False
        self.tasks: set[asyncio.Task[None]] = set()
        self.connections: set[Any] = set()
        for token in tokens:
            self.bot(token)

    # Bots and people

    def bot(self, token: str) -> BotAccount:
        """The bot with this token, made on first sight; a malformed token, or another one of a known bot:
        401."""
        match = TOKEN.match(token)
        if match is None:
            raise Refusal(401)
        number = int(match[1])
        account = self.bots.get(number)
        if account is None:
            account = BotAccount(number, token, f"playground_{number}_bot", "Qabul playground")
            self.bots[number] = account
            self.event(account.id, None, "bot", account.view())
        if not secrets.compare_digest(account.token, token):
            raise Refusal(401)
        return account

    def the_bot(self, number: int | None = None) -> BotAccount:
        """The bot with this id, or the first one known. LookupError when there is none yet."""
        if number is None and self.bots:
            return next(iter(self.bots.values()))
        if number is None or number not in self.bots:
            raise LookupError("no such bot has connected to the playground yet")
        return self.bots[number]

    def add_person(self, person: Person, *, started: bool = False) -> Person:
        """Creates or replaces an account. Unless `started`, a bot cannot write to it before it writes
        first."""
        self.people[person.id] = person
        if started:
            self._at_home.add(person.id)
        for chat in self.chats.values():
            if chat.id == person.id:
                chat.person = person
        return person

    # Chats

    def chat(self, bot: int, chat_id: int) -> Chat | None:
        """The chat as this bot sees it; a person's private chat appears on first use."""
        chat = self.chats.get((bot, chat_id))
        if chat is None and (person := self.people.get(chat_id)):
            chat = Chat(chat_id, bot, "private", person=person, started=chat_id in self._at_home)
            self.chats[bot, chat_id] = chat
        return chat

    def add_chat(self, bot: int, chat: Chat) -> Chat:
        self.chats[bot, chat.id] = chat
        return chat

    def writable(self, bot: int, chat_id: int) -> Chat:
        """The chat for a call of the bot, or Telegram's refusal."""
        chat = self.chat(bot, chat_id)
        if chat is None:
            raise bad("chat not found")
        if chat.migrated_to is not None:
            raise Refusal(
                400,
                "group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.migrated_to,
            )
        if chat.blocked:
            who = "bot was blocked by the user" if chat.person else "bot was kicked from the chat"
            raise Refusal(403, who)
        if not chat.started and chat.person:
            raise Refusal(403, "bot can't initiate conversation with a user")
        return chat

    # Ids, updates, events, files

    def next_message_id(self) -> int:
        self._message_id += 1
        return self._message_id

    def push(self, account: BotAccount, kind: str, content: Json) -> int | None:
        """Queues an update for the bot; None when the bot did not ask for this kind."""
        if not account.wants(kind):
            return None
        self._update_id += 1
        update: Json = {"update_id": self._update_id, kind: content}
        account.pending.append(update)
        account.history[self._update_id] = update
        self.journal.update(account.id, update)
        account.arrived.fire()
        return self._update_id

    def event(self, bot: int, chat_id: int | None, kind: str, content: Json) -> None:
        """Tells the page and the clients that something changed in a chat."""
        self.events.append(
            {"n": len(self.events), "bot": bot, "chat": chat_id, "kind": kind, "data": content}
        )
        self.happened.fire()

    def keep(
        self, account: BotAccount, kind: str, content: bytes, name: str, mime: str, size: int = 0
    ) -> StoredFile:
        """Stores bytes; `size` above their length pretends a bigger file."""
        number = len(account.files) + 1
        suffix = f".{name.rsplit('.', 1)[1]}" if "." in name else ""
        path = f"{FOLDERS.get(kind, 'documents')}/file_{number}{re.sub(r'[^.A-Za-z0-9]', '', suffix)}"
        stored = StoredFile(
            id=f"F{account.id}-{secrets.token_urlsafe(18)}",
            unique=secrets.token_urlsafe(9),
            path=path,
            size=max(size, len(content)),
            content=content,
            name=name,
            mime=mime,
            kind=kind,
        )
        account.files[stored.id] = stored
        return stored

    def new_message(self, chat: Chat, sender: Json) -> Json:
        """The head of a Bot API message, not yet placed in the chat."""
        return {
            "message_id": self.next_message_id(),
            "from": sender,
            "chat": chat.view(),
            "date": seconds_now(),
        }

    def fault(self, kind: str, **options: Any) -> Fault:
        """Adds a fault; see `bot.playground.faults.Fault` for the options."""
        return self.faults.add(Fault(kind, **options))

    def redeliver(self, account: BotAccount, update_id: int) -> None:
        """Hands an update out once more under its old id, although it was confirmed. KeyError when
        unknown."""
        account.again.append(account.history[update_id])
        account.arrived.fire()

    def confirm(self, account: BotAccount, update: Json, way: str) -> None:
        """Notes that the bot has taken an update; `way` as in `Journal.confirm`."""
        self.journal.confirm(account.id, update["update_id"], way)
        message = update.get("message") or update.get("edited_message")
        if message:
            seen = {"message_id": message["message_id"], "way": way}
            self.event(account.id, message["chat"]["id"], "confirmed", seen)

    async def close(self) -> None:
        """Ends long polls, streams and webhook senders."""
        self.closing = True
        self.happened.fire()
        for account in self.bots.values():
            account.arrived.fire()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
