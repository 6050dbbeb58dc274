"""One line per event on stderr. Secrets and contacts never get there (see `redaction`)."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from hub.foundation.redaction import redact, redact_event


def configure_logs(level: str = "INFO", *, json_lines: bool = False) -> None:
    """JSON lines for machines (production), plain ones for people."""
    renderer: Any = (
        structlog.processors.JSONRenderer() if json_lines else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _blot,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper(), logging.INFO)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_BlottingFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(
        level=max(getattr(logging, level.upper(), 20), logging.WARNING), handlers=[handler], force=True
    )


def _blot(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return redact_event(event)


class _BlottingFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))
