"""Whether there is room on the disk, which only writing there tells: a quota, a share that is kept
for root and a disk that became read-only look free to whoever merely asks how full it is.
"""

import math
import os
import tempfile
import threading
import time
from pathlib import Path

LEAST = 512 * 1024  # bytes: the longest webhook, as the spool writes it
KEPT_SECONDS = 2.0  # anybody may ask, and as often as they like

_looking = threading.Lock()
_found: dict[Path, tuple[float, bool]] = {}  # by directory: when, of time.monotonic(), and what


def in_directory(path: Path) -> bool:
    """Whether LEAST bytes can be kept in the directory `path`, or could a moment ago. Nothing of
    them stays."""
    with _looking:
        at, found = _found.get(path, (-math.inf, False))
        if time.monotonic() - at >= KEPT_SECONDS:
            found = _fits(path)
            _found[path] = time.monotonic(), found
        return found


def forget() -> None:
    """Look again when it is asked next."""
    with _looking:
        _found.clear()


def _fits(path: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=path) as file:
            os.posix_fallocate(file.fileno(), 0, LEAST)
    except OSError:
        return False
    return True
