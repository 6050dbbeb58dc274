"""How often one caller may ask: the doors are for people and their programs, not for floods.

Counted per official for calls with a token, else per address (a /64 for IPv6). Without Redis each process
counts for itself. In development the machine itself is exempt.
"""

from ipaddress import IPv6Address, ip_address
from typing import Literal

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter

from hub.foundation.errors import HubError
from hub.foundation.settings import Settings

Errand = Literal["read", "write", "track", "token"]
RATES: dict[Errand, RateLimitItem] = {
    "read": parse("120/minute"),
    "write": parse("30/minute"),
    # Guessing tracking codes: 50 bits at this pace take longer than the archive lasts.
    "track": parse("30/minute"),
    "token": parse("1200/minute"),
}


class Pace:
    """Counts the calls at one `door` (the API, the pages): a caller's calls there do not count here."""

    def __init__(self, settings: Settings, door: str = "api") -> None:
        self._door = door
        storage = (
            RedisStorage(f"async+{settings.redis_url}", implementation="redispy")
            if settings.redis_url.startswith(("redis://", "rediss://"))
            else MemoryStorage()
        )
        self._limiter = MovingWindowRateLimiter(storage)
        self._exempt_loopback = not settings.production

    async def check(self, errand: Errand, address: str, official_id: int | None = None) -> None:
        """Counts one call; raises HubError("too_many_requests") when it is one too many."""
        if self._exempt_loopback and is_loopback(address):
            return
        if official_id is not None:
            errand, key = "token", f"official:{official_id}"
        else:
            key = network_of(address)
        if not await self._limiter.hit(RATES[errand], self._door, errand, key):
            raise HubError("too_many_requests")


def is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def network_of(address: str) -> str:
    """What counts as one caller: an IPv4 address, or the /64 that one IPv6 subscriber has to themself."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped) if parsed.ipv4_mapped else parsed.exploded[:19]
    return str(parsed)
