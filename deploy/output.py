"""Output that never fails who writes it: what cannot be written, on a full disk, is dropped."""

import io
import os
import sys
from contextlib import suppress
from typing import Any


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
