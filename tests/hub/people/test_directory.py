"""The administrator's roll: everybody once, with their posts; nobody else may read it."""

import pytest

from hub.foundation.db import Database
from hub.foundation.errors import HubError
from hub.foundation.vocabulary import Role
from hub.people import officials
from hub.people.directory import list_officials
from tests.hub.appeals.conftest import People, people

__all__ = ["people"]
pytestmark = pytest.mark.anyio


async def test_everybody_stands_there_once(database: Database, people: People) -> None:
    async with database.unit_of_work() as uow:
        await officials.disable(uow, "builder")
    async with database.reading() as uow:
        first = await list_officials(uow, people.admin, limit=5)
        rest = await list_officials(uow, people.admin, first.next, limit=5)
        lines = {line.login: line for line in (*first.items, *rest.items)}
        assert len(lines) == len(first.items) + len(rest.items) == 9
        assert rest.next is None
        assert lines["doctor"].posts == ((Role.OFFICIAL, "health"),)
        assert lines["supervisor"].posts == ((Role.SUPERVISOR, None),)
        assert [line.login for line in lines.values() if line.disabled] == ["builder"]
        for actor in (people.doctor, people.minister, people.supervisor, people.auditor):
            with pytest.raises(HubError, match="not_allowed"):
                await list_officials(uow, actor)
        with pytest.raises(HubError, match="bad_cursor"):
            await list_officials(uow, people.admin, "%%%")
