"""What each run was like is told at the end, so that "nothing was lost" always comes with its N."""

from collections.abc import Callable, Iterator

import pytest

from tests.faults.checker import Report
from tests.faults.nursery import Nursery, open_nursery

SHOWN: list[str] = []
Tell = Callable[[Report], None]


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    with open_nursery() as opened:
        yield opened


@pytest.fixture
def tell(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> Tell:
    """Puts a report into the test's record and into the summary at the end of the run."""

    def told(report: Report) -> None:
        for name, value in report.figures().items():
            record_property(name, value)
        SHOWN.append(f"{request.node.name}\n{report}")

    return told


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if SHOWN:
        terminalreporter.section("what was killed, and what came of it")
        for lines in SHOWN:
            terminalreporter.line(lines)
