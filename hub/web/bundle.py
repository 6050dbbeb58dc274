"""The built styles, scripts and icons: their addresses by content, and how they are served."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC_DIR = Path(__file__).parent / "static"
STATIC_PATH = "/static"
#: A file's name holds a digest of its content, so a browser may keep it for good.
FOREVER = "public, max-age=31536000, immutable"


class NotBuilt(Exception):  # noqa: N818 -- read as a sentence in the log
    """The package was installed without its build step; `make install` repairs it."""


@dataclass(frozen=True, slots=True)
class Bundle:
    files: dict[str, str]
    icons: dict[str, str]


@cache
def bundle() -> Bundle:
    """What the last build made; read once per process."""
    manifest = STATIC_DIR / "manifest.json"
    if not manifest.exists():
        raise NotBuilt("The styles and scripts are not built. Run `make install`.")
    content = json.loads(manifest.read_text(encoding="utf-8"))
    return Bundle(files=content["files"], icons=content["icons"])


def asset(name: str) -> str:
    """The address of a built file: `asset("app.css")` is `/static/app.<digest>.css`."""
    return f"{STATIC_PATH}/{bundle().files[name]}"


def icon(name: str, extra: str = "") -> Markup:
    """An icon drawn inline in the text's colour; hidden from screen readers, so it needs words beside it."""
    drawing = Markup(bundle().icons[name])  # noqa: S704 -- drawn by our own build from an npm package
    return Markup(
        '<svg class="icon {extra}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
        'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{drawing}</svg>'
    ).format(extra=extra, drawing=drawing)


class BuiltFiles(StaticFiles):
    """Serves the bundle: kept by browsers for good, and as gzip made at build time where that is accepted."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC_DIR, check_dir=False)

    async def get_response(self, path: str, scope: Scope) -> Response:
        accepted = dict(scope["headers"]).get(b"accept-encoding", b"")
        packed = f"{path}.gz"
        if b"gzip" in accepted and path in bundle().files.values() and (STATIC_DIR / packed).exists():
            response = await super().get_response(packed, scope)
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Type"] = media_type(path)
        else:
            response = await super().get_response(path, scope)
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = FOREVER
        return response


def media_type(path: str) -> str:
    kinds = {
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".svg": "image/svg+xml",
    }
    return kinds.get(Path(path).suffix, "application/octet-stream")


def template_globals() -> dict[str, Any]:
    """What templates call of the bundle."""
    return {"asset": asset, "icon": icon}
