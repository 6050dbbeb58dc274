"""One caller is one network; officials' programs have a pace of their own."""

import pytest

from hub.foundation.errors import HubError
from hub.foundation.pace import RATES, Pace, network_of
from hub.foundation.settings import Settings


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        ("2001:db8:1:2::1", "2001:0db8:0001:0002"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("", "unknown"),
        ("testclient", "unknown"),
    ],
)
def test_network_of(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.anyio
async def test_a_token_is_counted_by_its_official_wherever_it_calls_from(settings: Settings) -> None:
    pace = Pace(settings)
    for number in range(RATES["token"].amount):
        await pace.check("write", f"203.0.113.{number % 200}", official_id=1)
    with pytest.raises(HubError, match="too_many_requests"):
        await pace.check("read", "198.51.100.1", official_id=1)
    await pace.check("read", "198.51.100.1", official_id=2)
    await pace.check("read", "198.51.100.1")
