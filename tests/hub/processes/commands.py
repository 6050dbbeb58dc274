"""Running `qabul` as its own process, with settings of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[3]


def environment(data_dir: Path, **settings: str) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("QABUL_")}
    return {
        **inherited,
        "QABUL_DATA_DIR": str(data_dir),
        "PYTHONPATH": str(ROOT),
        **{f"QABUL_{name.upper()}": value for name, value in settings.items()},
    }


def qabul(
    data_dir: Path, *arguments: str, stdin: str = "", **settings: str
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "hub", *arguments],
        env=environment(data_dir, **settings),
        cwd=data_dir,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


@contextmanager
def running(data_dir: Path, *arguments: str, **settings: str) -> "Iterator[subprocess.Popen[str]]":
    """The command in a process group of its own, killed at the end if it still runs."""
    with (data_dir / f"{arguments[0]}.log").open("a") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "hub", *arguments],
            env=environment(data_dir, **settings),
            cwd=data_dir,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def eventually(true: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False
