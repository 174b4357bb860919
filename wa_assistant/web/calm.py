"""What strangers can have us say is said once a minute, so that nobody fills the log with it.

The first of a kind is told at once. What follows within a minute is counted, and the next after it
tells how much that was. A kind is a place in the code and how its words begin: the rest may quote
whoever came.
"""

import logging
import threading
import time

MINUTE = 60.0
BEGINNING = 20  # characters, in which nobody is quoted
LONGEST = 300  # characters: they may quote an address of kilobytes
# Loggers of what anybody on the internet can bring about.
STRANGERS = (
    "wa_assistant.web.webhooks",
    "wa_assistant.web.shell.errors",
    "gunicorn.error",
    "flask_wtf.csrf",
)


class Calm(logging.Filter):
    """For a logger, whose records it counts."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._told: dict[
            tuple[str, int, str], tuple[float, int]
        ] = {}  # when last, and how many since

    def filter(self, record: logging.LogRecord) -> bool:
        place = record.pathname, record.lineno, str(record.msg)[:BEGINNING]
        now = time.monotonic()
        with self._lock:
            at, kept_back = self._told.get(place, (-MINUTE, 0))
            if now - at < MINUTE:
                self._told[place] = at, kept_back + 1
                return False
            self._told[place] = now, 0
        record.msg, record.args = _shortened(record.getMessage()), ()
        if kept_back:
            record.msg += f" (and {kept_back} more since this was said last)"
        return True


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"


def init_app() -> None:
    """Once for all applications of a process: loggers are its own."""
    for name in STRANGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(each, Calm) for each in logger.filters):
            logger.addFilter(Calm())
