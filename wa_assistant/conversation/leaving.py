"""A colleague leaves, and their conversations go to another, or to nobody in particular.

Those they held, of which the assistant was silent, are held by the other from now on. Where there
is none the assistant answers again, and each is put before the team: somebody may wait there for
what a person had promised.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, or_, select

from .. import audit, live
from ..accounts import authority, team, users
from ..accounts.authority import Act
from ..database import db, transaction
from ..models import Action, Attention, Participant, Subject, User
from . import attention, takeover


class NoSuccessorError(Exception):
    """Whoever was chosen cannot look after conversations, or not any more."""


def leave(user_id: int, successor_id: int | None, actor: User) -> int:
    """`actor` puts them out of the team; how many conversations have gone to the successor.

    Raises team.NeededError, team.NotAllowedError and NoSuccessorError.
    """
    with transaction():
        leaver = team.deactivate(user_id, actor)
        return _pass_on(leaver, _successor(successor_id, leaver), actor)


def pass_on(user_id: int, successor_id: int | None, actor: User) -> int:
    """The same without putting them out; of who is out already, too."""
    with transaction():
        leaver = team.managed(user_id, actor)
        return _pass_on(leaver, _successor(successor_id, leaver), actor)


def count(user: User) -> int:
    """How many conversations they hold, or look after."""
    number = select(func.count()).select_from(Participant).where(_theirs(user))
    return db.session.scalar(number) or 0


def _successor(user_id: int | None, leaver: User) -> User | None:
    if user_id is None:
        return None
    user = users.active_user(user_id)
    if user is None or user.id == leaver.id or not authority.may(user, Act.HOLD_CONVERSATIONS):
        raise NoSuccessorError
    return user


def _theirs(user: User) -> ColumnElement[bool]:
    return or_(Participant.assigned_to_id == user.id, Participant.taken_over_by_id == user.id)


def _pass_on(leaver: User, successor: User | None, actor: User) -> int:
    found = _locked(leaver)
    for participant in found:
        before = _held(participant)
        if participant.assigned_to_id == leaver.id:
            participant.assigned_to_id = successor and successor.id
        if participant.taken_over_by_id == leaver.id:
            _let_go(participant, successor)
        db.session.flush()
        db.session.refresh(participant, ("assigned_to", "taken_over_by"))
        after, who = _held(participant), participant.id
        audit.record(actor, Action.PASSED_ON, Subject.PARTICIPANT, who, before=before, after=after)
    live.conversation_changed(*(each.id for each in found), also=("attention",))
    return len(found)


def _locked(leaver: User) -> Sequence[Participant]:
    asked = select(Participant).where(_theirs(leaver)).order_by(Participant.id)
    return db.session.scalars(asked.with_for_update(of=Participant)).all()


def _let_go(participant: Participant, successor: User | None) -> None:
    if successor:
        participant.taken_over_by_id = successor.id
    else:
        takeover.let_go(participant)
        attention.call(participant, Attention.ASKED_FOR)


def _held(participant: Participant) -> dict[str, str | None]:
    held, assigned = participant.taken_over_by, participant.assigned_to
    return {"taken_over_by": held and held.email, "to": assigned and assigned.email}
