"""Calls a person to a conversation. It does not silence the assistant."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select

from .. import live
from ..database import db, transaction, utcnow
from ..models import UNTIL_RESUMED, Attention, AuditEntry, Participant, User


class Summary(NamedTuple):
    """How many conversations need a person, and when one was last called to any of them."""

    number: int
    latest: datetime | None


def call(participant: Participant, reason: Attention) -> None:
    """Mark that `participant` needs a person; the first call's time stands.

    Another reason is another call, which open dashboards announce; the same one again is not.
    """
    now = utcnow()
    if participant.attention != reason:
        participant.called_at = now
    participant.attention_at = participant.attention_at or now
    participant.attention = reason
    live.conversation_changed(participant.id, also=("attention",))


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
        if participant.attention_at is None:
            return
        since, assigned = participant.attention_at.isoformat(), participant.assigned_to_id
        asked = participant.asked_for_person_at
        _record(
            participant,
            actor,
            "resolved",
            reason=participant.attention,
            since=since,
            assigned_to_id=assigned,
            asked_for_person_at=asked and asked.isoformat(),
        )
        participant.attention = participant.attention_at = participant.called_at = None
        participant.assigned_to_id = None
        if asked is not None:
            participant.asked_for_person_at = participant.paused_until = None


def reopen(participant_id: int, actor: User) -> None:
    """Take the last resolving back: the same reason, since the same moment, the same assignee.

    Who had asked for a person waits for one again, and the assistant is silent."""
    with transaction() as session:
        participant = session.get_one(Participant, participant_id, with_for_update=True)
        was = session.scalar(
            select(AuditEntry.details)
            .where(AuditEntry.subject == _subject(participant), AuditEntry.action == "resolved")
            .order_by(AuditEntry.id.desc())
            .limit(1)
        )
        if participant.attention_at is not None or not was or "reason" not in was:
            return
        participant.attention = Attention(was["reason"])
        participant.attention_at = datetime.fromisoformat(was["since"])
        participant.assigned_to_id = was["assigned_to_id"]
        if asked := was.get("asked_for_person_at"):
            participant.asked_for_person_at = datetime.fromisoformat(asked)
            participant.paused_until = UNTIL_RESUMED
        _record(participant, actor, "reopened")


def summary() -> Summary:
    """Of all conversations that need a person; the index holds just these."""
    found = select(func.count(Participant.id), func.max(Participant.called_at)).where(
        Participant.attention_at.is_not(None)
    )
    number, latest = db.session.execute(found).one()
    return Summary(number, latest)


def _subject(participant: Participant) -> str:
    return f"participant {participant.id}"


def _record(participant: Participant, actor: User, action: str, **details: Any) -> None:
    db.session.add(
        AuditEntry(
            actor=actor.email,
            action=action,
            subject=_subject(participant),
            details=details,
        )
    )
    live.conversation_changed(participant.id, also=("attention",))
