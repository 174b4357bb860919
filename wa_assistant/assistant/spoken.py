"""A stop, or a call for a person, that was spoken: obeyed before any model is asked."""

from sqlalchemy import select

from ..conversation import lease
from ..database import db, transaction
from ..intake import gate
from ..models import Media, Message, Participant
from ..understanding import commands
from .burst import Burst


def obeyed(burst: Burst, token: str) -> bool:
    """Whether one of the messages said so, and all has been dealt with."""
    found = db.session.execute(
        select(Media.message_id, Media.transcript)
        .where(Media.message_id.in_(burst.message_ids), Media.transcript.is_not(None))
        .order_by(Media.id)
    ).all()
    db.session.rollback()
    return any(
        _obeyed(burst, token, message_id, words)
        for message_id, words in found
        if words and commands.command(words) in gate.SPOKEN
    )


def _obeyed(burst: Burst, token: str, message_id: int, words: str) -> bool:
    with transaction() as session:
        lease.check(burst.participant_id, token)
        participant = session.get_one(Participant, burst.participant_id)
        return gate.obeys(session, participant, session.get_one(Message, message_id), words)
