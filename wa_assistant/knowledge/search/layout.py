"""Lays out the words of passages for the search; anew, where an older version laid them out.

That goes on a few passages at a time, and each is found all the while: by its words as they were
laid out before, then as they are now.
"""

import time
from typing import Any

from sqlalchemy import exists, select

from ...database import db, transaction
from ...models import Document, Passage
from ...understanding import stems
from ...work.queue import later
from . import index

PART_SECONDS = 20.0  # of a job; it rings for the next
SOME = 200  # passages of a transaction


def word_columns(document: str, heading: str, text: str) -> dict[str, Any]:
    """The columns of a passage that hold its words; `document` is the name of its document."""
    terms = [*stems.terms(stems.of_name(document)), *stems.terms(f"{heading}\n{text}")]
    return {"stems": " ".join(terms), "length": len(terms), "layout": stems.VERSION}


def is_layout_outdated() -> bool:
    """Whether there are active passages that an older version laid out."""
    return bool(db.session.scalar(select(exists().where(*_OUTDATED))))


def lay_out_part() -> None:
    """Lay out some passages anew, and ring for the next part if any are left; for the worker."""
    if not lay_out(time.monotonic() + PART_SECONDS):
        later("jobs.imports.lay_out")


def lay_out(until: float) -> bool:
    """Lay out until that moment of the monotonic clock, in seconds; whether nothing is left."""
    while _some():
        if time.monotonic() > until:
            return False
    return True


def _some() -> bool:
    """Lay out SOME passages in one transaction; False where none was left."""
    with transaction():
        index.lock()
        found = select(Passage, Document.name).join(Passage.document).where(*_OUTDATED)
        rows = db.session.execute(found.limit(SOME).with_for_update(of=Passage)).all()
        passages = [passage for passage, _ in rows]
        index.take(passages)
        for passage, name in rows:
            for column, value in word_columns(name, passage.heading, passage.text).items():
                setattr(passage, column, value)
        db.session.flush()
        index.put(passages)
    return bool(rows)


_OUTDATED = (Passage.layout < stems.VERSION, Passage.active)
