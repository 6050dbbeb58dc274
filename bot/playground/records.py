"""The things of the stand-in's small world: people, bots, chats and files."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.playground.refusal import Json
from bot.playground.signals import Signal

# Telegram sends these only when they are asked for by name.
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass
class Person:
    """A human account. `id` may exceed 32 bits, as Telegram's do."""

    id: int
    first_name: str
    language_code: str | None = None
    last_name: str | None = None
    username: str | None = None
    phone: str | None = None

    def view(self) -> Json:
        """A Bot API `User`."""
        view: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if value := getattr(self, name):
                view[name] = value
        return view


@dataclass
class Webhook:
    """Where updates are posted to; the last error is what getWebhookInfo shows."""

    url: str
    secret: str | None = None
    max_connections: int = 40
    last_error_date: int | None = None
    last_error_message: str | None = None


@dataclass
class BotAccount:
    """A bot, known by its token. `pending` holds unconfirmed updates in the order of their ids."""

    id: int
    token: str
    username: str
    first_name: str
    pending: list[Json] = field(default_factory=list)
    again: list[Json] = field(default_factory=list)
    history: dict[int, Json] = field(default_factory=dict)
    allowed: list[str] = field(default_factory=list)
    webhook: Webhook | None = None
    polls: int = 0
    arrived: Signal = field(default_factory=Signal)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    menus: dict[int | None, Json] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    inline: dict[str, Json] = field(default_factory=dict)
    business: dict[str, Json] = field(default_factory=dict)
    files: dict[str, "StoredFile"] = field(default_factory=dict)

    def view(self) -> Json:
        """A Bot API `User`."""
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.first_name,
            "username": self.username,
        }

    def wants(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT


@dataclass
class StoredFile:
    """Bytes that were sent by either side. `size` may be larger than the bytes: a pretended big file."""

    id: str
    unique: str
    path: str
    size: int
    content: bytes
    name: str
    mime: str
    kind: str


@dataclass
class Topic:
    id: int
    name: str
    icon_color: int
    closed: bool = False


@dataclass
class Query:
    """A press on an inline button, waiting for answerCallbackQuery."""

    id: str
    chat: int
    person: int
    asked: float
    answered: bool = False


@dataclass
class Chat:
    """A conversation as one bot sees it. `messages` are Bot API `Message` objects by id."""

    id: int
    bot: int
    kind: str
    title: str = ""
    person: Person | None = None
    is_forum: bool = False
    started: bool = False
    blocked: bool = False
    migrated_to: int | None = None
    messages: dict[int, Json] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    members: dict[int, str] = field(default_factory=dict)
    reactions: dict[tuple[int, int], list[Json]] = field(default_factory=dict)
    keyboard: Json | None = None
    keyboard_from: int = 0
    pinned: list[int] = field(default_factory=list)

    def view(self) -> Json:
        """A Bot API `Chat`."""
        if self.person:
            view: Json = {"id": self.id, "type": "private", "first_name": self.person.first_name}
            for name in ("last_name", "username"):
                if value := getattr(self.person, name):
                    view[name] = value
            return view
        view = {"id": self.id, "type": self.kind, "title": self.title}
        if self.is_forum:
            view["is_forum"] = True
        return view


def seconds_now() -> int:
    return int(datetime.now(UTC).timestamp())
