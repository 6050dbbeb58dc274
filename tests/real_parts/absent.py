"""A part that cannot run here is said aloud: a skip with its reason at the end, or a failure if required."""

import os
from typing import NoReturn

import pytest

#: part -> why it is not here, for the summary at the end of the run.
ABSENT: dict[str, str] = {}


def required_parts() -> set[str]:
    """Parts named in QABUL_REQUIRE (`browser,postgres,broker`): for these a skip would hide a gap."""
    return {part.strip() for part in os.environ.get("QABUL_REQUIRE", "").split(",") if part.strip()}


def is_absent(part: str, reason: str) -> NoReturn:
    """Skips the test that asked for `part` (browser, postgres, broker), or fails it if required."""
    ABSENT[part] = reason
    if part in required_parts():
        pytest.fail(f"{part} is required by QABUL_REQUIRE but cannot run here: {reason}", pytrace=False)
    pytest.skip(f"{part} cannot run here: {reason}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not ABSENT:
        return
    terminalreporter.section("NOT TESTED ON THIS MACHINE", sep="!", yellow=True, bold=True)
    for part, reason in sorted(ABSENT.items()):
        terminalreporter.line(f"{part}: every test that needs it was skipped: {reason}")
