"""Canaries of every kind are thrown at the log; none may sing."""

import logging

import pytest
import structlog

from hub.foundation.logs import configure_logs
from hub.foundation.redaction import BLOT, redact, redact_event

BOT_TOKEN = "7123456789:AAHcanary_canary-canary0123456789"


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        (f"POST https://api.telegram.org/bot{BOT_TOKEN}/sendMessage", BOT_TOKEN),
        ("GET /api/v1/appeals/UZ26-7K3M-Q9XA?code=7K3MQ9XA00&x=1 200", "7K3MQ9XA00"),
        ("{'x-tracking-code': '7K3MQ9XA00'}", "7K3MQ9XA00"),
        ("X-Tracking-Code: 7K3MQ9XA00", "7K3MQ9XA00"),
        ("Authorization: Bearer qabul_0123456789abcdefghijklmnop", "0123456789abcdefghij"),
        ("token qabul_0123456789abcdefghijklmnop given", "0123456789abcdefghij"),
        ("cannot reach redis://user:hunter2@10.0.0.1:6379/0", "hunter2"),
        ("smtp://qabul:pa55word@mail", "pa55word"),
        ("mailbox full: dilnoza.karimova@example.uz", "dilnoza"),
        ("called +998 90 123-45-67 twice", "123-45-67"),
        ("GET /inbox?q=Karimova", "Karimova"),
    ],
)
def test_secrets_are_blotted_out(line: str, secret: str) -> None:
    assert secret not in redact(line)
    assert BLOT in redact(line)


@pytest.mark.parametrize(
    "line",
    [
        "answered GET /api/v1/appeals/{number} 200 12 ms",
        "2026-03-02T05:00:00Z",
        "appeal UZ26-7K3M-Q9XA due 2026-03-17",
    ],
)
def test_ordinary_lines_stay(line: str) -> None:
    assert redact(line) == line


def test_private_fields_are_hidden_whatever_they_hold() -> None:
    event = {"event": "failed", "name": "Dilnoza", "Text": "suv yoʻq", "status": 500, "path": "/x?code=ABC"}
    assert redact_event(event) == {
        "event": "failed",
        "name": BLOT,
        "Text": BLOT,
        "status": 500,
        "path": f"/x?code={BLOT}",
    }


def test_what_reaches_stderr_is_redacted(capsys: pytest.CaptureFixture[str]) -> None:
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        configure_logs("INFO", json_lines=True)
        try:
            raise ValueError(f"refused: {BOT_TOKEN}")
        except ValueError:
            structlog.get_logger("qabul").exception("failed", phone="901234567", route="/api/v1/inbox")
            logging.getLogger("aiohttp").exception("failed %s", f"/bot{BOT_TOKEN}/getMe")
        said = capsys.readouterr().err
    finally:
        structlog.configure(**before)
        root.handlers[:], root.level = handlers, level
    assert "/api/v1/inbox" in said
    assert "ValueError" in said
    assert BOT_TOKEN not in said
    assert "901234567" not in said
