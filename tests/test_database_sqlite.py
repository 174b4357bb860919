"""What SQLite needs so that many may write and read at once."""

import fcntl
import sqlite3
import threading

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from deploy.start import has_race
from wa_assistant import sqlite
from wa_assistant.database import db, engine_options, transaction
from wa_assistant.models import User

from .support.eventually import eventually

pytestmark = [
    pytest.mark.parametrize("database", ["sqlite"]),
    pytest.mark.usefixtures("context"),
]


def driver() -> sqlite.Connection:
    connection = db.session.connection().connection.driver_connection
    assert isinstance(connection, sqlite.Connection)
    return connection


def another(config) -> sqlite3.Connection:
    """A writer that knows nothing of us, and has no patience."""
    path = config.DATABASE_URL.removeprefix("sqlite:///")
    return sqlite3.connect(path, timeout=0, isolation_level=None)


def test_what_was_acknowledged_is_on_the_disk():
    asked = {
        name: db.session.scalar(text(f"PRAGMA {name}"))
        for name in ("journal_mode", "synchronous", "foreign_keys")
    }

    assert asked == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_plain_read_holds_no_transaction(config):
    db.session.scalars(select(User)).all()

    assert not driver().in_transaction
    another(config).execute("BEGIN EXCLUSIVE")


def test_the_first_write_takes_the_lock_and_the_end_lets_it_go(config):
    with transaction():
        assert driver().in_transaction  # even before anything is read
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            another(config).execute("BEGIN IMMEDIATE")
    another(config).execute("BEGIN IMMEDIATE")


def test_a_write_outside_of_a_writing_unit_takes_it_too(config):
    db.session.add(User(email="bia@example.com", role="editor"))
    db.session.flush()
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        another(config).execute("BEGIN IMMEDIATE")

    db.session.rollback()
    another(config).execute("BEGIN IMMEDIATE")
    assert db.session.scalars(select(User)).all() == []


def test_writers_queue_for_the_lock_and_none_is_turned_away(app):
    order: list[str] = []

    def write():
        with app.app_context(), transaction():
            db.session.add(User(email="bia@example.com", role="editor"))
            order.append("second")

    with transaction():
        waiting = threading.Thread(target=write)
        waiting.start()
        eventually(waiting.is_alive)
        order.append("first")
    waiting.join(10)

    assert order == ["first", "second"]


def test_writers_wait_in_the_kernel_where_the_first_comes_first(app, config):
    def write():
        with app.app_context(), transaction():
            db.session.add(User(email="bia@example.com", role="editor"))

    with open(config.DATABASE_URL.removeprefix("sqlite:///") + ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waiting = threading.Thread(target=write)
        waiting.start()
        waiting.join(0.2)
        assert waiting.is_alive()  # although SQLite itself would let it in
    waiting.join(10)

    assert not waiting.is_alive()
    assert db.session.scalars(select(User.email)).all() == ["bia@example.com"]


def test_a_writer_that_hangs_is_not_waited_for_without_end(app, config, monkeypatch):
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_SECONDS", 0.2)
    with open(config.DATABASE_URL.removeprefix("sqlite:///") + ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(OperationalError), transaction():
            pytest.fail("It wrote beside another.")
    with transaction():  # whose turn nobody who has gone away takes
        db.session.add(User(email="bia@example.com", role="editor"))


@pytest.mark.parametrize("ending", ["commit", "rollback", "close"])
def test_the_lock_is_let_go_however_a_connection_ends(config, ending):
    connect = engine_options(config)["creator"]
    first, second = connect(), connect()
    first.execute("INSERT INTO users (email, name, role, created_at) VALUES ('a', '', 'owner', '')")

    getattr(first, ending)()
    second.execute("DELETE FROM users")
    second.commit()

    first.close()
    second.close()


@pytest.mark.parametrize(
    ("version", "races"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((4, 0, 0), False),
    ],
)
def test_a_start_knows_which_versions_race(version, races):
    assert has_race(version) == races


def test_the_log_is_emptied_under_the_writers_lock(monkeypatch):
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_SECONDS", 0.1)
    ours = driver()
    with open(str(ours.lock_path), "ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            ours.empty_log()
    ours.empty_log()


def test_a_plain_read_holds_no_transaction_however_it_begins():
    db.session.execute(text("WITH one AS (SELECT 1) SELECT * FROM one"))
    assert not driver().in_transaction
