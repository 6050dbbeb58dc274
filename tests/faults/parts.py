"""A PostgreSQL and a broker of the test's own, to be killed and started again."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from tests.real_parts.ports import free_port, listens, wait_until
from tests.real_parts.postgres import accepts, create_cluster, serve_cluster, server_binaries
from tests.real_parts.valkey import server_binary


class OwnPostgres:
    """Durable settings: what it has acknowledged survives its own `kill -9`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._binaries, self._account = server_binaries(folder)
        if self._account:
            shutil.chown(folder, self._account)
        create_cluster(self._binaries, folder / "data", self._account)
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        server = serve_cluster(self._binaries, self.folder, self._account, self.port)
        self._server = server
        assert wait_until(lambda: accepts(self.port), lambda: server.poll() is None), (
            "PostgreSQL does not start"
        )

    def stop(self, how: int = signal.SIGQUIT) -> None:
        """SIGQUIT is the immediate shutdown: every connection is cut, nothing is tidied."""
        if self._server is not None and self._server.poll() is None:
            self._server.send_signal(how)
            self._server.wait(30)


@contextmanager
def own_postgres() -> Iterator[OwnPostgres]:
    folder = Path(tempfile.mkdtemp(prefix="qabul-own-pg-"))
    try:
        postgres = OwnPostgres(folder)
        postgres.start()
        try:
            yield postgres
        finally:
            postgres.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Broker:
    """A Valkey that keeps nothing on disk: killed, it forgets every task it held."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._command = [
            server_binary(),
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--dir",
            str(folder),
        ]
        self._command += ["--appendonly", "no", "--save", "", "--daemonize", "no"]
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        server = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._server = server
        assert wait_until(lambda: listens(self.port), lambda: server.poll() is None), "no broker"

    def empty(self) -> None:
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    def kill(self) -> None:
        if self._server is not None and self._server.poll() is None:
            os.kill(self._server.pid, signal.SIGKILL)
            self._server.wait()


@contextmanager
def own_broker(*, started: bool = True) -> Iterator[Broker]:
    folder = Path(tempfile.mkdtemp(prefix="qabul-broker-"))
    broker = Broker(folder)
    try:
        if started:
            broker.start()
        yield broker
    finally:
        broker.kill()
        shutil.rmtree(folder, ignore_errors=True)
