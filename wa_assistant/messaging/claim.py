"""A message claimed for sending: by one worker, for as long as it lives, marked under its token.

A claim is taken by a conditional update. One that ran out leaves a message of which nobody knows
whether it was sent: uncertain.
"""

import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .. import live
from ..clients.channel import Sent
from ..database import db, transaction, utcnow
from ..faults import MOST_FAULTS
from ..models import Attention, Author, Message, Participant, Provider, Status
from ..models.message import IS_UNSENT
from ..queue import later
from . import attention, circuit, journal, lease, pace, receipts, silence, window

log = logging.getLogger(__name__)

UNEXPECTED = "Sending it failed by a fault of our own, again and again."


@dataclass(frozen=True)
class Envelope:
    """A claimed message, with all that is needed to send it without the database."""

    id: int
    participant_id: int
    token: str
    to: str
    body: str
    simulated: bool
    uncertain: bool
    attempts: int
    handed_over_at: datetime


def take(participant_id: int) -> Envelope | None:
    """Claim the participant's next message; None when there is none, or not yet."""
    now = utcnow()
    with transaction() as session:
        participant = session.get(Participant, participant_id, with_for_update=True)
        first = session.scalar(
            select(Message)
            .where(Message.participant_id == participant_id, IS_UNSENT)
            .order_by(Message.id)
            .limit(1)
        )
        if participant is None or first is None or not _is_due(first, now):
            return None
        if _was_left_behind(first):
            _give_up_on(session, first, participant)
            return None
        if first.status == Status.WAITING and not _may_go(session, first, participant, now):
            return None
        return _claim(first, participant, now)


def renew(envelope: Envelope) -> bool:
    """Prolong the claim; False when it is no longer this worker's."""
    return _update(db.session(), envelope, claimed_until=utcnow() + lease.LIFE)


def mark(envelope: Envelope, status: Status, pause: float | None, **values: object) -> bool:
    """Set the message's state, to be looked at again in `pause` seconds (None: no more)."""
    due = None if pause is None else utcnow() + timedelta(seconds=pause)
    with transaction() as session:
        if due is not None and pause:
            later("jobs.delivery.deliver", envelope.participant_id, delay=pause)
        return _write(session, envelope, status=status, send_after=due, **values)


def adopt(envelope: Envelope, sent: Sent) -> None:
    """It is at the provider, under this SID."""
    if sent.status in receipts.FAILURES:
        status = Status(sent.status)
        give_up(envelope, "Twilio did not deliver it", sent.code, status, provider_sid=sent.sid)
    else:
        status = Status(sent.status) if sent.status in receipts.FORWARD else Status.ACCEPTED
        mark(envelope, status, None, provider_sid=sent.sid, error=None, error_code=None)
    journal.process_parked(sent.sid)


def give_up(
    envelope: Envelope,
    error: str,
    code: int | None,
    status: Status = Status.FAILED,
    **values: object,
) -> None:
    """It will not be sent again by itself: a person is called."""
    with transaction() as session:
        if _write(session, envelope, status=status, error=error, error_code=code, **values):
            participant = session.get_one(Participant, envelope.participant_id)
            attention.call(participant, Attention.NOT_DELIVERED)


def _is_due(message: Message, now: datetime) -> bool:
    if message.claimed_until and message.claimed_until > now:
        return False
    return message.send_after is None or message.send_after <= now


def _was_left_behind(message: Message) -> bool:
    """Count a claim nobody gave back; whether that has now happened too often in succession."""
    if message.claim_token is not None:
        message.faults += 1
    return message.faults >= MOST_FAULTS


def _give_up_on(session: Session, message: Message, participant: Participant) -> None:
    message.status, message.error = Status.FAILED, UNEXPECTED
    message.claim_token = message.claimed_until = None
    attention.call(participant, Attention.NOT_DELIVERED)
    later("jobs.delivery.deliver", participant.id)  # what stands behind it


def _may_go(session: Session, message: Message, participant: Participant, now: datetime) -> bool:
    its_own = message.author == Author.ASSISTANT or message.opens is not None
    silenced = its_own and participant.is_silenced(now)
    if message.withdrawn or silenced:
        # It was out, or thought to be, when a person silenced the assistant, and has come back.
        silence.withdraw(session, message, participant)
        later("jobs.delivery.deliver", participant.id)
        live.changed("conversations", live.thread(participant.id))
        return False
    if not window.is_open(participant):
        window.park(message, participant)
        later("jobs.delivery.deliver", participant.id)  # what stands behind it
        live.changed("conversations", live.thread(participant.id))
        return False
    rest = None if participant.simulated else circuit.open_until(Provider.TWILIO)
    due = rest or now + timedelta(seconds=pace.wait(participant, now))
    if due <= now:
        return True
    message.send_after = due
    later("jobs.delivery.deliver", participant.id, delay=(due - now).total_seconds())
    return False


def _claim(message: Message, participant: Participant, now: datetime) -> Envelope:
    if message.status == Status.WAITING:
        message.status, message.handed_over_at = Status.CLAIMED, now
        message.attempts += 1
    else:
        message.status = Status.UNCERTAIN
    message.claim_token, message.claimed_until = secrets.token_hex(16), now + lease.LIFE
    return Envelope(
        id=message.id,
        participant_id=participant.id,
        token=message.claim_token,
        to=participant.address,
        body=message.body,
        simulated=participant.simulated,
        uncertain=message.status == Status.UNCERTAIN,
        attempts=message.attempts,
        handed_over_at=message.handed_over_at or now,
    )


def _write(session: Session, envelope: Envelope, **values: Any) -> bool:
    if not _update(session, envelope, claim_token=None, claimed_until=None, faults=0, **values):
        log.error("a claim was lost while its message was out: message=%s", envelope.id)
        return False
    live.changed("conversations", live.thread(envelope.participant_id))
    return True


def _update(session: Session, envelope: Envelope, **values: Any) -> bool:
    written = session.execute(
        update(Message)
        .where(Message.id == envelope.id, Message.claim_token == envelope.token)
        .values(**values)
        .returning(Message.id)
    ).first()
    return written is not None
