"""Log lines on standard error: for people, or as one JSON object a line for programs that collect them."""

from __future__ import annotations

import json
import logging
import sys
from enum import StrEnum

from detente.cli.formats import BREAKS
from detente.ingest.outcome import one_line
from detente.watch.clock import stamp


class LogFormat(StrEnum):
    """The forms of log lines."""

    text = "text"
    json = "json"


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {"time": stamp(record.created), "level": record.levelname.lower(), "event": record.getMessage()}
        told = {"logger": record.name} if record.name != "detente.watch" else {}
        if record.exc_info:
            told["error"] = self.formatException(record.exc_info)
        return json.dumps(line | told | _told(record), ensure_ascii=False, default=str).translate(BREAKS)


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        told = "; ".join(f"{name} {value}" for name, value in _told(record).items())
        words = f"{record.getMessage()}: {told}" if told else record.getMessage()
        return one_line(f"{stamp(record.created)} {record.levelname.lower()} {words}")


def _told(record: logging.LogRecord) -> dict[str, object]:
    told = getattr(record, "told", {})
    return told if isinstance(told, dict) else {}


def start_logging(form: LogFormat) -> logging.Handler:
    """Lets the program's own messages go to standard error from now on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if form is LogFormat.json else _Text())
    logger = logging.getLogger("detente")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    return handler
