"""Imports and their lines, as pages show them."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...database import db
from ...models import Import, ImportLine, ImportState, LineOutcome

PAGE = 50
MOST = 20  # imports
SOME = 500  # lines of a download


class Page(NamedTuple):
    lines: Sequence[ImportLine]
    further: int | None  # the number of the last line, to give as `after` for the next page


def recent() -> Sequence[Import]:
    """The latest, but for those that are being removed."""
    query = select(Import).options(joinedload(Import.asked_by))
    query = query.where(Import.state != ImportState.FORGETTING)
    return db.session.scalars(query.order_by(Import.id.desc()).limit(MOST)).all()


def load(import_id: int) -> Import | None:
    return db.session.get(Import, import_id)


def page(found: Import, outcome: LineOutcome | None, after: int = 0, size: int = PAGE) -> Page:
    """Its lines from there on, in the order of the file; of one outcome, or of all."""
    theirs = [ImportLine.import_id == found.id, ImportLine.number > after]
    if outcome:
        theirs.append(ImportLine.outcome == outcome)
    query = select(ImportLine).where(*theirs).order_by(ImportLine.number).limit(size + 1)
    lines = db.session.scalars(query).all()
    is_over = len(lines) <= size
    return Page(lines[:size], None if is_over else lines[size - 1].number)
