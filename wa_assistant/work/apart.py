"""A process of its own for what strangers' files do to libraries, which may come to harm over one.

`serving.py` is its other side.
"""

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO, cast

from config import ROOT

from .. import logs

log = logs.get(__name__)

# The signals that end a process which has used up its time, or its memory.
STARVED = {signal.SIGXCPU, signal.SIGKILL, signal.SIGABRT, signal.SIGTRAP, signal.SIGILL}


class Ended(Exception):
    """The process ended over a request. `starved`: it had used up its time, or its memory."""

    def __init__(self, *, starved: bool) -> None:
        super().__init__("starved" if starved else "broken")
        self.starved = starved


class Busy(Exception):
    """It does what others asked of it, and this was not asked."""


class Apart:
    """One process for many requests, `python -m module`: started for the first, and anew when it
    has ended: over a request, or after a while without one.
    """

    def __init__(self, module: str) -> None:
        self._module = module
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._idle = threading.Timer(0, self.close)

    def ask(
        self, request: dict[str, Any], *, patience: float, idle: float, wait: float = -1
    ) -> dict[str, Any]:
        """What it answers within `patience` seconds, while other threads wait; raises Ended.

        Raises Busy where its turn does not come within `wait` seconds; -1: however long it takes.
        After `idle` seconds without another request it ends, and its memory is given back.
        """
        if not self._lock.acquire(timeout=wait):
            raise Busy
        try:
            self._idle.cancel()
            try:
                return self._request(json.dumps(request).encode() + b"\n", patience)
            finally:
                self._idle = _after(idle, self._rest)
        finally:
            self._lock.release()

    def close(self) -> None:
        atexit.unregister(self.close)
        process, self._process = self._process, None
        if process:
            process.kill()
            process.communicate()

    def _rest(self) -> None:
        with self._lock:
            if self._idle is threading.current_thread():  # and no request has come since
                self.close()

    def _request(self, line: bytes, patience: float) -> dict[str, Any]:
        process = self._running()
        requests, results = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        timer = _after(patience, give_up)
        try:
            requests.write(line)
            requests.flush()
            written = results.readline()
        except BrokenPipeError:
            written = b""
        except BaseException:  # told to stop: this result would be taken for the next request's
            self.close()
            raise
        finally:
            timer.cancel()
        if written.endswith(b"\n"):
            result: dict[str, Any] = json.loads(written)
            return result
        raise self._post_mortem(process, late.is_set())

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(  # noqa: S603 - of constants
                [sys.executable, "-m", self._module],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # Nothing of ours is in reach of a file that takes a library over.
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
            )
            atexit.register(self.close)
        return self._process

    def _post_mortem(self, process: "subprocess.Popen[bytes]", late: bool) -> Ended:
        """Why a process ended over a request; `late`: we ended it, for its time was up."""
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        self.close()
        code = process.returncode
        log.warning("a process ended over a file", module=self._module, code=code, late=late)
        return Ended(starved=late or -code in STARVED)


def _after(seconds: float, what: Callable[[], None]) -> threading.Timer:
    timer = threading.Timer(seconds, what)
    timer.daemon = True
    timer.start()
    return timer
