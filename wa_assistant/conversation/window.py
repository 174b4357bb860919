"""Before the 24 hours are over in which free text may be sent, who waits is put before the team.

The window is the participant's own (`Participant.window_left`), as its time is, which in the
simulator can be moved. What may not go out any more is parked in the outbox.
"""

from datetime import timedelta

from sqlalchemy import ScalarSelect, select

from ..database import db, transaction, utcnow
from ..models import Attention, Author, Message, Participant
from ..models.message import NEVER_SAID
from ..models.participant import WINDOW
from . import attention

CLOSES_SOON = timedelta(hours=2)


def call_before_they_close() -> int:
    """Put before the team who waits for it and cannot be written to in two hours; how many."""
    with transaction():
        return _call_before_they_close()


def _call_before_they_close() -> int:
    now = utcnow()
    with_a_person = Participant.taken_over_by_id.is_not(None) | (Participant.paused_until > now)
    ahead = Participant.simulated & (Participant.clock_ahead > 0)
    waiting = (
        select(Participant)
        .where(
            with_a_person | Participant.attention_at.is_not(None),
            Participant.last_inbound_at.between(now - WINDOW, now - WINDOW + CLOSES_SOON) | ahead,
            Participant.attention.is_distinct_from(Attention.WINDOW_CLOSES),
            _spoke_last() == Author.PARTICIPANT,
        )
        .with_for_update(of=Participant)
    )
    # The simulator's clock is each participant's own.
    found = [each for each in db.session.scalars(waiting) if each.window_left()]
    closing = [each for each in found if each.window_left() <= CLOSES_SOON]
    for participant in closing:
        attention.call(participant, Attention.WINDOW_CLOSES)
    return len(closing)


def _spoke_last() -> ScalarSelect[str]:
    """Who did, of a participant, the team and the assistant; what was never sent is not counted."""
    return (
        select(Message.author)
        .where(
            Message.participant_id == Participant.id,
            Message.author != Author.SYSTEM,
            Message.status.not_in(NEVER_SAID),
        )
        .order_by(Message.id.desc())
        .limit(1)
        .correlate(Participant)
        .scalar_subquery()
    )
