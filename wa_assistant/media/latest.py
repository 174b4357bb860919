"""The files of a conversation, the latest first."""

from collections.abc import Sequence

from sqlalchemy import select

from ..database import db
from ..models import Media, Message

MOST = 12


def of(participant_id: int) -> Sequence[tuple[Media, Message]]:
    """MOST at most, each with the message it came with."""
    found = db.session.execute(
        select(Media, Message)
        .join(Message, Message.id == Media.message_id)
        .where(Message.participant_id == participant_id)
        .order_by(Media.message_id.desc(), Media.position)
        .limit(MOST)
    )
    return [(media, message) for media, message in found]
