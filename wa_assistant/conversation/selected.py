"""Whom a selection means, a page at a time, and how many they are."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import joinedload

from ..database import db
from ..models import Participant
from .reading import Place
from .selection import Selection

PAGE = 50
MOST_COUNTED = 1000
ACTIVITY, CREATED = "activity", "created"
ORDERS = {ACTIVITY: Participant.last_activity_at, CREATED: Participant.created_at}


class Page(NamedTuple):
    participants: Sequence[Participant]
    older: Place | None  # to give as `before` for the next page


def page(which: Selection, order: str = ACTIVITY, before: Place | None = None) -> Page:
    """A page of them, newest first by one of ORDERS; with who looks after each."""
    at = ORDERS[order]
    query = select(Participant).where(*which.conditions())
    if before:
        query = query.where(tuple_(at, Participant.id) < tuple_(before.at, before.id))
    query = query.options(joinedload(Participant.assigned_to))
    query = query.order_by(at.desc(), Participant.id.desc()).limit(PAGE + 1)
    found = db.session.scalars(query).all()
    shown = found[:PAGE]
    is_over = len(found) <= PAGE
    return Page(shown, None if is_over else Place(getattr(shown[-1], at.key), shown[-1].id))


def count(which: Selection) -> int:
    """How many they are, MOST_COUNTED at most."""
    some = select(Participant.id).where(*which.conditions()).limit(MOST_COUNTED)
    return db.session.scalars(select(func.count()).select_from(some.subquery())).one()
