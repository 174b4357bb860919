"""The 24 hours after a participant's last message, in which free text may be sent to them.

Outside of it a message is parked: it waits until they write again. Times are the participant's
own, which in the simulator can be moved.
"""

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..database import db, transaction, utcnow
from ..models import Attention, Author, Message, Participant, Status
from . import attention

LENGTH = timedelta(hours=24)
MARGIN = timedelta(minutes=2)  # what is sent at the last moment may arrive too late
CLOSES_SOON = timedelta(hours=2)


def left(participant: Participant) -> timedelta:
    """For how long free text may still be sent; zero when it may not."""
    if participant.last_inbound_at is None:
        return timedelta()
    closes = participant.last_inbound_at + LENGTH - MARGIN
    return max(timedelta(), closes - participant.now())


def is_open(participant: Participant) -> bool:
    return left(participant) > timedelta()


def park(message: Message, participant: Participant) -> None:
    """Let it wait until they write again. A text of somebody's is put before the team; the words
    that open a stage simply wait."""
    message.status, message.send_after = Status.PARKED, None
    if message.opens is None:
        attention.call(participant, Attention.PARKED)


def unpark(session: Session, participant: Participant) -> None:
    """They have written: what the assistant had to say goes out, unless it is silenced. What a
    colleague wrote waits for their click, for it may no longer fit."""
    silenced = participant.is_silenced(utcnow())
    theirs = Message.author == Author.SYSTEM, Message.opens.is_(None)
    session.execute(
        update(Message)
        .where(
            Message.participant_id == participant.id,
            Message.status == Status.PARKED,
            *(theirs if silenced else (Message.author != Author.USER,)),
        )
        .values(status=Status.WAITING)
    )


def call_before_they_close() -> int:
    """Put before the team who waits for it and cannot be written to in two hours; how many."""
    with transaction():
        return _call_before_they_close()


def _call_before_they_close() -> int:
    now = utcnow()
    silenced = Participant.held_by_id.is_not(None) | (Participant.paused_until > now)
    waiting = (
        select(Participant)
        .where(
            Participant.unread > 0,
            silenced | Participant.attention_at.is_not(None),
            Participant.last_inbound_at <= now - LENGTH + CLOSES_SOON,
            Participant.last_inbound_at > now - LENGTH,
            Participant.attention.is_distinct_from(Attention.WINDOW_CLOSES),
        )
        .with_for_update()
    )
    found = db.session.scalars(waiting).all()
    for participant in found:
        attention.call(participant, Attention.WINDOW_CLOSES)
    return len(found)
