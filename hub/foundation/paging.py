"""Keyset pages: a cursor names the last row shown, so page 1,000 costs what page 1 does."""

import base64
import json
from dataclasses import dataclass
from typing import Generic, TypeVar

from hub.foundation.errors import HubError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    items: tuple[T, ...]
    next: str | None = None


def write_cursor(*values: str | int) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def read_cursor(cursor: str | None, *shape: type) -> tuple[str | int, ...] | None:
    """The values written; HubError("bad_cursor") when it is not one of ours."""
    if not cursor:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        raise HubError("bad_cursor") from None
    if not isinstance(values, list) or [type(v) for v in values] != list(shape):
        raise HubError("bad_cursor")
    if any(isinstance(v, int) and abs(v) > 2**62 for v in values):
        raise HubError("bad_cursor")
    return tuple(values)
