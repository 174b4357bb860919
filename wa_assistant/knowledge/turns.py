"""Work the team asks for and waits for: one worker at a time takes its turn at a row.

Another comes when its time has run out, which is moved on while it lives; after a few it is given
up. `attempts` names the turn in later writes.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from ..database import db, transaction, utcnow
from ..models import TakesTurns

LIFE = timedelta(seconds=90)  # well over a search and a call to the model, with its time-outs
GRACE = timedelta(seconds=10)  # for its own bell to be heard
MOST_TURNS = 3

Kind = type[TakesTurns]


def take(kind: Kind, id_: int) -> int | None:
    """The number of a turn that is ours, from 1; None where it is nobody's or another's."""
    now = utcnow()
    due = (kind.id == id_, kind.next_attempt_at <= now)
    with transaction() as session:
        found = session.scalar(select(kind).where(*due).with_for_update())
        if found is None:
            return None
        if found.attempts >= MOST_TURNS:
            found.next_attempt_at = None
            return None
        found.attempts += 1
        found.next_attempt_at = now + LIFE
        return found.attempts


def overdue(kind: Kind, limit: int) -> Sequence[int]:
    """Ids of those that nobody sees to, for the sweeper."""
    late = kind.next_attempt_at < utcnow() - GRACE
    return db.session.scalars(select(kind.id).where(late).order_by(kind.id).limit(limit)).all()
