"""The outbox is delivered: in order for each participant, each message once.

What is guaranteed: a message is sent by one worker at a time, with no transaction open. What may or
may not have been sent is looked for in the provider's list before it is sent again, and the later
messages to that participant wait meanwhile. The provider cannot be asked to send only once, so one
that it took and does not list within 30 seconds would be sent twice.
"""

from datetime import timedelta

from sqlalchemy import select

from ..clients import simulated
from ..clients.channel import Channel, Halted, Permanent, Temporary, Uncertain
from ..database import db, transaction, utcnow
from ..models import Message, Participant, Provider, Reason, Status
from ..models.message import IS_UNSENT
from ..providers import circuit
from ..work import claims
from ..work.queue import later
from . import may_send, uncertain
from .envelope import MESSAGES, Envelope, Outcome, Refused, Taken, Unknown, Untaken
from .keep import keep
from .uncertain import LOOKS_SECONDS

BATCH = 20


def deliver(participant_id: int) -> None:
    """Send what waits for the participant, in order; behind one that must wait, all wait.

    1. Claim the next message, if it is due and may be sent now.
    2. Look for it in the provider's list, where it may have been sent before; else send it.
    3. Keep what came of that: the provider's SID, the error, or when it is tried again.
    """
    for _ in range(BATCH):
        envelope = _claim(participant_id)
        if envelope is None:
            return
        goes_on = False
        with claims.working(envelope.claim, resumed=LOOKS_SECONDS[0]):
            channel = _channel(envelope)
            if envelope.uncertain:
                outcome = uncertain.look_for(envelope, channel)
            else:
                outcome = _send(envelope, channel)
            goes_on = keep(envelope, outcome)
        if not goes_on:
            return
    later("jobs.delivery.deliver", participant_id)


def _claim(participant_id: int) -> Envelope | None:
    """The participant's next message; None when there is none, or not yet."""
    now = utcnow()
    with transaction():
        # Whoever changes both takes the participant first: so nobody waits in a circle.
        participant = db.session.get(Participant, participant_id, with_for_update=True)
        message = db.session.scalar(
            select(Message)
            .where(Message.participant_id == participant_id, IS_UNSENT)
            .order_by(Message.id)
            .limit(1)
            .with_for_update()  # a receipt changes it without the participant's lock
            .execution_options(populate_existing=True)
        )
        if participant is None or message is None or (message.due_at and message.due_at > now):
            return None
        is_new = message.status == Status.WAITING
        if is_new and not may_send.may_send(message, participant, now):
            return None
        claim = claims.take_row(MESSAGES, message)
        if claim is None:
            later("jobs.delivery.deliver", participant_id)  # what stands behind it
            return None
        if is_new:
            message.status, message.handed_over_at = Status.CLAIMED, now
            message.absences, message.unreadable_since = 0, None
        else:
            message.status = Status.UNCERTAIN
        return _envelope(claim, message, participant)


def _envelope(claim: claims.Claim[Message], message: Message, participant: Participant) -> Envelope:
    return Envelope(
        claim=claim,
        text_id=message.part_of_id or message.id,
        participant_id=participant.id,
        to=participant.address,
        body=message.body,
        simulated=participant.simulated,
        uncertain=message.status == Status.UNCERTAIN,
        attempts=message.attempts,
        faults=message.faults,
        absences=message.absences,
        unreadable_since=message.unreadable_since,
        handed_over_at=message.handed_over_at or utcnow(),
    )


def _send(envelope: Envelope, channel: Channel) -> Outcome:
    if utcnow() - envelope.handed_over_at > timedelta(seconds=envelope.claim.kind.policy.lease):
        # This process has slept since it took the claim, and another may have it by now.
        return Untaken(seconds=0, counted=False)
    try:
        sent = channel.send(envelope.to, envelope.body)
    except Halted as error:
        circuit.break_(Provider.TWILIO, str(error), error.code)
        # The fault is not the message's: it does not count against it.
        rest = circuit.REST[Provider.TWILIO].total_seconds()
        return Untaken(str(error), error.code, seconds=rest, counted=False)
    except Permanent as error:
        return Refused(str(error), error.code)
    except Temporary as error:
        reason = None if error.code else Reason.NOT_REACHED
        return Untaken(str(error), error.code, in_the_end=reason)
    except Uncertain as error:
        return Unknown(LOOKS_SECONDS[0], str(error), error.code)
    if not envelope.simulated:
        circuit.close(Provider.TWILIO)
    return Taken(sent)


def _channel(envelope: Envelope) -> Channel:
    if envelope.simulated:
        return simulated
    from ..clients import twilio  # costs the web process 0.4 s and 40 MB it has no use for

    return twilio
