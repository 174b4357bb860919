"""The outbox: outbound messages, delivered in order for their participant, each once.

A message is claimed, sent outside of any transaction, and marked under its claim. What may or
may not have been sent is uncertain: the provider's list is asked before it is sent again, and
later messages to that participant wait.
"""

from datetime import timedelta
from functools import partial

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from .. import live, rates
from ..clients import simulated
from ..clients.channel import Channel, Halted, Permanent, Sent, Temporary, Uncertain
from ..database import db, utcnow
from ..models import Author, Direction, Message, Participant, Provider, Status, User
from ..models.message import IS_UNSENT
from ..queue import later
from . import circuit, claim, lease
from .claim import Envelope

MOST_ATTEMPTS = 8
LONGEST_PAUSE_SECONDS = 300
BATCH = 20
GRACE = timedelta(seconds=3)  # for a message's own bell to be heard
# An uncertain message is looked for this long after it was handed over; absent each time, it
# was not taken. A list that stays unreadable is a person's to judge.
CHECKS_SECONDS = (2, 10, 30)
UNREADABLE_SECONDS = 120
CLOCK_MARGIN = timedelta(seconds=30)


def put(
    session: Session,
    participant: Participant,
    body: str,
    author: Author,
    *,
    user: User | None = None,
    form_key: str | None = None,
    opens: str | None = None,
    status: Status = Status.WAITING,
) -> Message:
    """Add a message to the outbox; it is delivered once the writing unit has committed.

    `opens`: the key of the stage whose opening words it is.
    """
    message = Message(
        participant_id=participant.id,
        direction=Direction.OUTBOUND,
        author=author,
        user_id=user and user.id,
        form_key=form_key,
        opens=opens,
        body=body,
        status=status,
        clock_ahead=participant.clock_ahead,
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
        envelope = claim.take(participant_id)
        if envelope is None:
            return
        try:
            with lease.renewed(partial(claim.renew, envelope)):
                done = _look_for(envelope) if envelope.uncertain else _send(envelope)
        except Exception:
            raise  # a fault of our own: the claim runs out, and that is counted
        except BaseException:  # told to stop: it may have been sent, and nobody is at fault
            claim.mark(envelope, Status.UNCERTAIN, CHECKS_SECONDS[0])
            raise
        if not done:
            return
    later("jobs.delivery.deliver", participant_id)


def _send(envelope: Envelope) -> bool:
    """False when it waits, and all that stands behind it."""
    try:
        sent = _channel(envelope).send(envelope.to, envelope.body)
    except Halted as error:
        circuit.break_(Provider.TWILIO, str(error), error.code)
        # The fault is not the message's: it does not count against it.
        attempts = {"attempts": envelope.attempts - 1}
        _wait(envelope, circuit.REST[Provider.TWILIO].total_seconds(), error, **attempts)
        return False
    except Permanent as error:
        claim.give_up(envelope, str(error), error.code)
    except Temporary as error:
        if envelope.attempts >= MOST_ATTEMPTS:
            claim.give_up(envelope, str(error), error.code)
        else:
            pause = min(4**envelope.attempts, LONGEST_PAUSE_SECONDS)
            _wait(envelope, rates.scattered(pause), error)
            return False
    except Uncertain as error:
        values = {"error": str(error), "error_code": error.code}
        claim.mark(envelope, Status.UNCERTAIN, CHECKS_SECONDS[0], **values)
        return False
    else:
        claim.adopt(envelope, sent)
        if not envelope.simulated:
            circuit.close(Provider.TWILIO)
    return True


def _wait(envelope: Envelope, pause: float, error: Temporary | Halted, **values: object) -> None:
    claim.mark(envelope, Status.WAITING, pause, error=str(error), error_code=error.code, **values)


def _look_for(envelope: Envelope) -> bool:
    """False when it is to be looked for again."""
    elapsed = (utcnow() - envelope.handed_over_at).total_seconds()
    since = envelope.handed_over_at - CLOCK_MARGIN
    try:
        found = _channel(envelope).find(envelope.to, envelope.body, since)
    except Uncertain as error:
        if elapsed > UNREADABLE_SECONDS:
            sentence = f"it is not known whether this was sent: {error}"
            claim.give_up(envelope, sentence, error.code)
            return True
        claim.mark(envelope, Status.UNCERTAIN, CHECKS_SECONDS[1])
        return False
    ours = _ours(found)
    strangers = [sent for sent in found if sent.sid not in ours]
    later_checks = [check for check in CHECKS_SECONDS if check > elapsed]
    if len(strangers) > 1:
        claim.give_up(envelope, "it is not known which of several at Twilio this is", None)
    elif strangers:
        claim.adopt(envelope, strangers[0])
    elif later_checks:
        claim.mark(envelope, Status.UNCERTAIN, later_checks[0] - elapsed)
        return False
    elif envelope.attempts >= MOST_ATTEMPTS:
        claim.give_up(envelope, "Twilio did not take it", None)
    else:
        claim.mark(envelope, Status.WAITING, 0)
    return True


def _ours(found: list[Sent]) -> set[str | None]:
    """The SIDs among those found that are other messages of ours."""
    sids = [sent.sid for sent in found]
    ours = db.session.scalars(
        select(Message.provider_sid).where(Message.provider_sid.in_(sids))
    ).all()
    db.session.rollback()
    return set(ours)


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
