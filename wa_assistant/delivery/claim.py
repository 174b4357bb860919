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
from ..conversation import attention, lease
from ..database import db, transaction, utcnow
from ..models import Attention, Message, Participant, Reason, Settlement, Status
from ..models.message import AT_TWILIO, FAILURES, IS_UNSENT
from ..work.faults import MOST_FAULTS
from ..work.queue import later
from . import failure_policy, may_send, receipts

log = logging.getLogger(__name__)

DIED = "The worker ended while it sent this."
PART_GAP = timedelta(seconds=1)  # what follows at once may overtake on its way
FAULT_PAUSE_SECONDS = 10  # a fault of our own would be the same in a second


@dataclass(frozen=True)
class Envelope:
    """A claimed message, with all that is needed to send it without the database."""

    id: int
    text_id: int  # of its text's first part
    participant_id: int
    token: str
    to: str
    body: str
    simulated: bool
    uncertain: bool
    attempts: int
    faults: int
    absences: int
    unreadable_since: datetime | None
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
        _count_if_left_behind(first)
        if first.faults > MOST_FAULTS:  # even looking for it fails
            _set_aside(first, participant)
            later("jobs.delivery.deliver", participant.id)  # what stands behind it
            return None
        if first.status == Status.WAITING and not may_send.may_go(session, first, participant, now):
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


def blame(envelope: Envelope, error: str) -> None:
    """Working on it failed by a fault of our own: that is counted, and it is looked for."""
    fault = {"faults": Message.faults + 1, "error": error, "error_code": None}
    mark(envelope, Status.UNCERTAIN, FAULT_PAUSE_SECONDS, **fault)


def adopt(envelope: Envelope, sent: Sent) -> None:
    """It is at the provider, under this SID."""
    if sent.status in FAILURES:
        fail(envelope, Status(sent.status), provider_sid=sent.sid, error_code=sent.code)
    else:
        status = Status(sent.status) if sent.status in AT_TWILIO else Status.ACCEPTED
        fine = {"error": None, "error_code": None, "send_after": None, "faults": 0}
        with transaction() as session:
            if _write(session, envelope, status=status, provider_sid=sent.sid, **fine):
                _let_the_next_part_wait(session, envelope)
    receipts.ring_for_parked(envelope.id, sent.sid)


def fail(envelope: Envelope, status: Status = Status.FAILED, **values: object) -> None:
    """It has failed, and `values` say why: what follows is the same however we hear of it."""
    values = {"error": None, "error_code": None, "send_after": None, "faults": 0, **values}
    with transaction() as session:
        participant = _locked(session, envelope)
        if _write(session, envelope, status=status, **values):
            failure_policy.follow(session, participant, session.get_one(Message, envelope.id))


def set_aside(envelope: Envelope) -> None:
    """The provider does not have it, and sending it again would be a fault of our own again."""
    with transaction() as session:
        participant = _locked(session, envelope)
        if _write(session, envelope):
            _set_aside(session.get_one(Message, envelope.id), participant)


def _let_the_next_part_wait(session: Session, envelope: Envelope) -> None:
    waiting = session.scalars(
        update(Message)
        .where(
            Message.participant_id == envelope.participant_id,
            Message.part_of_id == envelope.text_id,
            Message.status == Status.WAITING,
        )
        .values(send_after=utcnow() + PART_GAP)
        .returning(Message.id)
    ).all()
    if waiting:
        seconds = PART_GAP.total_seconds()
        later("jobs.delivery.deliver", envelope.participant_id, delay=seconds)


def _locked(session: Session, envelope: Envelope) -> Participant:
    """The participant, whom whoever changes both takes first: so nobody waits in a circle."""
    return session.get_one(Participant, envelope.participant_id, with_for_update=True)


def _is_due(message: Message, now: datetime) -> bool:
    if message.claimed_until and message.claimed_until > now:
        return False
    return message.send_after is None or message.send_after <= now


def _count_if_left_behind(message: Message) -> None:
    if message.claim_token is not None:
        message.faults += 1
        message.error, message.error_code = DIED, None


def _set_aside(message: Message, participant: Participant) -> None:
    message.status, message.reason = Status.FAILED, Reason.FAULT
    message.settlement, message.settled_at = Settlement.SET_ASIDE, utcnow()
    message.claim_token = message.claimed_until = message.send_after = None
    attention.call(participant, Attention.NOT_DELIVERED)
    live.changed("frame")


def _claim(message: Message, participant: Participant, now: datetime) -> Envelope:
    if message.status == Status.WAITING:
        message.status, message.handed_over_at = Status.CLAIMED, now
        message.attempts += 1
        message.absences, message.unreadable_since = 0, None
    else:
        message.status = Status.UNCERTAIN
    message.claim_token, message.claimed_until = secrets.token_hex(16), now + lease.LIFE
    return Envelope(
        id=message.id,
        text_id=message.part_of_id or message.id,
        participant_id=participant.id,
        token=message.claim_token,
        to=participant.address,
        body=message.body,
        simulated=participant.simulated,
        uncertain=message.status == Status.UNCERTAIN,
        attempts=message.attempts,
        faults=message.faults,
        absences=message.absences,
        unreadable_since=message.unreadable_since,
        handed_over_at=message.handed_over_at or now,
    )


def _write(session: Session, envelope: Envelope, **values: Any) -> bool:
    if not _update(session, envelope, claim_token=None, claimed_until=None, **values):
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
