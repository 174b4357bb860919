"""Threads that do what bells name, a lane for each sort of work, so that none waits for another's.

A bell is a job's name and ids. It carries no promise: what it names is left to do in the database,
and one that is lost, or fails, is rung again.
"""

import sys
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from flask import Flask
from rq.utils import import_attribute

from wa_assistant import logs
from wa_assistant.database import utcnow
from wa_assistant.work.faults import NOT_OURS
from wa_assistant.work.runs import Run

log = logs.get(__name__)


@dataclass(frozen=True)
class Bell:
    """`job` is the dotted name of a function, which `ids` are given to."""

    job: str
    ids: tuple[int, ...] = ()


class Lane:
    """`threads` at most do its work, each within an application context of its own.

    What takes longer than `limit` seconds hangs: all that may be waited for has time-outs, which
    together are shorter. `ended` is told of each, how it went.
    """

    def __init__(
        self,
        app: Flask,
        name: str,
        threads: int,
        limit: float,
        ended: Callable[[str, Run], None] = lambda job, run: None,
    ) -> None:
        self.limit = limit
        self._ended = ended
        self._app = app
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._changed = threading.Condition()
        self._closed = False
        self._waiting: set[Bell] = set()
        self._running: dict[int, tuple[Bell, float]] = {}  # by thread: what, and since when

    def put(self, bell: Bell, done: Callable[[], None] = lambda: None) -> None:
        """Have it done as soon as a thread is free, and call `done` after it, however it ended.

        One that waits already need not wait twice.
        """
        with self._changed:
            if self._closed:
                return  # and no thread becomes free any more
            if bell in self._waiting:
                done()
                return
            self._waiting.add(bell)
            self.pool.submit(self._run, bell, done)

    def is_running(self, bell: Bell) -> bool:
        with self._changed:
            return any(bell == each for each, _ in self._running.values())

    def close(self) -> None:
        """Begin nothing more: what waits, or comes later, is left to whoever is rung for next."""
        with self._changed:
            self._closed = True
        self.pool.shutdown(wait=False, cancel_futures=True)

    def await_rest(self, deadline: float) -> bool:
        """Until nothing runs, or until that moment of time.monotonic(); whether nothing does."""
        with self._changed:
            while self._running and (left := deadline - time.monotonic()) > 0:
                self._changed.wait(left)
            return not self._running

    def hanging(self) -> list[str]:
        """What runs for longer than `limit`, each with its stack."""
        frames = sys._current_frames()
        with self._changed:
            return [
                f"{bell.job}\n{''.join(traceback.format_stack(frames.get(thread)))}"
                for thread, (bell, since) in self._running.items()
                if time.monotonic() - since > self.limit
            ]

    def _run(self, bell: Bell, done: Callable[[], None]) -> None:
        thread, began_at, began, kind = threading.get_ident(), utcnow(), time.monotonic(), ""
        with self._changed:
            self._waiting.discard(bell)
            self._running[thread] = bell, began
        try:
            with self._app.app_context():
                import_attribute(bell.job)(*bell.ids)
        except NOT_OURS as error:
            kind = type(error).__name__
            log.warning("put off", job=bell.job, error=type(error).__name__)
        except BaseException as error:  # nobody else would hear of it
            kind = type(error).__name__
            log.exception("failed", job=bell.job)
        finally:
            with self._changed:
                del self._running[thread]
                self._changed.notify_all()
            self._ended(bell.job, Run(began_at, time.monotonic() - began, kind))
            done()
