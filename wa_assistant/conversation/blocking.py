"""Whom the team blocks may write: it is kept, heard by nobody, and nothing goes to them."""

from .. import audit, live
from ..audit import Actor
from ..database import db, transaction, utcnow
from ..models import (
    Action,
    Cancelled,
    ConversationStatus,
    Participant,
    Settlement,
    Subject,
)
from . import awaiting_consent, silence


def block(actor: Actor, participant_id: int) -> None:
    """What waits for them is not sent, and what they wrote is nobody's to answer any more."""
    with transaction():
        participant = db.session.get_one(Participant, participant_id, with_for_update=True)
        if participant.blocked_at is not None:
            return
        participant.blocked_at = utcnow()
        silence.stop(participant_id, Cancelled.BLOCKED, Settlement.BLOCKED)
        awaiting_consent.settle_all(participant, Settlement.BLOCKED)
        participant.attention = participant.attention_at = participant.called_at = None
        participant.waiting_since, participant.unread = None, 0
        participant.status, participant.snoozed_until = ConversationStatus.DONE, None
        audit.record(actor, Action.BLOCKED, Subject.PARTICIPANT, participant_id)
        live.conversation_changed(participant_id, also=("attention",))


def unblock(actor: Actor, participant_id: int) -> None:
    """From their next message on they are heard; the files that came meanwhile are fetched."""
    with transaction():
        participant = db.session.get_one(Participant, participant_id, with_for_update=True)
        if participant.blocked_at is None:
            return
        participant.blocked_at = None
        awaiting_consent.fetch_after_all(participant)
        audit.record(actor, Action.UNBLOCKED, Subject.PARTICIPANT, participant_id)
        live.conversation_changed(participant_id)
