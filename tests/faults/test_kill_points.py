"""The bot killed at each named point of an update's way, one after another, while people talk.

K1 an answer of getUpdates in hand, nothing stored; K2 in the middle of storing a batch; K3 stored, not yet
confirmed; K4 handled, not yet committed; K5 committed, nobody woken; K6 a message picked, not yet leased; K7
a file fetched, not yet noted; K8 a message leased, not yet sent; K9 its bytes are out and no answer came; K10
the answer is in hand, not yet written down; K11 written down. Each restart is at once the recovery from one
point and the way to the next.
"""

import random
from pathlib import Path

import pytest

from tests.faults.citizens import ACTS
from tests.faults.conftest import Tell
from tests.faults.nursery import Nursery
from tests.faults.rig import Rig, open_rig

pytestmark = [pytest.mark.anyio, pytest.mark.slow]

POINTS = ("K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8", "K9", "K10", "K11")
#: People who talk while one point is waited for; their updates must reach the point this often.
PEOPLE = 1
LATEST_PASS = {"K1": 3, "K3": 3, "K7": 3}
USUAL_PASS = 12


async def test_the_bot_falls_at_every_point_and_nothing_is_lost(
    tmp_path: Path, nursery: Nursery, tell: Tell
) -> None:
    async with open_rig(tmp_path, nursery=nursery) as rig:
        rig.fill_agencies()
        await walk(rig, seed=1)
        report = rig.check()
        tell(report)
        assert report.sound, report
        assert report.kills == len(POINTS)
        assert report.of("update -> arrival").total == len(POINTS) * PEOPLE * ACTS
        assert (
            report.of("outbox -> chat").allowed >= 1
        )  # K9 and K10 do send a second copy: that was no idle run


async def walk(rig: Rig, seed: int, points: tuple[str, ...] = POINTS, name: str = "w") -> None:
    """One fall at each point, each among new people; returns when everybody has been answered."""
    chance = random.Random(seed)
    loads = []
    for place, point in enumerate(points):
        latest = LATEST_PASS.get(point, USUAL_PASS)
        fault = "" if point == "K9" else f"{point}:{chance.randint(1, latest)}"
        rig.processes.start("bot", fault=fault)
        loads.append(rig.crowd(chance.randint(0, 10**6), PEOPLE, f"{name}{place}"))
        if point == "K9":
            await fall_while_sending(rig, skip=chance.randint(0, USUAL_PASS))
        else:
            await rig.fall("bot")
        rig.history.kills[-1] = (rig.history.kills[-1][0], point)
    rig.processes.start("bot")
    for load in loads:
        await rig.finish(load)
    await rig.settled()


async def fall_while_sending(rig: Rig, skip: int) -> None:
    """K9: the playground has delivered and keeps its answer back; the bot dies waiting for it."""
    await rig.served.client.fault("hang_after", method="sendMessage", seconds=3, skip=skip)
    rules = rig.served.playground.faults.rules
    await rig.until(lambda: rules[-1].used > 0, "a message that hangs")
    rig.kill("bot")
