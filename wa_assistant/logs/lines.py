"""A line of the log, as an object of JSON or as text for a terminal."""

import json
import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from structlog.dev import ConsoleRenderer
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

from config import SERVICE

from ..outline import outline
from . import masks

LEAST_NUMBER = 10**9  # from here on it may be somebody's
MOST_CHARACTERS = 2000  # of a value; a line of kilobytes is cut by what reads it


def formatter(form: str, *, with_colours: bool = False) -> logging.Formatter:
    """For records of ours and of any library. `form`: json or text."""
    ends: Sequence[Processor] = [_flat, ConsoleRenderer(colors=with_colours, pad_event_to=0)]
    return ProcessorFormatter(processors=[_line, *([_json] if form == "json" else ends)])


def _line(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """What every line has, and what only some have, which is left out elsewhere."""
    record: logging.LogRecord = event["_record"]
    caught = event.get("exc_info")  # which the formatter has taken out of the record
    error = caught[1] if isinstance(caught, tuple) else None
    data: dict[str, Any] = {"logger": record.name} | getattr(record, "data", {})
    # Whoever gives no exception gives what `outline` has written down of one.
    stack = data.pop("stack", None) or (outline(error) if error else None)
    kind = stack.splitlines()[0] if stack else None
    line = {
        "level": record.levelname.lower(),
        "message": _said(event["event"]),
        "data": {name: _plain(value) for name, value in data.items()},
        "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "service": SERVICE,
        "error": kind,
        "stack": stack and _said(stack, most=None),
    }
    return {name: value for name, value in line.items() if value is not None}


def _plain(value: Any) -> Any:
    """What JSON can say of it, with nobody's number in it."""
    if value is None or (isinstance(value, (bool, int, float)) and abs(value) < LEAST_NUMBER):
        return value
    return _said(str(value))


def _said(words: str, most: int | None = MOST_CHARACTERS) -> str:
    found = masks.masked(words)
    return found if most is None or len(found) <= most else f"{found[:most]}…"


def _json(_: WrappedLogger, __: str, line: EventDict) -> str:
    return json.dumps(line, ensure_ascii=False)


def _flat(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """As ConsoleRenderer reads it."""
    data = line["data"]
    head = {"timestamp": line["timestamp"], "level": line["level"], "event": line["message"]}
    stack = {"stack": line["stack"]} if "stack" in line else {}
    return {**head, **data, **stack}
