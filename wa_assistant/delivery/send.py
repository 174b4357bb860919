"""The outbox: outbound messages, delivered in order for their participant, each once.

A message is claimed, sent outside of any transaction, and marked under its claim. What may or
may not have been sent is uncertain: the provider's list is asked before it is sent again, and
later messages to that participant wait.
"""

from contextlib import suppress
from datetime import timedelta
from functools import partial

from sqlalchemy import func, or_, select

from ..clients import simulated
from ..clients.channel import Channel, Halted, Permanent, Temporary, Uncertain
from ..conversation import lease
from ..database import db, utcnow
from ..models import (
    Message,
    Provider,
    Reason,
    Status,
)
from ..models.message import IS_UNSENT
from ..providers import circuit
from ..work.faults import DATABASE_AWAY, NOT_OURS, outline
from ..work.queue import later
from . import claim, failure_policy, uncertain
from .claim import Envelope

BATCH = 20
GRACE = timedelta(seconds=3)  # for a message's own bell to be heard


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
        if envelope.attempts < failure_policy.MOST_ATTEMPTS:
            _wait(envelope, failure_policy.pause(envelope.attempts), error)
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
