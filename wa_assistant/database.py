"""How the product talks to its database: one writing unit at a time, on SQLite as on Postgres.

Alike on both is also how words are compared: code folds them, and no collation does.

What is particular to either stands in sqlite.py and postgres.py.
"""

import sqlite3
import threading
import unicodedata
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, MetaData, TypeDecorator, func, select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session

from config import Config

from . import sqlite

CALLBACKS = "wa_assistant.after_commit"
# Of who commits for others: they wait for one before theirs, and for theirs.
PATIENCE_SECONDS = 4.0
SNAPSHOT = {
    "sqlite": "BEGIN",
    "postgresql": "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
}
MERGE = "INSERT INTO {index} ({index}, rank) VALUES ('merge', :pages)"
MERGED_PAGES = 500  # in one transaction
# Letters that people leave out like an accent, and Unicode does not take apart.
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe"})


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


def folded(words: str) -> str:
    """`words` with single spaces, without case, accents and what is not seen.

    "joao da silva" for "João  da SILVA". Two ways to write the same letters fold to the same,
    so that a part of a name, folded, is found in the folded name.
    """
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", words).casefold())
    kept = "".join(each for each in apart if not _is_mark(each)).translate(LETTERS)
    return " ".join(kept.split())


def _is_mark(character: str) -> bool:
    # What directs or joins characters (Cf) comes along unseen when a name is pasted.
    unseen = unicodedata.category(character) in ("Cc", "Cf") and not character.isspace()
    return unseen or unicodedata.combining(character) != 0


def engine_options(config: Config) -> dict[str, Any]:
    """What SQLAlchemy's create_engine is given for this configuration."""
    # An error's sentence goes to the log, where what people wrote does not belong.
    return {"hide_parameters": True, **_driver_options(config)}


def _driver_options(config: Config) -> dict[str, Any]:
    if not config.DATABASE_URL.startswith("sqlite"):
        from . import postgres

        return postgres.options()
    return sqlite.options(config)


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
def transaction() -> Iterator[None]:
    """One writing unit of db.session: what is inside is committed together, or not at all.

    It begins from the rows as they are now (what was loaded before is read again), and its
    reads are already under the writers' lock on SQLite. What `after_commit` was given runs
    once the commit has succeeded.
    """
    session: Session = db.session()
    if CALLBACKS in session.info:
        raise RuntimeError("A writing unit was opened inside another one.")
    session.rollback()
    callbacks: list[Callable[[], object]] = []
    session.info[CALLBACKS] = callbacks
    try:
        _begin_writing(session)
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        del session.info[CALLBACKS]
    for callback in callbacks:
        callback()


@contextmanager
def snapshot() -> Iterator[None]:
    """What is read inside is all of one moment, whatever others write meanwhile.

    Nothing may be written inside, and what was loaded before is read again.
    """
    session: Session = db.session()
    if CALLBACKS in session.info:
        raise RuntimeError("A snapshot was opened inside a writing unit.")
    session.rollback()
    session.execute(text(SNAPSHOT[session.get_bind().dialect.name]))
    try:
        yield
    finally:
        session.rollback()


def writing() -> Session:
    """The session of the writing unit under way; RuntimeError outside of one."""
    session: Session = db.session()
    if CALLBACKS not in session.info:
        raise RuntimeError("This is written in a writing unit, and none was opened.")
    return session


def after_commit(callback: Callable[[], object]) -> None:
    """Run `callback` when the writing unit under way has committed; at once outside of one."""
    callbacks = db.session().info.get(CALLBACKS)
    if callbacks is None:
        callback()
    else:
        callbacks.append(callback)


def insert_once(model: type[Base], **values: Any) -> int | None:
    """Insert a row and give its id; None when a unique key says it is there already."""
    statement = _insert(model).values(**values).on_conflict_do_nothing()
    inserted: int | None = db.session.scalar(statement.returning(model.__mapper__.primary_key[0]))
    return inserted


def insert_new(model: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert these rows, but for those that a unique key says are there already."""
    db.session.execute(_insert(model).on_conflict_do_nothing(), rows)


class Group:
    """Rows of a table that are kept by one commit."""

    def __init__(self) -> None:
        self.turn = threading.Lock()
        self._lock = threading.Lock()
        self._waiting: list[tuple[dict[str, Any], Future[None]]] = []

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    def join(self, row: dict[str, Any]) -> "Future[None]":
        kept: Future[None] = Future()
        with self._lock:
            self._waiting.append((row, kept))
        return kept

    def commit(self, model: type[Base]) -> None:
        with self._lock:
            taken, self._waiting = self._waiting, []
        try:
            with hurry(PATIENCE_SECONDS), transaction():
                insert_new(model, [row for row, _ in taken])
        except BaseException as error:
            for _, kept in taken:
                kept.set_exception(error)
            raise
        for _, kept in taken:
            kept.set_result(None)


def insert_together(model: type[Base], row: dict[str, Any]) -> bool:
    """Insert the row unless a unique key says it is there, by a commit that is shared with all who
    come at the same time: whoever has the turn takes along those who queue for it.

    Returns when that is on the disk; True for the one who did it for all. Raises as a commit does,
    for each of them.
    """
    group: Group = current_app.extensions.setdefault(f"group of {model.__name__}", Group())
    kept = group.join(row)
    with group.turn:
        leads = not kept.done()
        if leads:
            group.commit(model)
    kept.result()
    return leads


def _insert(model: type[Base]) -> Any:
    on_postgres = db.session().get_bind().dialect.name == "postgresql"
    return (postgresql.insert if on_postgres else sqlite_dialect.insert)(model)


def purge_deleted_words(index: str) -> None:
    """Have the words of deleted rows leave SQLite's `index` of words too, which keeps them until
    its parts are merged: a little at a time, so that nobody waits for it.
    """
    if db.session().get_bind().dialect.name == "postgresql":
        return
    merge, pages, changes = text(MERGE.format(index=index)), -MERGED_PAGES, 2
    while changes > 1:  # one is the command's own
        with transaction():
            connection: Any = db.session.connection().connection.driver_connection
            before = connection.total_changes
            db.session.execute(merge, {"pages": pages})
            pages, changes = MERGED_PAGES, connection.total_changes - before


def one_at_a_time(what: str) -> None:
    """Until this writing unit ends, nobody else who names `what` comes past here.

    For what no row stands for yet. On SQLite all who write take turns anyway.
    """
    if db.session().get_bind().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(what))))


def _begin_writing(session: Session) -> None:
    connection = session.connection().connection.driver_connection
    if isinstance(connection, sqlite.Connection):
        try:
            connection.begin_writing()
        except sqlite3.OperationalError as error:  # locked by others, most likely
            raise OperationalError("BEGIN IMMEDIATE", None, error) from error
