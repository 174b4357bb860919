"""Output that never fails who writes it: what cannot be written, on a full disk, is dropped.

And what the start itself says, which imports no application, in the form of the log.
"""

import io
import json
import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from config import SERVICE, Config


class Dropping(io.RawIOBase):
    """What stands behind the descriptor, as far as it takes what is written."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def fileno(self) -> int:
        return self._descriptor

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        left = memoryview(data)
        with suppress(OSError):
            while left:
                left = left[os.write(self._descriptor, left) :]
        return len(data)


def never_fails() -> None:
    """From here on, for this process."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        raw: Any = Dropping(stream.fileno())
        setattr(
            sys,
            name,
            io.TextIOWrapper(raw, stream.encoding, "backslashreplace", write_through=True),
        )


def form(config: Config) -> str:
    """json or text, where auto asks whether a person looks at it."""
    if config.LOG_FORMAT != "auto":
        return config.LOG_FORMAT
    return "text" if sys.stdout.isatty() else "json"


def say(words: str, config: Config) -> None:
    """Lines for a person, each an object where the log's lines are."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    for line in words.splitlines():
        told: dict[str, Any] = {"level": "info", "message": line, "data": {}}
        told |= {"timestamp": now, "service": SERVICE}
        is_json = form(config) == "json"
        sys.stdout.write((json.dumps(told, ensure_ascii=False) if is_json else line) + "\n")
    sys.stdout.flush()
