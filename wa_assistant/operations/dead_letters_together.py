"""Dead letters of one kind, all that there are: replayed or dismissed, each as by itself.

Each is a writing unit of its own, so that nobody waits for all of them; it ends after a while, and
says how many are left, so that whoever asked may ask again.
"""

import time
from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import func, select

from ..database import db
from ..models import User
from ..work.claims import Kind
from . import dead_letters

LONGEST_SECONDS = 10.0
MOST = 1_000


class Outcome(NamedTuple):
    """How many were seen to, failed again at once, and are dead letters still without having been
    come to."""

    done: int
    failed: int
    left: int


def replay(kind: Kind[Any], actor: User, longest: float = LONGEST_SECONDS) -> Outcome:
    """The one that is dead for longest first."""
    return _each(kind, lambda row_id: dead_letters.replay(kind, row_id, actor), longest)


def dismiss(kind: Kind[Any], actor: User, longest: float = LONGEST_SECONDS) -> Outcome:
    """The one that is dead for longest first."""
    return _each(kind, lambda row_id: dead_letters.dismiss(kind, row_id, actor) or None, longest)


def _each(kind: Kind[Any], act: Callable[[int], bool | None], longest: float) -> Outcome:
    table, ends = kind.table, time.monotonic() + longest
    dead = select(table.id).where(table.dead_at.is_not(None))
    ids = db.session.scalars(dead.order_by(table.dead_at, table.id).limit(MOST)).all()
    done = failed = 0
    for row_id in ids:
        if time.monotonic() > ends:
            break
        went = act(row_id)
        done += went is True
        failed += went is False
    number = db.session.scalar(select(func.count()).select_from(dead.limit(MOST).subquery())) or 0
    return Outcome(done, failed, max(0, number - failed))
