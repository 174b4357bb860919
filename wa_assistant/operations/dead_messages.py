"""Messages of ours that our own code failed to send, before a person: to replay or to dismiss."""

from typing import NamedTuple

from sqlalchemy import select

from .. import audit, live
from ..database import db, transaction
from ..models import Action, Message, Participant, Status, Subject, User
from ..work import claims
from ..work.queue import later
from .dead_letters import PAGE

UNSENT = (Message.dead_at.is_not(None),)


class Unsent(NamedTuple):
    """A message of ours that was set aside, and whom it is for."""

    message: Message
    participant: Participant


def page(before: int | None = None) -> tuple[list[Unsent], int | None]:
    """A page of messages of ours, newest first, and the id to give for older ones."""
    place = Message.id + 0  # by the key itself SQLite would read all messages there are
    query = (
        select(Message, Participant)
        .join(Participant, Participant.id == Message.participant_id)
        .where(*UNSENT)
        .order_by(place.desc())
    )
    if before:
        query = query.where(place < before)
    found = [Unsent(*row) for row in db.session.execute(query.limit(PAGE + 1))]
    return found[:PAGE], found[PAGE - 1].message.id if len(found) > PAGE else None


def replay(message_id: int, actor: User) -> bool:
    """Let it be sent after all, once the provider's list has been asked whether it was; False
    where it was set aside no more."""
    with transaction():
        message, participant = _unsent(message_id)
        if message is None or participant is None:
            return False
        claims.revive(message)
        message.reason, message.error, message.absences = None, None, 0
        message.status, message.unreadable_since = Status.UNCERTAIN, None
        message.withdrawn = message.withdrawn or participant.stopped_at is not None
        audit.record(actor, Action.REPLAYED, Subject.MESSAGE, message_id)
        later("jobs.delivery.deliver", participant.id)
        return True


def dismiss(message_id: int, actor: User) -> bool:
    """It stays unsent, and a person called to it; False where it was set aside no more."""
    with transaction():
        message, _ = _unsent(message_id)
        if message is None:
            return False
        message.dead_at = None
        audit.record(actor, Action.DISMISSED, Subject.MESSAGE, message_id)
        return True


def _unsent(message_id: int) -> tuple[Message | None, Participant | None]:
    """A message that is set aside and its participant, both locked, the participant first."""
    which = (*UNSENT, Message.id == message_id)
    participant_id = db.session.scalar(select(Message.participant_id).where(*which))
    if participant_id is None:
        return None, None
    participant = db.session.get(Participant, participant_id, with_for_update=True)
    message = db.session.scalar(select(Message).where(*which).with_for_update())
    live.changed("frame", "conversations", live.thread(participant_id))
    return message, participant
