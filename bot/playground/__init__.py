"""The playground: a Telegram Bot API stand-in on loopback, with a browser chat page.

The real, unmodified bot talks to it through its API address, people talk to the bot through the page, and
tests
do both over HTTP, with faults. Everything is kept in memory and is gone when the process ends.
Production refuses to start it (see the setting `QABUL_ENVIRONMENT`).
"""

from bot.playground.app import create_playground, open_playground, serve
from bot.playground.client import PlaygroundClient, PlaygroundUser
from bot.playground.state import Playground

__all__ = [
    "Playground",
    "PlaygroundClient",
    "PlaygroundUser",
    "create_playground",
    "open_playground",
    "serve",
]
