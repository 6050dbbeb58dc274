"""The database as the checker sees it: its own SQL, its own connection, no model of the hub."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that is checked, read in one transaction."""

    arrivals: list[Row]  # id, update_id, chat_key, state, received_at, handled_at
    outbox: list[Row]  # id, address_id, kind, state, tries, ambiguous, provider_id, created_at
    appeals: list[Row]  # id, number, text, channel
    attachments: list[Row]  # appeal_id, state
    finals: list[Row]  # appeal_id, body
    events: list[Row]  # appeal_id, seq
    broken: list[str]  # what the database itself finds wrong


QUERIES = {
    "arrivals": "SELECT id, update_id, chat_key, state, received_at, handled_at FROM arrivals ORDER BY id",
    "outbox": "SELECT id, address_id, kind, state, tries, ambiguous, provider_id, created_at FROM outbox "
    "WHERE channel = 'telegram' ORDER BY id",
    "appeals": "SELECT id, number, text, channel FROM appeals ORDER BY id",
    "attachments": "SELECT appeal_id, state FROM attachments",
    "finals": "SELECT appeal_id, body FROM messages WHERE final",
    "events": "SELECT appeal_id, seq FROM appeal_events ORDER BY appeal_id, seq",
}
OPEN_WORK = (
    "SELECT (SELECT count(*) FROM arrivals WHERE state = 'pending')"
    " + (SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending', 'uncertain'))"
    " + (SELECT count(*) FROM attachments WHERE state = 'pending' AND source IS NOT NULL)"
)


def read_records(url: str) -> Records:
    """`url` is a setting's address: `sqlite+aiosqlite:///path` or `postgresql+psycopg://...`."""
    broken: list[str] = []
    if url.startswith("sqlite"):
        with sqlite3.connect(_path(url), timeout=30, isolation_level=None) as lite:
            lite.execute("BEGIN")
            found = {name: lite.execute(query).fetchall() for name, query in QUERIES.items()}
            lite.execute("COMMIT")
            broken += [str(row[0]) for row in lite.execute("PRAGMA integrity_check") if row[0] != "ok"]
            broken += [f"foreign key: {row}" for row in lite.execute("PRAGMA foreign_key_check")]
        lite.close()
    else:
        with psycopg.connect(_plain(url)) as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            found = {name: connection.execute(query).fetchall() for name, query in QUERIES.items()}
    return Records(**found, broken=broken)


def open_work(url: str) -> int:
    """Rows that somebody still has to deal with; raises psycopg's error while the database is away."""
    if url.startswith("sqlite") and not Path(_path(url)).exists():
        return 1
    return int(query(url, OPEN_WORK)[0][0])


def query(url: str, sql: str) -> list[Row]:
    """Any reading, in a connection of its own."""
    if url.startswith("sqlite"):
        lite = sqlite3.connect(_path(url), timeout=30)
        try:
            return lite.execute(sql).fetchall()
        finally:
            lite.close()
    with psycopg.connect(_plain(url), connect_timeout=3) as connection:
        return connection.execute(sql).fetchall()


def _path(url: str) -> str:
    return str(Path(url.partition(":///")[2]))


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://", 1)
