"""Whom a selection means, a page at a time, and how many they are."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select, tuple_
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
    """`number`: how many they are on all pages, MOST_COUNTED at most."""

    participants: Sequence[Participant]
    older: Place | None  # to give as `before` for the next page
    number: int


def page(which: Selection, order: str = ACTIVITY, before: Place | None = None) -> Page:
    """A page of them, newest first by one of ORDERS; with who looks after each."""
    conditions = which.conditions()
    at = ORDERS[order]
    # Found by an index that holds all that is asked of them (see participant.py), and then read.
    query = select(Participant.id, at).where(*conditions)
    if before:
        query = query.where(tuple_(at, Participant.id) < tuple_(before.at, before.id))
    query = query.order_by(at.desc(), Participant.id.desc()).limit(PAGE + 1)
    found = db.session.execute(query).all()
    shown = found[:PAGE]
    older = Place(shown[-1][1], shown[-1][0]) if len(found) > PAGE else None
    return Page(_read([each[0] for each in shown]), older, _count(conditions))


def count(which: Selection) -> int:
    """How many they are, MOST_COUNTED at most."""
    return _count(which.conditions())


def _read(ids: Sequence[int]) -> list[Participant]:
    """Them, in this order."""
    people = select(Participant).where(Participant.id.in_(ids))
    read = db.session.scalars(people.options(joinedload(Participant.assigned_to)))
    known = {each.id: each for each in read}
    return [known[each] for each in ids if each in known]


def _count(conditions: Sequence[ColumnElement[bool]]) -> int:
    some = select(Participant.id).where(*conditions).limit(MOST_COUNTED)
    return db.session.scalars(select(func.count()).select_from(some.subquery())).one()
