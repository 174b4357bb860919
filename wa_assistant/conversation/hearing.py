"""Voice messages that came while the assistant was silent: they are written down once it is not.

While it may not speak nobody pays for their words: a person listens to them.
"""

from sqlalchemy import or_, select, update

from ..database import db, utcnow
from ..models import SPOKEN_LATELY, Direction, Media, MediaStatus, MediaStep, Message
from ..work.queue import later


def catch_up(participant_id: int) -> None:
    """The assistant may speak again: what was spoken lately is written down for it, in the
    caller's writing unit."""
    spoken = select(Message.id).where(
        Message.participant_id == participant_id,
        Message.direction == Direction.INBOUND,
        Message.created_at > utcnow() - SPOKEN_LATELY,
    )
    waiting = db.session.scalars(
        update(Media)
        .where(
            Media.message_id.in_(spoken),
            Media.status == MediaStatus.KEPT,
            Media.content_type.startswith("audio/"),
            Media.transcript.is_(None),
            Media.error.is_(None),
            Media.claim_token.is_(None),
            Media.dead_at.is_(None),
            or_(Media.step.is_(None), Media.step == MediaStep.TRANSCRIBE),
        )
        .values(step=MediaStep.TRANSCRIBE, due_at=None)
        .returning(Media.message_id)
    ).all()
    for message_id in set(waiting):
        later("jobs.media.fetch", message_id)
