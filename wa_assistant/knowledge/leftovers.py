"""What an upload or a deletion that ended half-way left below DATA_DIR/knowledge, and what of a
deleted document is still in the database's log.
"""

import time
from collections.abc import Iterable

from sqlalchemy import select

from ..database import db
from ..models import Document, Passage
from ..sqlite import BUSY_TIMEOUT_SECONDS, Connection
from . import files, search

AGE_SECONDS = 24 * 3600  # well over what an upload takes from its file to its row


def remove_unnamed(candidates: Iterable[str]) -> None:
    """Remove those of these files that no row names."""
    names = set(candidates)
    db.session.rollback()
    for column in (Document.file, Passage.file):
        names -= set(db.session.scalars(select(column).where(column.in_(names))))
    db.session.rollback()
    files.remove(names)


def sweep() -> None:
    """Remove whatever has lain there for long and belongs to nobody; forget what was deleted."""
    search.purge_deleted_words()
    _empty_log()
    oldest = time.time() - AGE_SECONDS
    lain = [each.name for each in files.folder().iterdir() if each.stat().st_mtime < oldest]
    for start in range(0, len(lain), 500):
        remove_unnamed(lain[start : start + 500])


def _empty_log() -> None:
    """SQLite's; where somebody reads or writes just now, the next time does."""
    connection = db.session.connection().connection.driver_connection
    if isinstance(connection, Connection):
        connection.execute("PRAGMA busy_timeout=0")
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_SECONDS * 1000}")
    db.session.rollback()
