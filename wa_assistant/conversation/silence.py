"""What the assistant was about to say is not said; who silenced it may say it in their own name."""

from sqlalchemy import ColumnElement, select, update

from ..database import db, utcnow
from ..models import (
    Attention,
    Author,
    Cancelled,
    Direction,
    Message,
    Participant,
    Settlement,
    Status,
)
from . import attention

MOST_PARTS = 5  # of one answer that was cancelled


def cancel(*which: ColumnElement[bool]) -> bool:
    """Cancel the assistant's unsent messages; what they answered is a person's again.

    The words that open a stage are not lost: they wait until the participant writes to the
    assistant again. One that is out at this moment cannot be called back, but should it come back
    it will not be sent again. Says whether somebody is without an answer now.
    """
    opens = Message.opens.is_not(None)
    cancelled = db.session.scalars(
        update(Message)
        .where(Message.status == Status.WAITING, Message.author == Author.ASSISTANT, *which)
        .values(status=Status.CANCELLED, cancelled_for=Cancelled.SILENCED)
        .returning(Message.id)
    ).all()
    parked = db.session.scalars(
        update(Message)
        .where(Message.status == Status.WAITING, opens, *which)
        .values(status=Status.PARKED, due_at=None, withdrawn=False)
        .returning(Message.id)
    ).all()
    db.session.execute(
        update(Message)
        .where(Message.status.in_((Status.CLAIMED, Status.UNCERTAIN)), *which)
        .where((Message.author == Author.ASSISTANT) | opens)
        .values(withdrawn=True)
    )
    unanswered = db.session.execute(
        update(Message)
        .where(Message.answered_by_id.in_([*cancelled, *parked]))
        .values(settlement=Settlement.WITH_A_PERSON, answered_by_id=None)
        .returning(Message.participant_id, Message.created_at)
    ).all()
    for participant_id, at in unanswered:
        participant = db.session.get_one(Participant, participant_id)
        participant.waiting_since = min(at, participant.waiting_since or at)
        participant.answered_at = None
    return bool(cancelled or unanswered)


def stop(
    participant_id: int,
    because: Cancelled = Cancelled.STOPPED,
    settlement: Settlement = Settlement.STOPPED,
) -> None:
    """Nothing more goes to them, whoever said it: they have stopped, or are blocked.

    What that would have answered is settled as `settlement` says, and so is what nobody has
    answered.
    """
    theirs = Message.participant_id == participant_id
    cancelled = db.session.scalars(
        update(Message)
        .where(theirs, Message.status.in_((Status.WAITING, Status.PARKED)))
        .values(status=Status.CANCELLED, cancelled_for=because)
        .returning(Message.id)
    ).all()
    db.session.execute(
        update(Message)
        .where(theirs, Message.status.in_((Status.CLAIMED, Status.UNCERTAIN)))
        .values(withdrawn=True)
    )
    db.session.execute(
        update(Message)
        .where(
            theirs,
            Message.direction == Direction.INBOUND,
            Message.settled_at.is_(None) | Message.answered_by_id.in_(cancelled),
        )
        .values(settlement=settlement, settled_at=utcnow(), answered_by_id=None)
    )
    db.session.get_one(Participant, participant_id).waiting_since = None


def withdraw(message: Message, participant: Participant) -> None:
    """One that has come back after all, and is not to go out any more."""
    if participant.is_silent:
        stopped = participant.stopped_at is not None
        message.status = Status.CANCELLED
        message.cancelled_for = Cancelled.STOPPED if stopped else Cancelled.BLOCKED
        settlement = Settlement.STOPPED if stopped else Settlement.BLOCKED
        answered = update(Message).where(Message.answered_by_id == message.id)
        db.session.execute(answered.values(settlement=settlement, answered_by_id=None))
        return
    cancel(Message.id == message.id)
    if participant.taken_over_by_id is None:
        attention.call(participant, Attention.WROTE_DURING_PAUSE)


def draft(participant_id: int) -> str:
    """What the assistant would have said, for who holds the conversation now; "" if nothing.

    It stands until anybody of the team has said something.
    """
    latest: list[str] = []
    said = db.session.execute(
        select(Message.author, Message.cancelled_for, Message.body)
        .where(Message.participant_id == participant_id, Message.author != Author.PARTICIPANT)
        .order_by(Message.id.desc())
        .limit(MOST_PARTS)
    )
    for author, cancelled_for, body in said:
        if author != Author.ASSISTANT or cancelled_for != Cancelled.SILENCED:
            break
        latest.append(body)
    return "\n\n".join(reversed(latest))
