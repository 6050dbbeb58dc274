"""Faults that a test asks for: which call, how many times, what goes wrong, before or after the effect."""

from dataclasses import asdict, dataclass, field

from bot.playground.refusal import Json, Refusal

REFUSALS: dict[str, tuple[int, str]] = {
    "retry_after": (429, "retry after {retry_after}"),
    "blocked": (403, "bot was blocked by the user"),
    "deactivated": (403, "user is deactivated"),
    "chat_not_found": (400, "chat not found"),
    "migrate": (400, "group chat was upgraded to a supergroup chat"),
    "unauthorized": (401, ""),
    "server_error": (502, ""),
    "server_error_after": (502, ""),
}
CONNECTION = ("drop", "drop_after", "hang", "hang_after")
KINDS = (*REFUSALS, *CONNECTION, "refuse")


@dataclass
class Fault:
    """One rule. `*_after` kinds let the call take effect and then lose its answer.

    `method` is a Bot API method or "*"; `chat_id` and `bot` narrow it; `skip` lets that many matching calls
    through
    first; `times` calls are then spoilt. `hang` waits `seconds` and drops the connection. `refuse` answers
    `code`
    with `detail`.
    """

    kind: str
    method: str = "*"
    chat_id: int | None = None
    bot: int | None = None
    times: int = 1
    skip: int = 0
    retry_after: int = 1
    migrate_to_chat_id: int | None = None
    seconds: float = 60.0
    code: int = 400
    detail: str = ""
    used: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown fault {self.kind!r}; known: {', '.join(KINDS)}")

    @property
    def after(self) -> bool:
        return self.kind.endswith("_after") and self.kind != "retry_after"

    def matches(self, method: str, chat_id: int | None, bot: int) -> bool:
        return (
            self.used < self.times
            and self.method.lower() in ("*", method.lower())
            and self.chat_id in (None, chat_id)
            and self.bot in (None, bot)
        )

    def refusal(self) -> Refusal:
        """The answer of every kind that is not about the connection."""
        if self.kind == "refuse":
            return Refusal(self.code, self.detail)
        code, detail = REFUSALS[self.kind]
        if self.kind == "retry_after":
            return Refusal(code, detail.format(retry_after=self.retry_after), retry_after=self.retry_after)
        if self.kind == "migrate" and self.migrate_to_chat_id is not None:
            return Refusal(code, detail, migrate_to_chat_id=self.migrate_to_chat_id)
        return Refusal(code, detail)

    def view(self) -> Json:
        return asdict(self)


class Faults:
    """The rules in the order in which they were added; the first that matches a call spoils it."""

    def __init__(self) -> None:
        self.rules: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        self.rules.append(fault)
        return fault

    def clear(self) -> None:
        self.rules.clear()

    def take(self, method: str, chat_id: int | None, bot: int) -> Fault | None:
        """The fault for this call, used up by one."""
        for rule in self.rules:
            if not rule.matches(method, chat_id, bot):
                continue
            if rule.skip > 0:
                rule.skip -= 1
                continue
            rule.used += 1
            return rule
        return None
