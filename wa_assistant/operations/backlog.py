"""How much of each kind of work is left to do, and what becomes of it now: for who looks.

One statement for all kinds. Of none are more than MOST rows counted, whatever waits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select, union_all

from ..database import db, utcnow
from ..work.claims import Kind
from .kinds import KINDS

MOST = 1_000
WAITING, CLAIMED, POSTPONED, DEAD = "waiting", "claimed", "postponed", "dead"


@dataclass
class Backlog:
    """Of a kind of work: how many rows wait for a worker, have one, wait for a later time, and are
    dead letters; each MOST at most. `oldest`: since when the one that waits longest is left to do.
    """

    kind: Kind[Any]
    waiting: int = 0
    claimed: int = 0
    postponed: int = 0
    dead: int = 0
    oldest: datetime | None = None


def backlogs() -> Sequence[Backlog]:
    """Of every kind there is, in the order in which they are done."""
    found = {kind.policy.name: Backlog(kind) for kind in KINDS}
    asked = union_all(*(part for kind in KINDS for part in (_left(kind), _dead(kind))))
    for name, state, number, oldest in db.session.execute(asked):
        setattr(found[name], state, number)
        if state == WAITING:
            found[name].oldest = oldest
    return list(found.values())


def _left(kind: Kind[Any]) -> Select[Any]:
    left = kind.left_of_all or kind.left
    rows = select(_state(kind).label("state"), kind.since.label("since")).where(*left)
    return _counted(kind, rows.order_by(kind.since))


def _dead(kind: Kind[Any]) -> Select[Any]:
    dead_at = kind.table.dead_at
    rows = select(literal(DEAD).label("state"), dead_at.label("since"))
    return _counted(kind, rows.where(dead_at.is_not(None)))


def _counted(kind: Kind[Any], rows: Select[Any]) -> Select[Any]:
    some = rows.limit(MOST).subquery()
    counts = (some.c.state, func.count(), func.min(some.c.since))
    return select(literal(kind.policy.name), *counts).group_by(some.c.state)


def _state(kind: Kind[Any]) -> ColumnElement[str]:
    """As claims.is_due and claims.is_held tell them apart."""
    due_at, token, now = kind.table.due_at, kind.table.claim_token, utcnow()
    is_later = and_(due_at >= now, due_at <= now + kind.policy.longest)
    return case(
        (and_(is_later, token.is_not(None)), CLAIMED),
        (is_later, POSTPONED),
        else_=WAITING,
    )
