"""Test hook: `QABUL_FAULT=point:n` kills the process, as `kill -9` would, at the n-th pass of a named point.

Points are those of the fault tests: K1 ... K12 (see `docs/`). Production refuses to start with it set.
"""

import os
import signal
from collections import Counter

_armed: dict[str, int] = {}
_passed: Counter[str] = Counter()


def arm(fault: str) -> None:
    """`K5:3` kills at the third pass of K5; empty disarms. ValueError when it cannot be read."""
    _armed.clear()
    _passed.clear()
    if fault:
        point, _, count = fault.partition(":")
        _armed[point] = int(count or "1")


def reach(point: str) -> None:
    if not _armed:
        return
    _passed[point] += 1
    if _passed[point] == _armed.get(point):
        os.kill(os.getpid(), signal.SIGKILL)
