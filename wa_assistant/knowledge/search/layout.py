"""The words of passages as they are searched; laid out anew where an older version made them.

That goes on a few passages at a time, and each is found all the while: by its words as they were,
then as they are.
"""

import time
from typing import Any

from sqlalchemy import exists, select

from ...database import db, transaction
from ...models import Document, Passage
from ...understanding import stems
from ...work.queue import later
from . import index

PART_SECONDS = 20.0
SOME = 200  # passages of a transaction


def of(document: str, heading: str, text: str) -> dict[str, Any]:
    """The columns of a passage that its words are in; `document` is the name of its own."""
    terms = [*stems.terms(stems.of_name(document)), *stems.terms(f"{heading}\n{text}")]
    return {"stems": " ".join(terms), "length": len(terms), "layout": stems.VERSION}


def is_outdated() -> bool:
    return bool(db.session.scalar(select(exists().where(*_OUTDATED))))


def go_on() -> None:
    """The next part of it, for the worker."""
    if not part(time.monotonic() + PART_SECONDS):
        later("jobs.imports.lay_out")


def part(until: float) -> bool:
    """Lay out until that moment of the monotonic clock; whether nothing is left to do."""
    while _some():
        if time.monotonic() > until:
            return False
    return True


def _some() -> bool:
    with transaction() as session:
        index.lock(session)
        query = select(Passage, Document.name).join(Passage.document).where(*_OUTDATED)
        rows = session.execute(query.limit(SOME).with_for_update(of=Passage)).all()
        passages = [passage for passage, _ in rows]
        index.take(session, passages)
        for passage, name in rows:
            for column, value in of(name, passage.heading, passage.text).items():
                setattr(passage, column, value)
        session.flush()
        index.put(session, passages)
    return bool(rows)


_OUTDATED = (Passage.layout < stems.VERSION, Passage.active)
