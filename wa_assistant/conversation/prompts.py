"""The question of ours that is open: only what is said to it, after it, is heard as an answer."""

from sqlalchemy import select

from ..database import db
from ..models import Asks, Direction, Message, Participant, Status
from ..models.message import NEVER_SAID


def latest(participant: Participant) -> Message | None:
    """What was said to them last, or is about to be."""
    return db.session.scalar(
        select(Message)
        .where(
            Message.participant_id == participant.id,
            Message.direction == Direction.OUTBOUND,
            Message.status.not_in(NEVER_SAID),
        )
        .order_by(Message.id.desc())
        .limit(1)
    )


def could_be_read(question: Message, message: Message) -> bool:
    """Whether `question` was on their phone when they wrote `message`."""
    if question.status == Status.WAITING or question.handed_over_at is None:
        return False
    return message.created_at > question.handed_over_at


def replies_to(message: Message, question: Message | None, asks: Asks) -> bool:
    """Whether `message` is the first thing they say to `question`, which asks that."""
    if question is None or question.asks != asks or not could_be_read(question, message):
        return False
    between = select(Message.id).where(
        Message.participant_id == message.participant_id,
        Message.direction == Direction.INBOUND,
        Message.id > question.id,
        Message.id < message.id,
        Message.created_at > question.handed_over_at,
    )
    return db.session.scalar(between.limit(1)) is None
