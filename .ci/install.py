"""Brings `.venv` up to date with the lock file, the project and its built assets; quick when nothing changed.

Runs under any Python >= 3.11 with nothing but the standard library. Packages are installed by uv with hashes
checked; uv reads nothing of pip's configuration, so the index, certificate and wheel folders that pip uses
are handed over.
"""

import ast
import fcntl
import hashlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements.lock"
#: Written after a complete installation: digest of INPUTS, a space, the checkout it belongs to.
STAMP = VENV / ".installed"
#: What decides whether the packages or the project's own metadata must be installed again.
INPUTS = (LOCK, ROOT / "pyproject.toml", ROOT / "hatch_build.py")

#: pip's option -> uv's variable, for those that hold one value.
SINGLE_OPTIONS = {
    "index-url": "UV_DEFAULT_INDEX",
    "cert": "SSL_CERT_FILE",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "timeout": "UV_HTTP_TIMEOUT",
    "proxy": "ALL_PROXY",
}
#: The same for options that hold a list; the second item is what separates values in uv's variable.
LIST_OPTIONS = {
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "trusted-host": ("UV_INSECURE_HOST", " "),
}


def main() -> int:
    with (ROOT / "pyproject.toml").open() as checkout:
        fcntl.flock(checkout, fcntl.LOCK_EX)  # two `make` at once take turns
        try:
            make_venv()
            install_packages()
            build_assets()
        except subprocess.CalledProcessError as failure:
            say(f"Installation stopped: `{' '.join(failure.cmd[:6])} ...` exited {failure.returncode}.")
            say("The reason is printed above; a second `make install` goes on from there.")
            return 1
    return 0


def make_venv() -> None:
    works = (
        PYTHON.exists() and subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode == 0
    )
    # A checkout that was copied or moved brings an environment whose scripts still point to the old place.
    home = STAMP.read_text().partition(" ")[2] if STAMP.exists() else str(ROOT)
    if works and home == str(ROOT):
        return
    say(f"Making .venv with Python {sys.version.split()[0]}")
    try:
        run(sys.executable, "-m", "venv", "--clear", VENV)
    except subprocess.CalledProcessError:
        say(
            "Python cannot make a virtual environment here. On Debian or Ubuntu: apt-get install python3-venv"
        )
        raise


def install_packages() -> None:
    wanted = f"{digest(INPUTS)} {ROOT}"
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    say("Installing the locked packages (a minute on a cold cache)")
    project = ("--no-deps", "--no-build-isolation", "-e", ROOT)
    uv = bootstrap_uv()
    if uv is not None:
        environment = uv_environment(pip_options(), os.environ)
        if sync(uv, environment):
            run(uv, "pip", "install", "-q", "--python", PYTHON, *project, env=environment)
            STAMP.write_text(wanted)
            return
        say("uv could not install the lock; trying pip, which is slower")
    run(PYTHON, "-m", "pip", "install", "-q", "--require-hashes", "-r", LOCK)
    run(PYTHON, "-m", "pip", "install", "-q", *project)
    STAMP.write_text(wanted)


def sync(uv: Path, environment: Mapping[str, str]) -> bool:
    command = (uv, "pip", "install", "-q", "--python", PYTHON, "--require-hashes", "-r", LOCK)
    return subprocess.run(command, env=dict(environment), cwd=ROOT).returncode == 0


def bootstrap_uv() -> Path | None:
    """uv inside the venv, at the version and hash of the lock file; None where it cannot be had."""
    uv = VENV / "bin" / "uv"
    wanted = locked(LOCK.read_text(), "uv")
    if wanted is None:
        return uv if uv.exists() else None
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as requirement:
        requirement.write(wanted)
        requirement.flush()
        command = (PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check")
        done = subprocess.run([*command, "--require-hashes", "-r", requirement.name], cwd=ROOT)
    return uv if done.returncode == 0 and uv.exists() else None


def locked(lock: str, name: str) -> str | None:
    """The lines of one package in a lock file, hashes included."""
    found = re.search(rf"^{re.escape(name)}==.*\n(?:[ ].*\n?)*", lock, re.MULTILINE)
    return found.group(0) if found else None


def pip_options() -> dict[str, str]:
    """What pip would use here: its configuration files, then PIP_* variables, the later winning."""
    listing = subprocess.run([PYTHON, "-m", "pip", "config", "list"], capture_output=True, text=True).stdout
    return parse_pip_options(listing)


def parse_pip_options(listing: str) -> dict[str, str]:
    """`pip config list` as option -> value; sections of pip's other commands are left out."""
    found: dict[str, dict[str, str]] = {"global": {}, "install": {}, ":env:": {}}
    for line in listing.splitlines():
        key, _, value = line.partition("=")
        section, _, option = key.partition(".")
        if section in found and value:
            found[section][option] = str(ast.literal_eval(value))
    return found["global"] | found["install"] | found[":env:"]


def uv_environment(options: Mapping[str, str], environment: Mapping[str, str]) -> dict[str, str]:
    """`environment` with pip's options added in uv's words; a variable that is set already is left alone."""
    added = {SINGLE_OPTIONS[name]: value for name, value in options.items() if name in SINGLE_OPTIONS}
    for name, (variable, separator) in LIST_OPTIONS.items():
        if options.get(name):
            added[variable] = separator.join(options[name].split())
    if options.get("no-index", "").lower() in {"1", "true", "yes", "on"}:
        added["UV_NO_INDEX"] = "1"
    # Like pip: every index is asked for every package. The hashes say which file is the right one.
    added["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return added | dict(environment)


def build_assets() -> None:
    """Rebuilds styles, scripts and catalogues if their sources changed since the last time."""
    run(PYTHON, ROOT / "hatch_build.py")


def digest(paths: Iterable[Path]) -> str:
    sums = [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]
    return hashlib.sha256("".join(sums).encode()).hexdigest()


def run(*command: object, env: Mapping[str, str] | None = None) -> None:
    subprocess.run([str(part) for part in command], check=True, cwd=ROOT, env=dict(env) if env else None)


def say(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    sys.exit(main())
