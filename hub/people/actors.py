"""Who acts: every use-case takes one of these, proven by the entry point that made it."""

from dataclasses import dataclass

from hub.foundation.vocabulary import ChannelName, Role


@dataclass(frozen=True, slots=True)
class CitizenActor:
    """A citizen known by an address of theirs (a Telegram chat)."""

    id: int
    language: str
    channel: ChannelName = ChannelName.TELEGRAM


@dataclass(frozen=True, slots=True)
class HolderActor:
    """Whoever holds the tracking code of one appeal: may do the citizen's acts on that appeal only."""

    appeal_id: int
    language: str
    channel: ChannelName = ChannelName.WEB


@dataclass(frozen=True, slots=True)
class VisitorActor:
    """Nobody in particular: a browser at the public reception or a program without a token."""

    language: str
    channel: ChannelName = ChannelName.WEB


@dataclass(frozen=True, slots=True)
class Post:
    """One role of an official; without an agency it spans all of them."""

    role: Role
    agency_id: int | None = None
    agency_code: str | None = None
    agency_path: str | None = None
    may_sign: bool = False


@dataclass(frozen=True, slots=True)
class OfficialActor:
    id: int
    login: str
    name: str
    language: str
    posts: tuple[Post, ...]
    channel: ChannelName = ChannelName.WEB

    def agency_ids(self, *roles: Role) -> frozenset[int]:
        """Agencies where the official has one of `roles`."""
        return frozenset(p.agency_id for p in self.posts if p.role in roles and p.agency_id is not None)

    def has(self, *roles: Role) -> bool:
        return any(p.role in roles for p in self.posts)

    def subtree_paths(self, *roles: Role) -> tuple[str, ...]:
        """Path prefixes the roles reach; `""` reaches every agency."""
        return tuple((p.agency_path or "") for p in self.posts if p.role in roles)


@dataclass(frozen=True, slots=True)
class SystemActor:
    """The hub itself: sweeps and imports."""

    language: str = "en"
    channel: ChannelName = ChannelName.API


Citizenlike = CitizenActor | HolderActor
Actor = CitizenActor | HolderActor | VisitorActor | OfficialActor | SystemActor
