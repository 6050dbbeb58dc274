"""Everything in one process on SQLite, killed as by `kill -9` in the middle of two hundred updates."""

from pathlib import Path

import pytest

from tests.faults.citizens import ACTS
from tests.faults.conftest import Tell
from tests.faults.rig import kill_in_the_middle, open_rig

pytestmark = [pytest.mark.anyio, pytest.mark.slow]

PEOPLE = 10
SEED = 2


async def test_nothing_is_lost_when_the_whole_of_qabul_is_killed(tmp_path: Path, tell: Tell) -> None:
    async with open_rig(tmp_path) as rig:
        report = await kill_in_the_middle(
            rig, lambda: rig.processes.start("run"), "run", seed=SEED, people=PEOPLE, kills=2
        )
        tell(report)
        assert report.sound, report
        assert report.of("update -> arrival").total == PEOPLE * ACTS
        assert report.of("confirmed -> appeal").total == PEOPLE * 2
        assert rig.processes.terminate("run") == 0, rig.processes.tail("run")
