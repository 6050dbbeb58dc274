"""The hub's processes, each in a group of its own: started, killed as by `kill -9`, started again."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.nursery import Forked, Nursery

ROOT = Path(__file__).parents[2]


@dataclass
class Processes:
    """Processes on one data folder. `settings` become QABUL_ variables, and no others of that prefix."""

    folder: Path
    settings: dict[str, str]
    nursery: Nursery | None = None
    #: Long-running parts are fresh processes even where there is a nursery, which then serves commands only.
    fresh: bool = False
    running: dict[str, "subprocess.Popen[bytes] | Forked"] = field(default_factory=dict)

    def start(self, name: str, *arguments: str, **extra: str) -> None:
        """`python -m hub <name> <arguments>`; its output goes to `<name>.log` in the data folder."""
        self._start(name, arguments, extra, None if self.fresh else self.nursery)

    def _start(
        self, name: str, arguments: tuple[str, ...], extra: dict[str, str], nursery: Nursery | None
    ) -> None:
        assert not self.alive(name), f"{name} runs already"
        variables = {f"QABUL_{key.upper()}": value for key, value in {**self.settings, **extra}.items()}
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("QABUL_")}
        env = {**inherited, "PYTHONPATH": str(ROOT), "QABUL_DATA_DIR": str(self.folder), **variables}
        if nursery is not None:
            self.running[name] = nursery.start([name, *arguments], env, self.folder, self.log(name))
            return
        with self.log(name).open("ab") as output:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", "hub", name, *arguments],
                env=env,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def alive(self, name: str) -> bool:
        return name in self.running and self.running[name].poll() is None

    def kill(self, name: str) -> None:
        """SIGKILL to the whole group: nothing of it gets to say a last word. It must have been alive."""
        process = self.running[name]
        assert process.poll() is None, f"{name} ended by itself ({process.returncode}): {self.tail(name)}"
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def wait_until_killed(self, name: str, seconds: float) -> bool:
        """True when it fell to SIGKILL by itself (an armed kill point), False when it still runs."""
        try:
            code = self.running[name].wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        assert code == -signal.SIGKILL, f"{name} ended with {code}: {self.tail(name)}"
        return True

    def terminate(self, name: str, seconds: float = 30) -> int:
        """SIGTERM to the process; its exit code."""
        process = self.running[name]
        process.terminate()
        return process.wait(seconds)

    def tail(self, name: str, characters: int = 1500) -> str:
        log = self.log(name)
        return log.read_text(errors="replace")[-characters:] if log.exists() else ""

    def run(self, name: str, *arguments: str) -> str:
        """A command to its end; its output. It must succeed."""
        known = self.log(name).stat().st_size if self.log(name).exists() else 0
        self._start(name, arguments, {}, self.nursery)
        code = self.running.pop(name).wait(120)
        output = self.log(name).read_bytes()[known:].decode(errors="replace")
        assert code == 0, output[-1500:]
        return output

    def end(self) -> None:
        """Whatever still runs is killed; an ended one's number may be somebody else's by now."""
        for process in self.running.values():
            if process.poll() is None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def now() -> float:
    """The clock that the playground's log uses as well."""
    return time.time()
