"""The official's pages of a water cut: who else wrote, the list of them, one person's copy joined."""

import re

import pytest

from hub.appeals import waves
from hub.foundation.db import Database
from tests.hub.appeals.conftest import People, Registering
from tests.hub.web.office.conftest import SitDown

pytestmark = pytest.mark.anyio

CHILONZOR = "1726294"


async def test_one_cut_and_many_letters(
    database: Database, people: People, register: Registering, sit_down: SitDown
) -> None:
    first = (await register(district=CHILONZOR)).number
    copy = (await register(district=CHILONZOR)).number
    for _ in range(8):
        await register(people.timur, district=CHILONZOR)
    async with database.unit_of_work() as uow:
        await waves.notice(uow)
    doctor = await sit_down("doctor")

    page = (await doctor.get(f"/appeals/{copy}")).text
    assert f"The same person filed this again while {first} is open." in page
    assert "8 other open appeals are like this one." in page
    listed = (await doctor.get(f"/inbox?similar={copy}")).text
    assert "10 appeals" in listed
    assert f"like {copy}" in listed
    foreign = await (await sit_down("builder")).get(f"/inbox?similar={copy}")
    assert foreign.status_code == 400
    assert copy not in foreign.text.split("<main")[1].replace(f"similar={copy}", "")

    inbox = (await doctor.get("/inbox")).text
    assert "Part of a wave: 10 like this from" in inbox
    assert "Chilonzor" in inbox
    wave = re.search(r'href="(/inbox\?view=all&amp;wave=\d+)"', inbox)
    assert wave is not None
    assert "10 appeals" in (await doctor.get(wave.group(1).replace("&amp;", "&"))).text
    assert (await doctor.get("/inbox?wave=x")).status_code == 400

    assert (await doctor.post(f"/appeals/{copy}/join", {"to": first})).status_code == 303
    page = (await doctor.get(f"/appeals/{copy}")).text
    assert f"Joined to the earlier appeal {first}." in page
    assert (await doctor.post(f"/appeals/{copy}/separation")).status_code == 303
    assert (await doctor.post(f"/appeals/{copy}/separation")).status_code == 409
    page = (await doctor.get(f"/appeals/{copy}")).text
    assert "Join this appeal to it" in page
