"""What is left to do and nobody does, of every kind of work: for the sweeper, who rings again."""

import random
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from ..database import db, transaction, utcnow
from .claims import is_due
from .kind import Kind

SUSPICIOUS = 2  # faults
APART_SECONDS = (5, 30)


def find(kind: Kind[Any], limit: int) -> list[int]:
    """What the kind's bell is to be rung with, the longest first; at most `limit`."""
    return kind.find_overdue(limit) if kind.find_overdue else unattended(kind, limit)


def unattended(kind: Kind[Any], limit: int) -> list[int]:
    """The same as `since` and the policy's grace tell it."""
    waited = has_waited(kind.since, kind.policy.grace)
    found = select(kind.named).where(*kind.left, is_due(kind), waited).limit(limit)
    if kind.named.key == "id":  # each row has a bell of its own
        return list(db.session.scalars(found.order_by(kind.since)))
    together = found.group_by(kind.named).order_by(func.min(kind.since))
    return list(db.session.scalars(together))


def has_waited(since: ColumnElement[Any] | InstrumentedAttribute[Any], seconds: float) -> Any:
    """The condition that what is left to do since then has been for so many seconds; also where a
    clock that was wrong says that it came later than now."""
    now = utcnow()
    return or_(since < now - timedelta(seconds=seconds), since > now)


def free(kind: Kind[Any], owner: str) -> list[int]:
    """The process whose tokens begin with `owner` is dead: what it had is due. What the bell is to
    be rung with for what is due at once.

    What died with its worker more than once may be what kills them: each of those comes later, at a
    moment of its own, so that what is well gets done in between.
    """
    theirs = kind.table.claim_token.startswith(owner)
    held = select(kind.table.id, kind.named, kind.table.faults).where(*kind.left, theirs)
    found = db.session.execute(held).all()
    with transaction():
        for row_id, _, faults in found:
            pause = random.uniform(*APART_SECONDS) if faults >= SUSPICIOUS else 0  # noqa: S311
            due_at = utcnow() + timedelta(seconds=pause)
            ours = kind.table.id == row_id, theirs
            db.session.execute(update(kind.table).where(*ours).values(due_at=due_at))
    return [named for _, named, faults in found if faults < SUSPICIOUS]
