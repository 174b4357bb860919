"""The outbox: outbound messages, delivered in order for their participant, each once.

A message is claimed by a conditional update, sent outside of any transaction, and marked under
its claim. What may or may not have been sent is uncertain: the provider's list is asked before
it is sent again, and later messages to that participant wait.
"""

import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from .. import live
from ..clients import simulated
from ..clients.channel import Channel, Permanent, Sent, Temporary, Uncertain
from ..database import db, transaction, utcnow
from ..models import Attention, Author, Direction, Message, Participant, Status, User
from ..models.message import IS_UNSENT
from ..queue import later
from . import attention, journal, receipts, silence

log = logging.getLogger(__name__)

CLAIM_LIFE = timedelta(seconds=60)  # well over the longest call to the provider
MOST_ATTEMPTS = 8
LONGEST_PAUSE_SECONDS = 300
BATCH = 20
GRACE = timedelta(seconds=3)  # for a message's own bell to be heard
# An uncertain message is looked for this long after it was handed over; absent each time, it
# was not taken. A list that stays unreadable is a person's to judge.
CHECKS_SECONDS = (2, 10, 30)
UNREADABLE_SECONDS = 120
CLOCK_MARGIN = timedelta(seconds=30)


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


def put(
    session: Session,
    participant: Participant,
    body: str,
    author: Author,
    *,
    user: User | None = None,
    form_key: str | None = None,
) -> Message:
    """Add a message to the outbox; it is delivered once the writing unit has committed."""
    message = Message(
        participant_id=participant.id,
        direction=Direction.OUTBOUND,
        author=author,
        user_id=user and user.id,
        form_key=form_key,
        body=body,
        status=Status.WAITING,
    )
    session.add(message)
    session.flush()
    participant.last_activity_at = message.created_at
    later("jobs.delivery.deliver", participant.id)
    live.changed("conversations", live.thread(participant.id))
    return message


def deliver(participant_id: int) -> None:
    """Send what waits for the participant, in order."""
    for _ in range(BATCH):
        envelope = _claim(participant_id)
        if envelope is None:
            return
        if envelope.uncertain:
            _look_for(envelope)
        else:
            _send(envelope)
    later("jobs.delivery.deliver", participant_id)


def _claim(participant_id: int) -> Envelope | None:
    now, token = utcnow(), secrets.token_hex(16)
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
        if first.status == Status.WAITING and _is_silenced(first, participant, now):
            silence.cancel(session, Message.id == first.id)
            if participant.held_by_id is None:
                attention.call(participant, Attention.WROTE_DURING_PAUSE)
            later("jobs.delivery.deliver", participant_id)  # what stands behind it
            live.changed("conversations", live.thread(participant_id))
            return None
        if first.status == Status.WAITING:
            first.status, first.handed_over_at = Status.CLAIMED, now
            first.attempts += 1
        else:
            first.status = Status.UNCERTAIN
        first.claim_token, first.claimed_until = token, now + CLAIM_LIFE
        return Envelope(
            id=first.id,
            participant_id=participant_id,
            token=token,
            to=participant.address,
            body=first.body,
            simulated=participant.simulated,
            uncertain=first.status == Status.UNCERTAIN,
            attempts=first.attempts,
            handed_over_at=first.handed_over_at or now,
        )


def _is_due(message: Message, now: datetime) -> bool:
    if message.claimed_until and message.claimed_until > now:
        return False
    return message.send_after is None or message.send_after <= now


def _is_silenced(message: Message, participant: Participant, now: datetime) -> bool:
    # It was out, or thought to be, when a person silenced the assistant, and has come back.
    return message.author == Author.ASSISTANT and participant.is_silenced(now)


def _send(envelope: Envelope) -> None:
    try:
        sent = _channel(envelope).send(envelope.to, envelope.body)
    except Permanent as error:
        _give_up(envelope, str(error), error.code)
    except Temporary as error:
        if envelope.attempts >= MOST_ATTEMPTS:
            _give_up(envelope, str(error), error.code)
        else:
            pause = min(4**envelope.attempts, LONGEST_PAUSE_SECONDS)
            _mark(envelope, Status.WAITING, pause, error=str(error), error_code=error.code)
    except Uncertain as error:
        _mark(
            envelope,
            Status.UNCERTAIN,
            CHECKS_SECONDS[0],
            error=str(error),
            error_code=error.code,
        )
    else:
        _adopt(envelope, sent)


def _look_for(envelope: Envelope) -> None:
    elapsed = (utcnow() - envelope.handed_over_at).total_seconds()
    since = envelope.handed_over_at - CLOCK_MARGIN
    try:
        found = _channel(envelope).find(envelope.to, envelope.body, since)
    except Uncertain as error:
        if elapsed > UNREADABLE_SECONDS:
            _give_up(envelope, f"it is not known whether this was sent: {error}", error.code)
        else:
            _mark(envelope, Status.UNCERTAIN, CHECKS_SECONDS[1])
        return
    ours = set(
        db.session.scalars(
            select(Message.provider_sid).where(Message.provider_sid.in_([s.sid for s in found]))
        )
    )
    db.session.rollback()
    strangers = [sent for sent in found if sent.sid not in ours]
    later_checks = [check for check in CHECKS_SECONDS if check > elapsed]
    if strangers:
        _adopt(envelope, strangers[0])
    elif later_checks:
        _mark(envelope, Status.UNCERTAIN, later_checks[0] - elapsed)
    elif envelope.attempts >= MOST_ATTEMPTS:
        _give_up(envelope, "Twilio did not take it", None)
    else:
        _mark(envelope, Status.WAITING, 0)


def _adopt(envelope: Envelope, sent: Sent) -> None:
    if sent.status in receipts.FAILURES:
        status = Status(sent.status)
        _give_up(envelope, "Twilio did not deliver it", sent.code, status, provider_sid=sent.sid)
    else:
        status = Status(sent.status) if sent.status in receipts.FORWARD else Status.ACCEPTED
        values = {"provider_sid": sent.sid, "error": None, "error_code": None}
        _mark(envelope, status, None, **values)
    journal.process_parked(sent.sid)


def _give_up(
    envelope: Envelope,
    error: str,
    code: int | None,
    status: Status = Status.FAILED,
    **values: object,
) -> None:
    with transaction() as session:
        if _write(session, envelope, status=status, error=error, error_code=code, **values):
            participant = session.get_one(Participant, envelope.participant_id)
            attention.call(participant, Attention.NOT_DELIVERED)


def _mark(envelope: Envelope, status: Status, pause: float | None, **values: object) -> bool:
    """Set the message's state, to be looked at again in `pause` seconds (None: no more)."""
    due = None if pause is None else utcnow() + timedelta(seconds=pause)
    with transaction() as session:
        if due is not None and pause:
            later("jobs.delivery.deliver", envelope.participant_id, delay=pause)
        return _write(session, envelope, status=status, send_after=due, **values)


def _write(session: Session, envelope: Envelope, **values: object) -> bool:
    written = session.execute(
        update(Message)
        .where(Message.id == envelope.id, Message.claim_token == envelope.token)
        .values(claim_token=None, claimed_until=None, **values)
        .returning(Message.id)
    ).first()
    if written is None:
        log.error("a claim was lost while its message was out: message=%s", envelope.id)
        return False
    live.changed("conversations", live.thread(envelope.participant_id))
    return True


def overdue(limit: int) -> list[int]:
    """Ids of participants with something due to be sent, for the sweeper."""
    now = utcnow()
    return list(
        db.session.scalars(
            select(Message.participant_id)
            .where(
                IS_UNSENT,
                or_(Message.send_after.is_(None), Message.send_after <= now),
                or_(Message.claimed_until.is_(None), Message.claimed_until <= now),
                Message.created_at < now - GRACE,
            )
            .group_by(Message.participant_id)
            .order_by(func.min(Message.id))
            .limit(limit)
        )
    )


def _channel(envelope: Envelope) -> Channel:
    if envelope.simulated:
        return simulated
    from ..clients import twilio  # costs the web process 0.4 s and 40 MB it has no use for

    return twilio
