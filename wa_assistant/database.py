"""How the product talks to its database: one writing unit at a time, on SQLite as on Postgres.

SQLite's driver is put in autocommit mode, so that plain reads hold no transaction. The first
writing statement begins one IMMEDIATE, under a lock shared by every process on this DATA_DIR:
writers that queue in the kernel wait their turn, where SQLite's own busy loop would starve some.
"""

import fcntl
import os
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any, cast

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, MetaData, TypeDecorator, func, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session

from config import Config

READS = re.compile(
    r"\s*(SELECT|PRAGMA|EXPLAIN|ATTACH|DETACH|VACUUM|BEGIN|COMMIT|ROLLBACK|RELEASE)\b", re.I
)
# A webhook asks twice, to be kept and to be processed, and Twilio waits 15 s for both.
BUSY_TIMEOUT_SECONDS = 6
# What was deleted is overwritten, not just left in the file unseen.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
CALLBACKS = "wa_assistant.after_commit"
SNAPSHOT = {
    "sqlite": "BEGIN",
    "postgresql": "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
}


# Every constraint has a name, so that a later migration can speak of it on SQLite too.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What every table's model inherits."""

    metadata = MetaData(naming_convention=NAMES)


class Database(SQLAlchemy):
    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:
        engine = super()._make_engine(bind_key, options, app)
        if engine.dialect.name == "postgresql":
            from . import postgres  # its driver costs who is on SQLite 0.1 s

            postgres.prepare(engine)
        return engine


db = Database(model_class=Base)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC: aware in Python, with or without a zone in the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a time zone was about to be stored.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def utcnow() -> datetime:
    return datetime.now(UTC)


class SqliteCursor(sqlite3.Cursor):
    def execute(self, sql: str, parameters: Any = ()) -> "SqliteCursor":
        cast("SqliteConnection", self.connection).begin_before(sql)
        super().execute(sql, parameters)
        return self

    def executemany(self, sql: str, parameters: Any) -> "SqliteCursor":
        cast("SqliteConnection", self.connection).begin_before(sql)
        super().executemany(sql, parameters)
        return self


class SqliteConnection(sqlite3.Connection):
    """A connection whose writing transactions are IMMEDIATE and hold the shared lock."""

    lock_path: str | None = None
    _lock: int | None = None

    def cursor(self, factory: Any = None) -> Any:
        return super().cursor(factory or SqliteCursor)

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

    def _take_lock(self) -> None:
        if self.lock_path is not None:
            self._lock = _locked(self.lock_path)

    def _drop_lock(self) -> None:
        descriptor, self._lock = self._lock, None
        if descriptor is not None:
            os.close(descriptor)


def _locked(path: str) -> int:
    """A descriptor that holds the lock. Who waits does so in the kernel, where the first comes
    first; but a writer that hangs does not hang all others, who may have somewhere else to go.
    """
    # Opened anew each time: a descriptor kept across a fork would share the parent's lock.
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with suppress(BlockingIOError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return descriptor
    turn: Future[int] = Future()
    threading.Thread(target=_wait_in_line, args=(descriptor, turn), daemon=True).start()
    try:
        return turn.result(BUSY_TIMEOUT_SECONDS)
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


def engine_options(config: Config) -> dict[str, Any]:
    """What SQLAlchemy's create_engine is given for this configuration."""
    # An error's sentence goes to the log, where what people wrote does not belong.
    return {"hide_parameters": True, **_driver_options(config)}


def _driver_options(config: Config) -> dict[str, Any]:
    if not config.DATABASE_URL.startswith("sqlite"):
        from . import postgres

        return {"connect_args": postgres.OPTIONS, "pool_pre_ping": True, "pool_timeout": 5}
    path = config.DATABASE_URL.removeprefix("sqlite:///")

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            path,
            factory=SqliteConnection,
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
        "pool_size": config.WEB_THREADS,
        "max_overflow": 8,
        "pool_timeout": 5,
    }


@contextmanager
def hurry(seconds: float) -> Iterator[None]:
    """Inside, a database that does not answer is away after so long; for who can go elsewhere.

    On SQLite nobody waits for longer than BUSY_TIMEOUT_SECONDS anyway.
    """
    if db.engine.dialect.name != "postgresql":
        yield
        return
    from . import postgres

    with postgres.hurry(seconds):
        yield


@contextmanager
def transaction() -> Iterator[Session]:
    """One writing unit: what is inside is committed together, or not at all.

    It begins from the rows as they are now (what was loaded before is read again), and its
    reads are already under the writers' lock on SQLite. What `after_commit` was given runs
    once the commit has succeeded.
    """
    session: Session = db.session()
    if CALLBACKS in session.info:
        raise RuntimeError("A writing unit was opened inside another one.")
    session.rollback()
    callbacks: list[Callable[[], None]] = []
    session.info[CALLBACKS] = callbacks
    try:
        _begin_writing(session)
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        del session.info[CALLBACKS]
    for callback in callbacks:
        callback()


@contextmanager
def snapshot() -> Iterator[Session]:
    """What is read inside is all of one moment, whatever others write meanwhile.

    Nothing may be written inside, and what was loaded before is read again.
    """
    session: Session = db.session()
    if CALLBACKS in session.info:
        raise RuntimeError("A snapshot was opened inside a writing unit.")
    session.rollback()
    session.execute(text(SNAPSHOT[session.get_bind().dialect.name]))
    try:
        yield session
    finally:
        session.rollback()


def after_commit(callback: Callable[[], None]) -> None:
    """Run `callback` when the writing unit under way has committed; at once outside of one."""
    callbacks = db.session().info.get(CALLBACKS)
    if callbacks is None:
        callback()
    else:
        callbacks.append(callback)


def insert_once(model: type[Base], **values: Any) -> int | None:
    """Insert a row and give its id; None when a unique key says it is there already."""
    on_postgres = db.session().get_bind().dialect.name == "postgresql"
    insert: Any = postgresql.insert if on_postgres else sqlite.insert
    statement = insert(model).values(**values).on_conflict_do_nothing()
    inserted: int | None = db.session.scalar(statement.returning(model.__mapper__.primary_key[0]))
    return inserted


def one_at_a_time(what: str) -> None:
    """Until this writing unit ends, nobody else who names `what` comes past here.

    For what no row stands for yet. On SQLite all who write take turns anyway.
    """
    if db.session().get_bind().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(what))))


def forget_connections() -> None:
    """Drop the pool after a fork: a connection may not be shared by two processes."""
    for engine in current_app.extensions["sqlalchemy"].engines.values():
        engine.dispose(close=False)


def _begin_writing(session: Session) -> None:
    connection = session.connection().connection.driver_connection
    if isinstance(connection, SqliteConnection):
        try:
            connection.begin_writing()
        except sqlite3.OperationalError as error:  # locked by others, most likely
            raise OperationalError("BEGIN IMMEDIATE", None, error) from error
