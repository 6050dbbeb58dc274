"""What no log line may hold: tokens, tracking codes, passwords in addresses, contacts, fields about people.

Names and texts cannot be told from other words, so nobody logs them; a field named after one is blotted out
whatever it holds.
"""

import re
from collections.abc import Mapping
from typing import Any

BLOT = "[hidden]"
#: Fields of log events that are never shown.
PRIVATE = frozenset(
    {
        "address", "applicant", "authorization", "body", "cookie", "email", "name", "password", "payload",
        "phone", "query", "residence", "secret", "text", "token", "totp", "tracking_code",
    }
)  # fmt: skip
_PATTERNS = (
    # A Telegram bot token, also inside an address (`/bot123:AA.../getMe`).
    (re.compile(r"\d{6,}:[A-Za-z0-9_-]{20,}"), BLOT),
    (re.compile(r"\bqabul_[A-Za-z0-9_-]{20,}"), BLOT),
    (re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}"), rf"\1 {BLOT}"),
    (re.compile(r"(?i)([?&](?:code|token|key|q)=)[^&\s\"'#]+"), rf"\1{BLOT}"),
    (re.compile(r"(?i)(x-tracking-code|cookie|x-telegram-bot-api-secret-token)(['\"]?\s*[:=,]\s*)['\"]?[^'\"\s]+"),
     rf"\1\2{BLOT}"),
    (re.compile(r"(\w://[^/\s:@]*:)[^@\s/]+@"), rf"\1{BLOT}@"),
    (re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,}"), BLOT),
    (re.compile(r"\+\d[\d\s()-]{7,17}\d"), BLOT),
)  # fmt: skip


def redact(text: str) -> str:
    """`text` with everything that looks like a secret or a contact blotted out."""
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text


def redact_event(event: Mapping[str, Any]) -> dict[str, Any]:
    """A log event without private fields, its other texts redacted."""
    return {
        key: BLOT if key.lower() in PRIVATE else redact(value) if isinstance(value, str) else value
        for key, value in event.items()
    }
