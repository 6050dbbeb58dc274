"""Bot API methods, one subject a file; importing the package fills the table."""

from bot.playground.methods import (
    chats,
    commands,
    edits,
    files,
    forum,
    media,
    messages,
    profile,
    queries,
    transfer,
    updates,
)

__all__ = [
    "chats",
    "commands",
    "edits",
    "files",
    "forum",
    "media",
    "messages",
    "profile",
    "queries",
    "transfer",
    "updates",
]
