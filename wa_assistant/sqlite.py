"""SQLite as many processes may write to it at once.

Its driver is put in autocommit mode, so that plain reads hold no transaction. The first writing
statement begins one IMMEDIATE, under a lock shared by every process on this DATA_DIR: writers that
queue in the kernel wait their turn, where SQLite's own busy loop would starve some.
"""

import fcntl
import os
import re
import sqlite3
import threading
import time
from collections import defaultdict
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, cast

from config import Config

# What begins WITH is read too: no statement of ours that writes begins so.
READS = re.compile(
    r"\s*(SELECT|WITH|PRAGMA|EXPLAIN|ATTACH|DETACH|VACUUM|BEGIN|COMMIT|ROLLBACK|RELEASE)\b", re.I
)
# A webhook may wait for the commit before its own, and for its own; Twilio waits 15 s for both.
BUSY_TIMEOUT_SECONDS = 6
KEPT_CONNECTIONS = 40
# What was deleted is overwritten, not just left in the file unseen.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")


def options(config: Config) -> dict[str, Any]:
    """What SQLAlchemy's create_engine is given."""
    path = config.DATABASE_URL.removeprefix("sqlite:///")

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            path,
            factory=Connection,
            isolation_level=None,
            timeout=BUSY_TIMEOUT_SECONDS,
            check_same_thread=False,
        )
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.lock_path = f"{path}.lock"
        return connection

    return {
        "creator": connect,
        "pool_size": KEPT_CONNECTIONS,  # each has a cache of its own
        "max_overflow": max(config.WEB_THREADS, config.WORKERS),
        "pool_timeout": 5,
    }


# By database: whose turn it is among this process's threads, one of which waits for the others'.
_turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
os.register_at_fork(after_in_child=_turns.clear)


class Cursor(sqlite3.Cursor):
    def execute(self, sql: str, parameters: Any = ()) -> "Cursor":
        cast("Connection", self.connection).begin_before(sql)
        super().execute(sql, parameters)
        return self

    def executemany(self, sql: str, parameters: Any) -> "Cursor":
        cast("Connection", self.connection).begin_before(sql)
        super().executemany(sql, parameters)
        return self


class Connection(sqlite3.Connection):
    """A connection whose writing transactions are IMMEDIATE and hold the shared lock."""

    lock_path: str | None = None
    _lock: tuple[int, threading.Lock] | None = None

    def cursor(self, factory: Any = None) -> Any:
        return super().cursor(factory or Cursor)

    def begin_before(self, sql: str) -> None:
        if not READS.match(sql):
            self.begin_writing()

    def begin_writing(self) -> None:
        if self.in_transaction:
            return
        self._take_lock()
        try:
            super().execute("BEGIN IMMEDIATE")
        except BaseException:
            self._drop_lock()
            raise

    def commit(self) -> None:
        try:
            super().commit()
        finally:
            if not self.in_transaction:
                self._drop_lock()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self._drop_lock()

    def close(self) -> None:
        try:
            super().close()
        finally:
            self._drop_lock()

    def empty_log(self) -> None:
        """Have all that stands in the write-ahead log in the file itself, and cut the log off.
        Where somebody reads at this moment, that is left for the next time.

        Under the writers' lock, as those checkpoints are that SQLite makes at a commit: some of its
        versions may lose what another connection commits meanwhile.
        """
        self._take_lock()
        try:
            self.execute("PRAGMA busy_timeout=0")
            self.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            self.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_SECONDS * 1000}")
            self._drop_lock()

    def _take_lock(self) -> None:
        if self.lock_path is None or self._lock is not None:
            return
        turn, ends = _turns[self.lock_path], time.monotonic() + BUSY_TIMEOUT_SECONDS
        if not turn.acquire(timeout=BUSY_TIMEOUT_SECONDS):
            raise sqlite3.OperationalError("database is locked")
        try:
            self._lock = _locked(self.lock_path, max(0.0, ends - time.monotonic())), turn
        except BaseException:
            turn.release()
            raise

    def _drop_lock(self) -> None:
        held, self._lock = self._lock, None
        if held is not None:
            descriptor, turn = held
            os.close(descriptor)
            turn.release()


def _locked(path: str, seconds: float) -> int:
    """A descriptor that holds the lock, within so many seconds. The process waits in the kernel,
    where the first comes first; but a writer that hangs does not hang all others, who may have
    somewhere else to go.
    """
    # Opened anew each time: a descriptor kept across a fork would share the parent's lock.
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with suppress(BlockingIOError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return descriptor
    turn: Future[int] = Future()
    threading.Thread(target=_wait_in_line, args=(descriptor, turn), daemon=True).start()
    try:
        return turn.result(seconds)
    except BaseException as error:
        if not turn.cancel():  # it came at the last moment
            os.close(descriptor)
        if isinstance(error, TimeoutError):
            raise sqlite3.OperationalError("database is locked") from None
        raise


def _wait_in_line(descriptor: int, turn: "Future[int]") -> None:
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    if turn.set_running_or_notify_cancel():
        turn.set_result(descriptor)
    else:  # whoever waited has gone
        os.close(descriptor)
