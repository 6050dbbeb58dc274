"""Processes of the hub that are born in milliseconds: forked from one that has imported everything.

`python -m tests.faults.nursery` reads one JSON order a line (`argv`, `env`, `cwd`, `log`), forks, and in the
child runs the very command line `python -m hub <argv>`. Only two things differ from a fresh process: modules
are imported already, and the library of the country pack, which never changes, is built already. That makes
thousands of kills affordable; the tests with fresh processes stand beside it.
"""

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
TICK = 0.02


class Forked:
    """What `subprocess.Popen` is for a child, for a grandchild."""

    def __init__(self, pid: int, folder: Path) -> None:
        self.pid = pid
        self._exit = folder / str(pid)
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None and self._exit.exists():
            self.returncode = int(self._exit.read_text())
        return self.returncode

    def wait(self, timeout: float = 60) -> int:
        end = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout)
            time.sleep(TICK)
        assert self.returncode is not None
        return self.returncode

    def terminate(self) -> None:
        os.kill(self.pid, signal.SIGTERM)


class Nursery:
    def __init__(self, process: "subprocess.Popen[str]", folder: Path) -> None:
        self._process = process
        self._folder = folder

    def start(self, argv: list[str], env: dict[str, str], cwd: Path, log: Path) -> Forked:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        order = {"argv": argv, "env": env, "cwd": str(cwd), "log": str(log)}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return Forked(int(self._process.stdout.readline()), self._folder)


@contextmanager
def open_nursery() -> Iterator[Nursery]:
    with tempfile.TemporaryDirectory(prefix="qabul-nursery-") as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery", folder],
            cwd=ROOT,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            yield Nursery(process, Path(folder))
        finally:
            process.kill()
            process.wait()


def main(folder: Path) -> None:
    _prepare()
    while True:
        if select.select([sys.stdin.fileno()], [], [], TICK)[0]:
            # Read by the descriptor: what a buffer holds back, select does not see.
            line = _line(sys.stdin.fileno())
            if not line:
                return
            order = json.loads(line)
            pid = os.fork()
            if pid == 0:
                _be(order)
            os.write(1, f"{pid}\n".encode())
        _reap(folder)


def _line(descriptor: int) -> str:
    found = b""
    while not found.endswith(b"\n"):
        piece = os.read(descriptor, 1)
        if not piece:
            return ""
        found += piece
    return found.decode()


def _reap(folder: Path) -> None:
    """The exit code of each ended child into a file named after it, as Popen gives it."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        part = folder / f"{pid}.part"
        part.write_text(str(os.waitstatus_to_exitcode(status)))
        part.rename(folder / str(pid))


def _prepare() -> None:
    """Imports what the commands import, and makes opening the library a matter of looking it up."""
    from importlib import import_module

    from hub import migrations
    from hub.library.library import Library

    for name in ("bot.app", "hub.cli", "hub.cli.serving", "hub.worker"):
        import_module(name)
    migrations.load_models()
    built = cache(Library.open)
    built("uz", "")
    Library.open = built  # type: ignore[method-assign]


def _be(order: dict[str, object]) -> None:
    from hub.cli import main as run

    try:
        os.setsid()
        log = os.open(str(order["log"]), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for source, target in ((nothing, 0), (log, 1), (log, 2)):
            os.dup2(source, target)
        os.chdir(str(order["cwd"]))
        environment: dict[str, str] = order["env"]  # type: ignore[assignment]
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = ["qabul", *order["argv"]]  # type: ignore[misc]
        run()
    except SystemExit as ended:
        sys.stdout.flush()
        os._exit(ended.code if isinstance(ended.code, int) else 1)
    except BaseException:
        import traceback

        traceback.print_exc()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
