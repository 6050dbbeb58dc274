"""The whole of Qabul as `make run` starts it, in a process of its own: web, bot, worker, playground.

with running_household(folder) as home:
    home.url, home.playground           # addresses
    home.password("health")             # of a demo sign-in
    home.log()                          # what the process wrote on stderr
"""

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.hub.processes.commands import environment, qabul, running
from tests.real_parts.ports import free_port

STOP_SECONDS = 40


@dataclass
class Household:
    """`ready_after`: seconds from the start of the process to its word "Ready"."""

    folder: Path
    url: str
    playground: str
    process: "subprocess.Popen[str]"
    ready_after: float

    def password(self, login: str) -> str:
        people = json.loads((self.folder / "demo-sign-ins.json").read_text(encoding="utf-8"))
        return str(next(one["password"] for one in people if one["login"] == login))

    def log(self) -> str:
        return (self.folder / "run.log").read_text(encoding="utf-8", errors="replace")

    def memory(self) -> float:
        """Resident memory of the process in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found is not None
        return int(found.group(1)) / 1024

    def token(self, login: str, role: str, agency: str | None = None) -> dict[str, str]:
        """The header of a new official's program; works beside the running process."""
        where = ["--agency", agency] if agency else []
        made = qabul(self.folder, "official", "add", login, "--role", role, "--token", *where)
        assert made.returncode == 0, made.stderr
        return {"Authorization": f"Bearer {json.loads(made.stdout)['token']}"}

    def stop(self) -> int:
        """As Ctrl-C does; the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(STOP_SECONDS)


@contextmanager
def running_household(folder: Path, **settings: Any) -> Iterator[Household]:
    """Ready to be used; AssertionError with the log when it does not come up."""
    port, playground = free_port(), free_port()
    chosen = {"port": str(port), "playground_port": str(playground)} | settings
    begun = time.monotonic()
    with running(folder, "run", **chosen) as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if line.startswith("Ready"):
                break
        else:
            raise AssertionError("".join(said) + (folder / "run.log").read_text(encoding="utf-8"))
        yield Household(
            folder,
            f"http://127.0.0.1:{port}",
            f"http://127.0.0.1:{playground}",
            process,
            time.monotonic() - begun,
        )
        if process.poll() is None:
            os.kill(process.pid, signal.SIGINT)
            process.wait(STOP_SECONDS)


__all__ = ["Household", "environment", "running_household"]
