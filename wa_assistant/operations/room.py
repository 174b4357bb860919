"""Whether there is room on the disk, which only writing there tells: a quota, a share that is kept
for root and a disk that became read-only look free to whoever merely asks how full it is.
"""

import os
import tempfile
from pathlib import Path

LEAST = 512 * 1024  # bytes: the longest webhook, as the spool writes it


def in_directory(path: Path) -> bool:
    """Whether LEAST bytes can be kept in the directory `path`. Nothing of them stays."""
    try:
        with tempfile.TemporaryFile(dir=path) as file:
            os.posix_fallocate(file.fileno(), 0, LEAST)
    except OSError:
        return False
    return True
