"""`docs/settings.md` and `.env.example`, written from the settings: `python -m tests.house.settings_page`."""

import re
from pathlib import Path
from typing import Any, get_args

from pydantic.fields import FieldInfo

from hub.foundation.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "settings.md"
EXAMPLE = ROOT / ".env.example"

PAGE_HEAD = """# Settings

Environment variables, or lines of a `.env` file in the working directory; the environment wins.
Every one may also be read from a file, for secrets: `QABUL_SECRET_KEY_FILE=/run/secrets/key`.
This page is written from the settings class by `python -m tests.house.settings_page`; a test compares them.

| variable | default | meaning |
|---|---|---|
"""
EXAMPLE_HEAD = """# Copy to `.env` and uncomment what you change. With nothing set, `make run` works.
# `docs/settings.md` is the same list as a table.
"""


def page() -> str:
    rows = [f"| `{variable(name)}` | {default(field)} | {meaning(field)} |" for name, field in fields()]
    return PAGE_HEAD + "\n".join(rows) + "\n"


def example() -> str:
    blocks = [
        f"\n# {field.description}\n# {variable(name)}={plain_default(field)}\n" for name, field in fields()
    ]
    return EXAMPLE_HEAD + "".join(blocks)


def fields() -> list[tuple[str, FieldInfo]]:
    return list(Settings.model_fields.items())


def variable(name: str) -> str:
    return f"{PREFIX}{name.upper()}"


def default(field: FieldInfo) -> str:
    text = plain_default(field)
    return f"`{text}`" if text else "empty"


def plain_default(field: FieldInfo) -> str:
    value: Any = field.get_default(call_default_factory=False)
    return "" if value is None else str(value)


def meaning(field: FieldInfo) -> str:
    choices = [choice for choice in get_args(field.annotation) if isinstance(choice, str)]
    text = re.sub(r"\s+", " ", field.description or "").replace("|", "\\|")
    return f"{text} One of: {', '.join(f'`{choice}`' for choice in choices)}." if choices else text


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    EXAMPLE.write_text(example(), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)} and {EXAMPLE.name} are written")
