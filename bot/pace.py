"""How fast Telegram lets a bot speak: about 30 messages a second in all, one a second to a chat, with bursts.

Telegram publishes no exact numbers; a 429 with `retry_after` is the truth and is always obeyed.
"""

import time
from dataclasses import dataclass, field


@dataclass
class Bucket:
    """Tokens that come back at `rate` a second, at most `size` of them."""

    size: float
    rate: float
    tokens: float = field(init=False)
    at: float = field(init=False)

    def __post_init__(self) -> None:
        self.tokens, self.at = self.size, time.monotonic()

    def wait(self) -> float:
        """Seconds until a token is there; 0 takes one."""
        now = time.monotonic()
        self.tokens = min(self.size, self.tokens + (now - self.at) * self.rate)
        self.at = now
        if self.tokens >= 1:
            self.tokens -= 1
            return 0.0
        return (1 - self.tokens) / self.rate


class Pace:
    """One per bot account. `limited=False` for a server of our own, whose 429 alone decides."""

    def __init__(self, *, limited: bool = True) -> None:
        self._limited = limited
        self._all = Bucket(30, 28)
        self._chats: dict[str, Bucket] = {}
        self._shut: dict[str, float] = {}

    def wait(self, chat: str) -> float:
        """Seconds to wait before the next message to `chat`; 0 means now, and counts it."""
        now = time.monotonic()
        shut = self._shut.get(chat, 0.0)
        if shut > now:
            return shut - now
        self._shut.pop(chat, None)
        if not self._limited:
            return 0.0
        if len(self._chats) > 10_000:
            self._chats.clear()
        return self._chats.setdefault(chat, Bucket(20, 1)).wait() or self._all.wait()

    def shut(self, chat: str, seconds: float) -> None:
        """Telegram told us to be silent towards `chat`."""
        self._shut[chat] = time.monotonic() + seconds
