"""Whether the embedded Valkey answers. One that hangs is killed, so that it is started anew.

Nobody else would do it: to supervisord a process that stands still runs well. Any answer will do,
also that it is loading its file, or that its disk is full.
"""

import os
import signal
import socket
import struct
import sys
from pathlib import Path

PATIENCE_SECONDS = 3.0  # less than there are between two looks
MOST_SILENT = 4  # looks in a row, one each 5 seconds
CREDENTIALS = struct.Struct("3i")  # of who listens: process, user and group


class Watch:
    """`look` at it now and then."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self._silent = 0
        self._process: int | None = None  # a descriptor, which never means another process

    def look(self) -> None:
        self._silent = self._silent + 1 if self._is_silent() else 0
        if self._silent >= MOST_SILENT and self._process is not None:
            self._silent = 0
            sys.stderr.write("Valkey does not answer, so it is killed and started anew.\n")
            sys.stderr.flush()
            signal.pidfd_send_signal(self._process, signal.SIGKILL)

    def _is_silent(self) -> bool:
        """Whether it is there, and says nothing; that one is there is supervisord's business."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(PATIENCE_SECONDS)
            try:
                connection.connect(self._path)
                self._remember(connection)
                connection.sendall(b"PING\r\n")
                connection.recv(1)
            except (TimeoutError, BlockingIOError):  # the latter: too many wait in line
                return True
            except OSError:
                return False
        return False

    def _remember(self, connection: socket.socket) -> None:
        found = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, CREDENTIALS.size)
        process = os.pidfd_open(CREDENTIALS.unpack(found)[0])
        if self._process is not None:
            os.close(self._process)
        self._process = process
