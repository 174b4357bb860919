"""A person takes a conversation over, hands it back, or pauses the assistant in it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .. import live
from ..database import transaction, utcnow
from ..models import (
    AuditEntry,
    Author,
    Message,
    Participant,
    Settlement,
    Status,
    User,
)
from . import outbox

UNTIL_RESUMED = datetime(9999, 1, 1, tzinfo=UTC)
PAUSES = {"15": timedelta(minutes=15), "60": timedelta(hours=1), "resumed": None}


class HeldByAnotherError(Exception):
    """Somebody else holds the conversation; `holder` is who."""

    def __init__(self, holder: User) -> None:
        super().__init__(holder.label)
        self.holder = holder


def take_over(participant_id: int, actor: User) -> None:
    """From now on `actor` answers; what the assistant was about to say is not sent."""
    with transaction() as session:
        _take(session, _load(session, participant_id), actor)


def hand_back(participant_id: int, actor: User) -> None:
    """The assistant answers again, from the participant's next message on."""
    with transaction() as session:
        participant = _load(session, participant_id)
        participant.held_by_id = participant.paused_until = None
        _record(session, participant, actor, "handed back")


def pause(participant_id: int, actor: User, length: timedelta | None) -> None:
    """Silence the assistant for `length`, or until it is resumed."""
    with transaction() as session:
        participant = _load(session, participant_id)
        participant.paused_until = utcnow() + length if length else UNTIL_RESUMED
        _silence(session, participant_id)
        _record(session, participant, actor, "paused", minutes=length and length.seconds // 60)


def write(participant_id: int, actor: User, body: str, form_key: str) -> Message | None:
    """Send `body` as `actor`, who takes over by writing; None when this form was sent before.

    Raises HeldByAnotherError while a colleague holds the conversation.
    """
    with transaction() as session:
        participant = _load(session, participant_id)
        known = session.scalar(select(Message.id).where(Message.form_key == form_key))
        if known is not None:
            return None
        if participant.held_by is None:
            _take(session, participant, actor)
        elif participant.held_by_id != actor.id:
            raise HeldByAnotherError(participant.held_by)
        return outbox.put(session, participant, body, Author.USER, user=actor, form_key=form_key)


def _take(session: Session, participant: Participant, actor: User) -> None:
    participant.held_by_id, participant.paused_until = actor.id, None
    _silence(session, participant.id)
    _record(session, participant, actor, "took over")


def _load(session: Session, participant_id: int) -> Participant:
    return session.get_one(Participant, participant_id, with_for_update=True)


def _silence(session: Session, participant_id: int) -> None:
    """Cancel what the assistant has in the outbox; what it answered is a person's again."""
    cancelled = session.scalars(
        update(Message)
        .where(
            Message.participant_id == participant_id,
            Message.author == Author.ASSISTANT,
            Message.status == Status.WAITING,
        )
        .values(status=Status.CANCELLED)
        .returning(Message.id)
    ).all()
    session.execute(
        update(Message)
        .where(Message.answered_by_id.in_(cancelled))
        .values(settlement=Settlement.WITH_A_PERSON, answered_by_id=None)
    )


def _record(
    session: Session, participant: Participant, actor: User, action: str, **details: Any
) -> None:
    session.add(
        AuditEntry(
            actor=actor.email,
            action=action,
            subject=f"participant {participant.id}",
            details=details,
        )
    )
    live.changed("conversations", live.thread(participant.id))
