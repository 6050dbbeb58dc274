"""The policy and the calendar that the country pack ships."""

from collections.abc import Callable

import pytest

from hub.clocks.calendar import WorkingCalendar
from hub.clocks.due import PACKS, pack_calendar
from hub.clocks.policy import Policy, load_policy
from hub.clocks.term_types import Term
from tests.hub.clocks.cases import Count

PACK = PACKS / "uz"


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load_policy(PACK / "policies" / "uz-445.toml")


@pytest.fixture(scope="session")
def calendar(policy: Policy) -> WorkingCalendar:
    return pack_calendar(PACK, policy)


@pytest.fixture(scope="session")
def count(policy: Policy, calendar: WorkingCalendar) -> Callable[..., Term]:
    return Count(policy, calendar)
