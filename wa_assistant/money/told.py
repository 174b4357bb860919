"""Of which caps each owner is still to be told: those that are near or met and they have not read
of yet, at whichever browser they sit."""

from sqlalchemy import delete, select

from ..database import db, one_at_a_time, transaction
from ..models import Dismissal, User
from . import standing
from .standing import Standing

MOST_KEPT = 40  # of a user: none is asked for once its month is over


def to(user: User) -> list[Standing]:
    """The fullest first."""
    if not (near := standing.near()):
        return []
    keys = select(Dismissal.key).where(Dismissal.user_id == user.id)
    read = set(db.session.scalars(keys))
    return [each for each in near if each.key not in read]


def dismiss(key: str, actor: User) -> bool:
    """`actor` has read it, and it comes again when there is something new; False where they are
    not told of it. It changes nothing for others, and is in no audit."""
    theirs = Dismissal.user_id == actor.id
    with transaction():
        one_at_a_time("dismissals")
        if all(each.key != key for each in to(actor)):
            return False
        db.session.add(Dismissal(user_id=actor.id, key=key))
        db.session.flush()
        ids = select(Dismissal.id).where(theirs).order_by(Dismissal.id.desc()).limit(MOST_KEPT)
        older = Dismissal.id.not_in(db.session.scalars(ids).all())
        db.session.execute(delete(Dismissal).where(theirs, older))
        return True
