"""`make run`: everything in one process, and a clean end."""

import json
import signal
import sqlite3
import urllib.request
from pathlib import Path

from tests.hub.processes.commands import qabul, running
from tests.real_parts.ports import free_port


def test_one_command_brings_everything_up_and_takes_it_down(tmp_path: Path) -> None:
    port, playground = free_port(), free_port()
    settings = {"port": str(port), "playground_port": str(playground)}
    with running(tmp_path, "run", **settings) as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if line.startswith("Ready"):
                break
        printed = "".join(said)
        assert f"http://127.0.0.1:{port}/" in printed, (tmp_path / "run.log").read_text()
        assert f"http://127.0.0.1:{playground}/" in printed
        assert "supervisor" in printed
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
            assert json.load(answer) == {
                "ready": True,
                "database": "ok",
                "migrations": "ok",
                "outbox": "ok",
            }
            assert answer.headers["content-security-policy"].startswith(
                "default-src 'none'; script-src 'self'"
            )
        second = qabul(tmp_path, "run", **settings)
        assert (second.returncode, len(second.stderr.strip().splitlines())) == (1, 1)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert "Traceback" not in (tmp_path / "run.log").read_text()
    with sqlite3.connect(tmp_path / "qabul.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM officials").fetchone()[0] >= 12


def test_a_taken_port_is_said_in_one_sentence(tmp_path: Path) -> None:
    port = free_port()
    with running(tmp_path, "playground", playground_port=str(port)) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Playground: ")
        refused = qabul(tmp_path, "playground", playground_port=str(port))
        assert refused.returncode == 1
        assert f"127.0.0.1:{port}" in refused.stderr
        assert len(refused.stderr.strip().splitlines()) == 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
