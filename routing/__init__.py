"""Fuzzy routing of messages to answers and agencies: a pure library, no database, settings or clock."""

from routing.decide import Router
from routing.types import Decision, Entry, Match

__all__ = ["Decision", "Entry", "Match", "Router"]
