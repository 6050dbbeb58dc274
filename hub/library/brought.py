"""What an import brings: entries with the place they stand at, and everything wrong with them."""

from dataclasses import dataclass, field

from hub.library.entry_views import EntryContent

#: So many are told; whoever has more has one mistake repeated.
MOST_PROBLEMS = 100


@dataclass(frozen=True, slots=True)
class Brought:
    """`where` is `file:line`."""

    where: str
    code: str
    content: EntryContent
    retired: bool = False


@dataclass(slots=True)
class Problems:
    found: list[str] = field(default_factory=list)

    def add(self, where: str, what: str) -> None:
        if not self.full:
            self.found.append(f"{where}: {what}")
            if self.full:
                self.found.append(f"There may be more; these are the first {MOST_PROBLEMS}.")

    @property
    def full(self) -> bool:
        return len(self.found) >= MOST_PROBLEMS
