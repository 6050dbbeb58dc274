"""The way in for composition roots: `create_playground` (ASGI application) and `serve` (a coroutine)."""

from bot.playground.server import open_playground, serve
from bot.playground.site import create_playground

__all__ = ["create_playground", "open_playground", "serve"]
