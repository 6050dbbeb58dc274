"""The built styles and scripts: what pages load, and what they weigh on a slow network."""

import json
import re
from pathlib import Path

import hatch_build
from hub.web.bundle import STATIC_DIR, asset, bundle, icon

ROOT = Path(__file__).parent.parent.parent
TEMPLATES = ROOT / "hub" / "web" / "templates"
#: A public page loads one style sheet and one small picture; the page itself needs the rest of the 30 KB.
PUBLIC_BUDGET = 16_000


def test_the_build_is_of_these_sources() -> None:
    assert hatch_build.built_from(STATIC_DIR / "manifest.json") == hatch_build.fingerprint(ROOT), (
        "run `make install`"
    )


def test_the_public_style_sheet_stays_small() -> None:
    packed = [
        (STATIC_DIR / f"{bundle().files[name]}.gz").stat().st_size for name in ("public.css", "favicon.svg")
    ]
    assert sum(packed) <= PUBLIC_BUDGET


def test_names_follow_the_content() -> None:
    assert re.fullmatch(r"/static/app\.[0-9a-f]{10}\.css", asset("app.css"))


def test_every_icon_a_template_draws_was_built() -> None:
    drawn = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(
            r"""(?:icon\(|icon_name=)["']([a-z0-9-]+)["']""", path.read_text(encoding="utf-8")
        )
    }
    assert drawn - set(bundle().icons) == set()
    assert "<svg" in icon("inbox")


def test_templates_keep_the_content_security_policy() -> None:
    """No inline style, handler or script: the policy would refuse them."""
    refused = re.compile(
        r"""\sstyle=["']|\son[a-z]+=["']|hx-on|<style|<script(?![^>]*(?:src=|application/json))"""
    )
    found = [
        f"{path.relative_to(ROOT)}: {match.group(0)}"
        for path in TEMPLATES.rglob("*.html")
        if (match := refused.search(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_the_lock_of_npm_names_no_registry() -> None:
    lock = json.loads((ROOT / "hub/web/assets/package-lock.json").read_text(encoding="utf-8"))
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert [name for name, package in lock["packages"].items() if name and "integrity" not in package] == []
