"""The outbox: outbound messages, delivered in order for their participant, each once.

A message is claimed, sent outside of any transaction, and marked under its claim. What may or
may not have been sent is uncertain: the provider's list is asked before it is sent again, and
later messages to that participant wait.
"""

from contextlib import suppress
from datetime import timedelta
from functools import partial

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from .. import live
from ..clients import simulated
from ..clients.channel import Channel, Halted, Permanent, Temporary, Uncertain
from ..database import db, utcnow
from ..faults import DATABASE_AWAY, NOT_OURS, outline
from ..models import (
    Author,
    Cancelled,
    Direction,
    Message,
    Participant,
    Provider,
    Reason,
    Status,
    User,
)
from ..models.message import IS_UNSENT
from ..queue import later
from . import circuit, claim, lease, text, uncertain, verdict
from .claim import Envelope

BATCH = 20
GRACE = timedelta(seconds=3)  # for a message's own bell to be heard


def put(
    session: Session,
    participant: Participant,
    body: str,
    author: Author,
    *,
    user: User | None = None,
    form_key: str | None = None,
    opens: str | None = None,
    ai_call_id: int | None = None,
    silenced: bool = False,
) -> Message:
    """Add a text to the outbox; it is delivered once the writing unit has committed.

    What is too long for one message becomes several: the first of them stands for the whole.
    `opens`: the key of the stage whose opening words it is. `silenced`: a person has silenced the
    assistant since; it stands there cancelled, as that person's draft.
    """
    status = Status.CANCELLED if silenced else Status.WAITING
    shared = {"user_id": user and user.id, "opens": opens, "ai_call_id": ai_call_id}
    messages: list[Message] = []
    for part in text.parts(body):
        message = Message(
            participant_id=participant.id,
            direction=Direction.OUTBOUND,
            author=author,
            form_key=None if messages else form_key,
            part_of_id=messages[0].id if messages else None,
            body=part,
            status=status,
            cancelled_for=Cancelled.SILENCED if silenced else None,
            clock_ahead=participant.clock_ahead,
            **shared,
        )
        session.add(message)
        session.flush()  # one by one: their ids are their order
        messages.append(message)
    participant.last_activity_at = messages[-1].created_at
    later("jobs.delivery.deliver", participant.id)
    live.changed("conversations", live.thread(participant.id))
    return messages[0]


def is_said_by(session: Session, first: Message, body: str) -> bool:
    """Whether `first`, with the parts that follow it, is this very text."""
    mine = (Message.participant_id == first.participant_id, Message.part_of_id == first.id)
    following = session.scalars(select(Message.body).where(*mine).order_by(Message.id))
    return [first.body, *following] == text.parts(body)


def deliver(participant_id: int) -> None:
    """Send what waits for the participant, in order."""
    for _ in range(BATCH):
        envelope = claim.take(participant_id)
        if envelope is None:
            return
        try:
            with lease.renewed(partial(claim.renew, envelope)):
                done = _deliver(envelope)
        except BaseException as error:
            _lay_down(envelope, error)
            raise
        if not done:
            return
    later("jobs.delivery.deliver", participant_id)


def _deliver(envelope: Envelope) -> bool:
    """False when it waits, and all that stands behind it."""
    if envelope.uncertain:
        return uncertain.look_for(envelope, _channel(envelope))
    return _send(envelope)


def _lay_down(envelope: Envelope, error: BaseException) -> None:
    """It may have been sent, and is looked for. Whose worker was told to stop, or has lost the
    database or Redis, is not at fault."""
    with suppress(*DATABASE_AWAY):  # the claim runs out
        if isinstance(error, Exception) and not isinstance(error, NOT_OURS):
            claim.blame(envelope, outline(error))
        else:
            claim.mark(envelope, Status.UNCERTAIN, uncertain.LOOKS_SECONDS[0])


def _send(envelope: Envelope) -> bool:
    if utcnow() - envelope.handed_over_at > lease.LIFE:
        # This process has slept since it took the claim, and another may have it by now.
        return claim.mark(envelope, Status.WAITING, 0, attempts=envelope.attempts - 1)
    try:
        sent = _channel(envelope).send(envelope.to, envelope.body)
    except Halted as error:
        circuit.break_(Provider.TWILIO, str(error), error.code)
        # The fault is not the message's: it does not count against it.
        attempts = {"attempts": envelope.attempts - 1}
        _wait(envelope, circuit.REST[Provider.TWILIO].total_seconds(), error, **attempts)
        return False
    except Permanent as error:
        claim.fail(envelope, error=str(error), error_code=error.code)
    except Temporary as error:
        if envelope.attempts < verdict.MOST_ATTEMPTS:
            _wait(envelope, verdict.pause(envelope.attempts), error)
            return False
        reason = None if error.code else Reason.NOT_REACHED
        claim.fail(envelope, error=str(error), error_code=error.code, reason=reason)
    except Uncertain as error:
        values = {"error": str(error), "error_code": error.code}
        claim.mark(envelope, Status.UNCERTAIN, uncertain.LOOKS_SECONDS[0], **values)
        return False
    else:
        claim.adopt(envelope, sent)
        if not envelope.simulated:
            circuit.close(Provider.TWILIO)
    return True


def _wait(envelope: Envelope, pause: float, error: Temporary | Halted, **values: object) -> None:
    told = {"error": str(error), "error_code": error.code, "faults": 0}
    claim.mark(envelope, Status.WAITING, pause, **told, **values)


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
