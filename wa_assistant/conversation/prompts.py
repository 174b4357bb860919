"""A prompt is a question of ours that code hears the reply to: consent, whether to stop.

Only what is said after it could be read, and as the first thing, is heard as the reply to it.
"""

from sqlalchemy import select

from ..database import db
from ..models import Direction, Message, Participant, Prompt, Status
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


def could_be_read(said: Message, message: Message) -> bool:
    """Whether what we `said` was on their phone when they wrote `message`."""
    if said.status == Status.WAITING or said.handed_over_at is None:
        return False
    return message.created_at > said.handed_over_at


def is_to_another(message: Message, said: Message) -> bool:
    """Whether `message` quotes something else than what we `said`, or the same prompt before.

    A button of months ago can still be tapped, and agrees to nothing that is asked today.
    """
    if message.quoted_sid in (None, said.provider_sid):
        return False
    quoted = db.session.scalar(
        select(Message).where(
            Message.provider_sid == message.quoted_sid,
            Message.participant_id == message.participant_id,
        )
    )
    if quoted is None:
        return True
    if said.prompt is not None and quoted.prompt == said.prompt:
        return False
    return (quoted.part_of_id or quoted.id) != (said.part_of_id or said.id)


def replies_to(message: Message, said: Message | None, prompt: Prompt) -> bool:
    """Whether `message` is the first thing they say to what we `said`, which is that prompt."""
    if said is None or said.prompt != prompt or not could_be_read(said, message):
        return False
    if is_to_another(message, said):
        return False
    between = select(Message.id).where(
        Message.participant_id == message.participant_id,
        Message.direction == Direction.INBOUND,
        Message.id > said.id,
        Message.id < message.id,
        Message.created_at > said.handed_over_at,
    )
    return db.session.scalar(between.limit(1)) is None
