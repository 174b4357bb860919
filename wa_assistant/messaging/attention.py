"""Calls a person to a conversation. It does not silence the assistant."""

from sqlalchemy import func, select

from .. import live
from ..database import db, transaction, utcnow
from ..models import Attention, AuditEntry, Participant, User


def call(participant: Participant, reason: Attention) -> None:
    """Mark that `participant` needs a person; the first call's time stands."""
    participant.attention_at = participant.attention_at or utcnow()
    participant.attention = reason
    live.changed("attention", "conversations", live.thread(participant.id))


def raise_by_hand(participant_id: int, actor: User) -> None:
    """Put the conversation before the team, or back before it."""
    with transaction() as session:
        participant = session.get_one(Participant, participant_id)
        call(participant, Attention.ASKED_FOR)
        _record(participant, actor, "called for attention")


def assign(participant_id: int, actor: User, assignee: User | None) -> None:
    with transaction() as session:
        participant = session.get_one(Participant, participant_id)
        participant.assigned_to_id = assignee and assignee.id
        _record(participant, actor, f"assigned to {assignee.email if assignee else 'nobody'}")


def resolve(participant_id: int, actor: User) -> None:
    with transaction() as session:
        participant = session.get_one(Participant, participant_id)
        participant.attention = participant.attention_at = None
        participant.assigned_to_id = None
        _record(participant, actor, "resolved")


def count() -> int:
    """How many conversations need a person; the index holds just these."""
    waiting = select(func.count(Participant.id)).where(Participant.attention_at.is_not(None))
    return db.session.scalar(waiting) or 0


def _record(participant: Participant, actor: User, action: str) -> None:
    db.session.add(
        AuditEntry(actor=actor.email, action=action[:60], subject=f"participant {participant.id}")
    )
    live.changed("attention", "conversations", live.thread(participant.id))
