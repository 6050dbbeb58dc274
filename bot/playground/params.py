"""The parameters of one Bot API call, however they were sent: JSON, form or multipart."""

import json
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from bot.playground.refusal import Json, Refusal, bad

BODY_LIMIT = 60 * 1024 * 1024


@dataclass
class Upload:
    content: bytes
    name: str
    mime: str


@dataclass
class Params:
    """Typed reading of loosely typed parameters. An absent, null or empty value counts as not given."""

    values: Json = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        return self.values.get(name) not in (None, "")

    def text(self, name: str, default: str = "") -> str:
        value = self.values.get(name)
        if value is None:
            return default
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int | None = None) -> int | None:
        if not self.has(name):
            return default
        try:
            return int(str(self.values[name]))
        except ValueError:
            raise bad(f"invalid {name} specified") from None

    def need(self, name: str) -> int:
        value = self.integer(name)
        if value is None:
            raise bad(f"{name} is empty" if name == "chat_id" else f'parameter "{name}" is required')
        return value

    def number(self, name: str) -> float:
        try:
            return float(str(self.values.get(name)))
        except ValueError:
            raise bad(f'parameter "{name}" is required') from None

    def flag(self, name: str) -> bool:
        return str(self.values.get(name, "")).lower() in ("true", "1", "yes")

    def data(self, name: str) -> Any:
        """A list or object, sent as JSON or as text of JSON; None when not given."""
        if not self.has(name):
            return None
        value = self.values[name]
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad(f"can't parse {name.replace('_', ' ')} JSON object") from None


async def read_params(request: Request) -> Params:
    """Query string and body of a call; 413 above 60 MB, 400 on a body that cannot be read."""
    values: Json = dict(request.query_params)
    if int(request.headers.get("content-length") or 0) > BODY_LIMIT:
        raise Refusal(413)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    files: dict[str, Upload] = {}
    if kind == "application/json":
        try:
            body = json.loads(await request.body() or b"{}")
        except ValueError:
            raise bad("can't parse JSON object") from None
        if not isinstance(body, dict):
            raise bad("expected a JSON object")
        values |= body
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        async with request.form(max_fields=200, max_part_size=BODY_LIMIT) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    mime = value.content_type or "application/octet-stream"
                    files[name] = Upload(await value.read(), value.filename or name, mime)
                else:
                    values[name] = value
    return Params(values, files)
