"""The files of the repository, as git knows them, or as they lie there in an unpacked archive."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
LEFT_OUT = {".git", ".venv", "var", "node_modules", "static", "__pycache__", "dist", "build"}
PICTURES = {".png", ".jpg", ".jpeg", ".webp", ".gif", ".ico", ".pdf", ".woff2", ".mo"}


@cache
def tracked_files() -> tuple[Path, ...]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listing.returncode == 0:
        paths = [ROOT / name for name in listing.stdout.split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if not LEFT_OUT & set(path.relative_to(ROOT).parts)]
    return tuple(path for path in paths if path.is_file())


def text_files() -> list[tuple[str, str]]:
    """Pairs (path in the repository, content) of everything that is text."""
    readable = [path for path in tracked_files() if path.suffix not in PICTURES]
    return [
        (path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8", errors="replace"))
        for path in readable
    ]
