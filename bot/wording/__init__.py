"""Frozen views of the hub as messages for a chat: plain text in the language in force."""
