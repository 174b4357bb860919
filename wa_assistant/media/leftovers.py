"""Removes files that no message has: of a process that ended between a file and its row."""

import time

from sqlalchemy import select

from ..database import db
from ..models import Media
from . import files

CHUNK = 500  # names in a statement
AGE_SECONDS = 24 * 3600  # well over what is taken between a file and its row


def sweep() -> None:
    """For upkeep, now and then. A file is left alone until it is AGE_SECONDS old."""
    oldest = time.time() - AGE_SECONDS
    # When it came to be here: what is sent again is the same file under another name.
    old = [each.name for each in files.folder().iterdir() if each.stat().st_ctime < oldest]
    for start in range(0, len(old), CHUNK):
        names = old[start : start + CHUNK]
        kept = set(db.session.scalars(select(Media.file).where(Media.file.in_(names))))
        db.session.rollback()
        for name in {*names} - kept:
            files.path(name).unlink(missing_ok=True)
