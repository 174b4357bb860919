"""Calls a person to a conversation. It does not silence the assistant."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from .. import live
from ..database import db, transaction, utcnow
from ..models import Attention, AuditEntry, Participant, User


class Summary(NamedTuple):
    """How many conversations need a person, and since when the last of them does."""

    number: int
    latest: datetime | None


def call(participant: Participant, reason: Attention) -> None:
    """Mark that `participant` needs a person; the first call's time stands."""
    participant.attention_at = participant.attention_at or utcnow()
    participant.attention = reason
    live.changed("attention", "conversations", live.thread(participant.id))


def raise_by_hand(participant_id: int, actor: User) -> None:
    """Put the conversation before the team, or back before it."""
    with transaction() as session:
        participant = session.get_one(Participant, participant_id, with_for_update=True)
        if participant.attention_at is None:
            call(participant, Attention.ASKED_FOR)
            _record(participant, actor, "called for attention")


def assign(participant_id: int, actor: User, assignee: User | None) -> None:
    """Make it `assignee`'s to look after; nobody's where that is None."""
    with transaction() as session:
        participant = session.get_one(Participant, participant_id, with_for_update=True)
        participant.assigned_to_id = assignee and assignee.id
        _record(participant, actor, "assigned", to=assignee and assignee.email)


def resolve(participant_id: int, actor: User) -> None:
    """It needs a person no more, and is nobody's to look after."""
    with transaction() as session:
        participant = session.get_one(Participant, participant_id, with_for_update=True)
        participant.attention = participant.attention_at = None
        participant.assigned_to_id = None
        _record(participant, actor, "resolved")


def summary() -> Summary:
    """Of all conversations that need a person; the index holds just these."""
    found = select(func.count(Participant.id), func.max(Participant.attention_at)).where(
        Participant.attention_at.is_not(None)
    )
    number, latest = db.session.execute(found).one()
    return Summary(number, latest)


def _record(participant: Participant, actor: User, action: str, **details: str | None) -> None:
    db.session.add(
        AuditEntry(
            actor=actor.email,
            action=action,
            subject=f"participant {participant.id}",
            details=details,
        )
    )
    live.changed("attention", "conversations", live.thread(participant.id))
