"""Conditions of which an index tells at once whom they mean, where those are few.

A list in its order then looks at them alone. Where they are many it soon has a page by looking at
each, and an index of theirs would only mislead the database.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select

from ..database import db
from ..models import Participant

MANY = 1000  # participants


def among(ids: Select[int], otherwise: ColumnElement[bool]) -> ColumnElement[bool]:
    """That somebody is one of those that `ids` selects; `otherwise` says the same of each."""
    found = db.session.scalars(ids.limit(MANY + 1)).all()
    return Participant.id.in_(found) if len(found) <= MANY else otherwise


def unindexed(column: Any) -> Any:
    """The column for a comparison by which no index of its own is to be used."""
    return column + (0 if column.type.python_type is int else "")
