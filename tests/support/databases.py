"""A clean, migrated database for each test, on SQLite and on Postgres.

The keeper (one for the whole run) makes the templates; each test process has one Postgres
database of its own, emptied before each test, and each test on SQLite a copy of the file.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from wa_assistant.extensions import db
from wa_assistant.models import AuditEntry

from . import keeper
from .eventually import eventually
from .processes import ROOT

DIRECTORY = "wa_tests_directory"
PATIENCE_SECONDS = 60
GUARDED = AuditEntry.__tablename__


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--sqlite", action="store_true", help="leave out all that needs Postgres")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.option.sqlite:
        config.hook.pytest_deselected(items=[each for each in items if _needs_postgres(each)])
        items[:] = [each for each in items if not _needs_postgres(each)]


def _needs_postgres(item: pytest.Item) -> bool:
    given = getattr(item, "callspec", None)
    return given is not None and any(each == "postgres" for each in given.params.values())


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        config.stash[directory_key] = Path(config.workerinput[DIRECTORY])
        return
    if config.option.collectonly or config.option.help:
        return
    directory = Path(tempfile.mkdtemp(prefix="wa-tests-"))
    config.stash[directory_key] = directory
    kinds = ["sqlite"] if config.option.sqlite else ["sqlite", "postgres"]
    config.stash[keeper_key] = subprocess.Popen(
        [sys.executable, "-m", "tests.support.keeper", directory, *kinds],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    node.workerinput[DIRECTORY] = str(node.config.stash[directory_key])


def pytest_unconfigure(config: pytest.Config) -> None:
    process = config.stash.get(keeper_key, None)
    if process:
        process.communicate(timeout=2 * PATIENCE_SECONDS)


directory_key = pytest.StashKey[Path]()
keeper_key = pytest.StashKey["subprocess.Popen[bytes]"]()


class Databases:
    """Makes databases of either kind: `sqlite` or `postgres`."""

    def __init__(self, directory: Path, name: str) -> None:
        self._directory = directory
        self._name = f"test_{name}"
        self._ours: Engine | None = None
        self._made = 0

    def clean(self, kind: str, path: Path) -> str:
        """The URL of a migrated database without a row; `path` is where SQLite's file goes."""
        if kind == "sqlite":
            shutil.copyfile(self._wait_for(keeper.SQLITE), path)
            return f"sqlite:///{path}"
        if self._ours is None:
            self._ours = create_engine(self._create(self._name, keeper.TEMPLATE))
        empty(self._ours)
        return self._ours.url.render_as_string(hide_password=False)

    def bare(self, kind: str, path: Path) -> str:
        """The URL of a new database without a table."""
        self._made += 1
        name = f"{self._name}_{self._made}"
        return f"sqlite:///{path}" if kind == "sqlite" else self._create(name, "template0")

    def close(self) -> None:
        if self._ours:
            self._ours.dispose()

    def _create(self, name: str, template: str) -> str:
        admin = self._wait_for(keeper.POSTGRES).read_text()
        engine = create_engine(admin, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        engine.dispose()
        return admin.replace("/postgres?", f"/{name}?")

    def _wait_for(self, name: str) -> Path:
        path, failed = self._directory / name, self._directory / keeper.FAILED
        eventually(lambda: path.exists() or failed.exists(), PATIENCE_SECONDS)
        if not path.exists():
            raise RuntimeError(f"The databases could not be made:\n{failed.read_text()}")
        return path


def empty(engine: Engine) -> None:
    """Delete every row, also of what nobody may delete. Whoever left a transaction open is told by
    a time-out."""
    others = [each for each in reversed(db.metadata.sorted_tables) if each.name != GUARDED]
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL lock_timeout = '5s'"))
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # no triggers
        connection.execute(text(f"DELETE FROM {GUARDED}"))
        # With them: the tables that are no model's, of what is found, are emptied by theirs.
        connection.execute(text("SET LOCAL session_replication_role = origin"))
        connection.exec_driver_sql("".join(f"DELETE FROM {table.name};" for table in others))


@pytest.fixture(scope="session")
def run_directory(request: pytest.FixtureRequest) -> Path:
    """What all test processes share; its path is short enough for unix sockets."""
    return request.config.stash[directory_key]


@pytest.fixture(scope="session")
def fast_directory(run_directory: Path) -> Path:
    """In memory where that can be: SQLite waits for the disk after every commit."""
    if not os.access(keeper.MEMORY, os.W_OK):
        return run_directory
    directory = keeper.MEMORY / run_directory.name
    directory.mkdir(exist_ok=True)
    return directory


@pytest.fixture
def data_dir(fast_directory: Path, worker: str) -> Iterator[Path]:
    """Empty. Each test finds it at the same path, so that an application can serve many tests."""
    directory = fast_directory / worker
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir()
    yield directory
    shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str:
    """The name of this test process, among those of the run."""
    return str(getattr(request.config, "workerinput", {}).get("workerid", "main"))


@pytest.fixture(scope="session")
def databases(run_directory: Path, worker: str) -> Iterator[Databases]:
    made = Databases(run_directory, worker)
    yield made
    made.close()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on; every test that needs one runs on both."""
    kind: str = request.param
    return kind


@pytest.fixture
def database_url(database: str, databases: Databases, data_dir: Path) -> str:
    return databases.clean(database, data_dir / "wa_assistant.sqlite3")


@pytest.fixture
def bare_database_url(database: str, databases: Databases, data_dir: Path) -> str:
    """A database before its first migration."""
    return databases.bare(database, data_dir / "bare.sqlite3")
