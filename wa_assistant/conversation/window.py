"""The 24 hours after a participant's last message, in which free text may be sent to them.

Outside of it a message is parked: it waits until they write again. Times are the participant's
own, which in the simulator can be moved.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ScalarSelect, select, update

from ..database import db, transaction, utcnow
from ..models import Attention, Author, Message, Participant, Status
from ..models.message import IS_PARKED, NEVER_SAID
from . import attention

LENGTH = timedelta(hours=24)
MARGIN = timedelta(minutes=2)  # what is sent at the last moment may arrive too late
CLOSES_SOON = timedelta(hours=2)
MOST_COUNTED = 1000


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
    message.status, message.due_at = Status.PARKED, None
    if message.opens is None:
        attention.call(participant, Attention.PARKED)


def unpark(participant: Participant) -> None:
    """They have written: what the assistant had to say goes out, unless it is silenced. What a
    colleague wrote waits for their click, for it may no longer fit. The words that open a stage
    wait on where the next one is due, which overtakes them."""
    may_speak = participant.assistant_may_speak(utcnow())
    which = [Message.author != Author.USER if may_speak else Message.author == Author.SYSTEM]
    if not may_speak or participant.is_due():
        which.append(Message.opens.is_(None))
    db.session.execute(
        update(Message)
        .where(
            Message.participant_id == participant.id,
            Message.status == Status.PARKED,
            *which,
        )
        .values(status=Status.WAITING)
    )


def parked(version_ids: Sequence[int]) -> int:
    """How many participants of these versions something waits for: MOST_COUNTED at most."""
    found = (
        select(Message.participant_id)
        .join(Participant, Participant.id == Message.participant_id)
        .where(IS_PARKED, Participant.journey_version_id.in_(version_ids))
        .distinct()
        .limit(MOST_COUNTED)
    )
    return len(db.session.scalars(found).all())


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
            Participant.last_inbound_at.between(now - LENGTH, now - LENGTH + CLOSES_SOON) | ahead,
            Participant.attention.is_distinct_from(Attention.WINDOW_CLOSES),
            _spoke_last() == Author.PARTICIPANT,
        )
        .with_for_update(of=Participant)
    )
    # The simulator's clock is each participant's own.
    found = [each for each in db.session.scalars(waiting) if is_open(each)]
    closing = [each for each in found if left(each) <= CLOSES_SOON]
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
