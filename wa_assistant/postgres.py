"""Postgres, where it may be away in ways that nothing on the wire tells of.

A server that is frozen, or on the far side of a broken network, refuses nothing: without a limit
whoever asks it waits for minutes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import psycopg
from psycopg.abc import RV, PQGen
from sqlalchemy import Dialect, Engine, event

# Seconds. The kernel gives a connection up on which nothing that was sent is confirmed.
OPTIONS = {
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 8_000,  # milliseconds
    "application_name": "wa_assistant",
}
# Of a process. Three of them, two web and an engine, stay below the 100 of a server as it comes.
MOST_CONNECTIONS = 30
KEPT_CONNECTIONS = 10
_patience: ContextVar[float | None] = ContextVar("patience", default=None)


def options() -> dict[str, Any]:
    """What SQLAlchemy's create_engine is given."""
    return {
        "connect_args": OPTIONS,
        "pool_pre_ping": True,
        "pool_size": KEPT_CONNECTIONS,
        "max_overflow": MOST_CONNECTIONS - KEPT_CONNECTIONS,
        "pool_timeout": 10,
    }


@contextmanager
def hurry(seconds: float) -> Iterator[None]:
    """Inside, each statement that is not answered so soon raises OperationalError.

    For who has somewhere else to go; its connection is given up.
    """
    token = _patience.set(seconds)
    try:
        yield
    finally:
        _patience.reset(token)


class Connection(psycopg.Connection[Any]):
    """Waits no longer than whoever asks is patient."""

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        patience = _patience.get()
        if patience is None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, min(patience, timeout or patience))
        except psycopg.OperationalError:
            self.pgconn.finish()  # what it would still say is nobody's answer
            raise


def prepare(engine: Engine) -> None:
    """Let the engine's connections be of that kind."""
    event.listen(engine, "do_connect", _connect)


def _connect(dialect: Dialect, record: Any, args: Any, options: dict[str, Any]) -> Connection:
    return Connection.connect(*args, **options)
