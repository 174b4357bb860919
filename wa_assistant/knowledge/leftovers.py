"""Removes what nobody refers to any more.

That is files of an upload or a deletion that ended half-way, and what of deleted documents is still
in the index of words and in SQLite's write-ahead log.
"""

import time
from collections.abc import Iterable

from sqlalchemy import select

from ..database import db
from ..models import Document, Passage
from ..sqlite import Connection
from . import files, search

CHUNK = 500  # names in a statement
AGE_SECONDS = 24 * 3600  # well over what an upload takes between its file and its row


def remove_unnamed(candidates: Iterable[str]) -> None:
    """Delete those of these files that no document and no passage was made from."""
    names = set(candidates)
    db.session.rollback()
    for column in (Document.file, Passage.file):
        names -= set(db.session.scalars(select(column).where(column.in_(names))))
    db.session.rollback()
    files.remove(names)


def sweep() -> None:
    """Remove all of it: for upkeep, now and then. A file is left alone until it is AGE_SECONDS old:
    its row may be yet to come.
    """
    search.purge_deleted_words()
    _empty_log()
    oldest = time.time() - AGE_SECONDS
    old = [each.name for each in files.folder().iterdir() if each.stat().st_mtime < oldest]
    for start in range(0, len(old), CHUNK):
        remove_unnamed(old[start : start + CHUNK])


def _empty_log() -> None:
    """Empty SQLite's write-ahead log."""
    connection = db.session.connection().connection.driver_connection
    if isinstance(connection, Connection):
        connection.empty_log()
    db.session.rollback()
