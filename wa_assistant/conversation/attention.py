"""Calls a person to a conversation. It does not silence the assistant."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from .. import audit, live
from ..accounts import users
from ..accounts.authority import Act
from ..database import db, transaction, utcnow
from ..models import UNTIL_RESUMED, Action, Attention, Participant, Subject, User
from ..models.participant import IS_REAL, ConversationStatus
from . import hearing

MOST_COUNTED = 1000


class NotAssignableError(Exception):
    """Whoever was chosen cannot look after conversations, or not any more."""


class Summary(NamedTuple):
    """How many conversations need a person, MOST_COUNTED at most, and when one was last called to
    any of them."""

    number: int
    latest: datetime | None


def call(participant: Participant, reason: Attention) -> None:
    """Mark that `participant` needs a person; the first call's time stands. What is snoozed or done
    is open again: nobody who needs a person is out of sight.

    Another reason is another call, which open dashboards announce; the same one again is not. For
    who is blocked nobody is called.
    """
    if participant.blocked_at is not None:
        return
    now = utcnow()
    if participant.attention != reason:
        participant.called_at = now
    participant.attention_at = participant.attention_at or now
    participant.attention = reason
    participant.answered_at = None
    participant.reopen()
    _ring(participant)


def call_off(participant: Participant, reason: Attention, *, alone: bool = False) -> None:
    """It needs a person no more, where `reason` was why; `alone`: and nothing else was, before."""
    was_first = participant.called_at == participant.attention_at
    if participant.attention == reason and (was_first or not alone):
        participant.attention = participant.attention_at = participant.called_at = None
        _ring(participant)


def raise_by_hand(participant_id: int, actor: User) -> None:
    """Put the conversation before the team, or back before it."""
    with transaction():
        participant = db.session.get_one(Participant, participant_id, with_for_update=True)
        if participant.attention_at is None:
            call(participant, Attention.ASKED_FOR)
            audit.record(actor, Action.CALLED_FOR_ATTENTION, Subject.PARTICIPANT, participant.id)


def assign(participant_id: int, actor: User, assignee_id: int | None) -> None:
    """Make it theirs to look after; nobody's where that is None. Raises NotAssignableError."""
    with transaction():
        assignee = assignable(assignee_id)
        participant = db.session.get_one(Participant, participant_id, with_for_update=True)
        give_to(participant, actor, assignee)


def assignable(user_id: int | None) -> User | None:
    """Who that is, until the writing unit ends; None where it is nobody. To be asked before a
    participant is locked. Raises NotAssignableError."""
    assignee = _staying(user_id)
    if user_id and assignee is None:
        raise NotAssignableError
    return assignee


def give_to(participant: Participant, actor: User, assignee: User | None, **told: str) -> bool:
    """The same within the writing unit under way; False where it was theirs already. The audit is
    `told` this besides."""
    before = {"to": participant.assigned_to and participant.assigned_to.email}
    after = {"to": assignee and assignee.email}
    if participant.assigned_to_id == (assignee and assignee.id):
        return False
    participant.assigned_to_id = assignee and assignee.id
    audit.record(
        actor,
        Action.ASSIGNED,
        Subject.PARTICIPANT,
        participant.id,
        before=before,
        after={**after, **told},
    )
    _ring(participant)
    return True


def resolve(participant_id: int, actor: User) -> None:
    """It needs a person no more, and is nobody's to look after."""
    with transaction():
        participant = db.session.get_one(Participant, participant_id, with_for_update=True)
        if participant.attention_at is None:
            return
        asked = participant.asked_for_person_at
        was = {
            "reason": participant.attention,
            "since": participant.attention_at.isoformat(),
            "assigned_to_id": participant.assigned_to_id,
            "asked_for_person_at": asked and asked.isoformat(),
        }
        audit.record(actor, Action.RESOLVED, Subject.PARTICIPANT, participant.id, before=was)
        participant.attention = participant.attention_at = participant.called_at = None
        participant.assigned_to_id = None
        if asked is not None:
            participant.asked_for_person_at = participant.paused_until = None
            hearing.catch_up(participant.id)
        _ring(participant)


def reopen(participant_id: int, actor: User) -> None:
    """Take the last resolving back: the same reason, since the same moment, the same assignee, if
    they may still look after it and nobody else was given it meanwhile.

    Who had asked for a person waits for one again, and the assistant is silent."""
    with transaction():
        resolved = audit.latest(Action.RESOLVED, Subject.PARTICIPANT, participant_id)
        was = resolved and resolved.before
        assignee = _staying(was["assigned_to_id"]) if was else None
        participant = db.session.get_one(Participant, participant_id, with_for_update=True)
        if participant.attention_at is not None or not was:
            return
        participant.reopen()
        participant.attention = Attention(was["reason"])
        participant.attention_at = datetime.fromisoformat(was["since"])
        participant.assigned_to_id = participant.assigned_to_id or (assignee and assignee.id)
        if asked := was["asked_for_person_at"]:
            participant.asked_for_person_at = datetime.fromisoformat(asked)
            participant.paused_until = UNTIL_RESUMED
        audit.record(actor, Action.REOPENED, Subject.PARTICIPANT, participant.id)
        _ring(participant)


def summary() -> Summary:
    """Of all conversations that need a person now: who is pretended needs none, and what is
    snoozed not yet. The indexes hold just these, but for a few."""
    seen = (IS_REAL, Participant.status == ConversationStatus.OPEN)
    some = select(Participant.id).where(Participant.attention_at.is_not(None), *seen)
    number = select(func.count()).select_from(some.limit(MOST_COUNTED).subquery())
    latest = select(func.max(Participant.called_at)).where(
        Participant.called_at.is_not(None), *seen
    )
    found = select(number.scalar_subquery(), latest.scalar_subquery())
    return Summary(*db.session.execute(found).one())


def _staying(user_id: int | None) -> User | None:
    return users.staying(user_id, Act.SEE_TO_ATTENTION) if user_id else None


def _ring(participant: Participant) -> None:
    live.conversation_changed(participant.id, also=("attention",))
