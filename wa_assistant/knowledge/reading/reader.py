"""Has documents read by a process of its own (child.py), which may come to harm over one."""

import atexit
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

from config import ROOT

from ...models import Defect
from .blocks import Unreadable

log = logging.getLogger(__name__)

SECONDS = 120  # of a processor, for one file
PATIENCE_SECONDS = 180.0  # however busy the machine is
IDLE_SECONDS = 300.0  # then what the process takes of memory is given back
# The signals that end a process which has used up its time, or its memory.
STARVED = {signal.SIGXCPU, signal.SIGKILL, signal.SIGABRT, signal.SIGTRAP, signal.SIGILL}
MODULE = "wa_assistant.knowledge.reading.child"

Columns = dict[str, Any]


def read(kind: str, path: Path) -> list[Columns]:
    """The passages of a file in order, each as the columns of its row; raises Unreadable.

    It may take PATIENCE_SECONDS; the files of other threads wait that long.
    """
    return _reader.read(kind, path)


class Reader:
    """One process for many files, started when the first is read, and anew when it has ended: over
    a file, or after IDLE_SECONDS without one.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._idle = threading.Timer(0, self.close)

    def read(self, kind: str, path: Path) -> list[Columns]:
        request = {"kind": kind, "path": str(path), "seconds": SECONDS}
        with self._lock:
            self._idle.cancel()
            try:
                result = self._request(json.dumps(request).encode() + b"\n")
            finally:
                self._idle = _after(IDLE_SECONDS, self._rest)
        if "fault" in result:
            log.error("a document could not be read by a fault of ours\n%s", result["fault"])
        if "defect" in result:
            raise Unreadable(Defect(result["defect"]))
        found: list[Columns] = result["pieces"]
        return found

    def close(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.communicate()

    def _rest(self) -> None:
        with self._lock:
            if self._idle is threading.current_thread():  # and no file has come since
                self.close()

    def _request(self, line: bytes) -> dict[str, Any]:
        process = self._running()
        requests, results = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        timer = _after(PATIENCE_SECONDS, give_up)
        try:
            requests.write(line)
            requests.flush()
            written = results.readline()
        except BrokenPipeError:
            written = b""
        except BaseException:  # told to stop: this result would be taken for the next file's
            self.close()
            raise
        finally:
            timer.cancel()
        if written.endswith(b"\n"):
            result: dict[str, Any] = json.loads(written)
            return result
        return {"defect": self._post_mortem(process, late.is_set())}

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(  # noqa: S603 - of constants
                [sys.executable, "-m", MODULE],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # Nothing of ours is in reach of a file that takes a library over.
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
            )
        return self._process

    def _post_mortem(self, process: "subprocess.Popen[bytes]", late: bool) -> Defect:
        """Why a process ended over a file; `late`: we ended it, for its time was up."""
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        self.close()
        code = process.returncode
        log.warning("the reader ended over a document: code=%s late=%s", code, late)
        return Defect.TOO_HEAVY if late or -code in STARVED else Defect.BROKEN


def _after(seconds: float, what: Callable[[], None]) -> threading.Timer:
    timer = threading.Timer(seconds, what)
    timer.daemon = True
    timer.start()
    return timer


_reader = Reader()
atexit.register(_reader.close)
