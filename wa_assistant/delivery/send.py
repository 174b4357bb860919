"""The outbox is delivered: in order for each participant, each message once.

What is guaranteed: a message is sent by one worker at a time, with no transaction open. What may or
may not have been sent is looked for in the provider's list before it is sent again, and the later
messages to that participant wait meanwhile. The provider cannot be asked to send only once, so one
that it took and does not list within 30 seconds would be sent twice.
"""

from datetime import timedelta

from sqlalchemy import Select, select

from .. import live
from ..clients import simulated
from ..clients.channel import Channel, Halted, Permanent, Sent, Temporary, Uncertain
from ..conversation import attention
from ..database import db, transaction, utcnow
from ..models import Attention, Message, Participant, Provider, Reason, Status
from ..models.message import AT_TWILIO, FAILURES, IS_UNSENT
from ..money import message_costs
from ..providers import circuit
from ..work import claims
from ..work.queue import later
from . import failure_policy, may_send, receipts, uncertain
from .envelope import MESSAGES, Envelope, Hopeless, Outcome, Refused, Taken, Unknown, Untaken
from .uncertain import LOOKS_SECONDS

BATCH = 20
PATIENCE_SECONDS = 180  # after which a person is told that a message cannot be sent
PART_GAP = timedelta(seconds=1)  # what follows at once may overtake on its way


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
        # Locked too: a receipt changes it without the participant's lock.
        message, sent = _next(participant_id)
        if participant is None or message is None or claims.waits(message, MESSAGES.policy.longest):
            return None
        is_new = message.status == Status.WAITING
        standing = may_send.may_send(message, participant, now) if is_new else circuit.CLOSED
        if standing is None:
            return None
        claim = claims.take_row(MESSAGES, message)
        if claim is None:
            later("jobs.delivery.deliver", participant_id)  # what stands behind it
            return None
        if is_new:
            message.status, message.handed_over_at = Status.CLAIMED, now
            message.absences, message.unreadable_since = 0, None
            message_costs.handed_over(message, participant, sent)
        else:
            message.status = Status.UNCERTAIN
        return _envelope(claim, message, participant, was_refusing=standing.is_open)


def _envelope(
    claim: claims.Claim[Message], message: Message, participant: Participant, *, was_refusing: bool
) -> Envelope:
    return Envelope(
        claim=claim,
        participant_id=participant.id,
        to=participant.address,
        body=message.body,
        simulated=participant.simulated,
        uncertain=message.status == Status.UNCERTAIN,
        was_refusing=was_refusing,
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
    if envelope.was_refusing:
        circuit.close(Provider.TWILIO)
    return Taken(sent)


def _channel(envelope: Envelope) -> Channel:
    if envelope.simulated:
        return simulated
    from ..clients import twilio  # costs the web process 0.4 s and 40 MB it has no use for

    return twilio


def keep(envelope: Envelope, outcome: Outcome) -> bool:
    """Write down what came of it; whether there may be something behind it that may go now.

    Raises claims.Lost where another worker has it by now.
    """
    with transaction():
        participant = db.session.get_one(Participant, envelope.participant_id, with_for_update=True)
        message = claims.own(envelope.claim)
        live.conversation_changed(participant.id)
        match outcome:
            case Taken(sent):
                return _take(participant, message, sent)
            case Refused():
                _fail(participant, message, outcome)
            case Untaken():
                return _send_again(participant, message, outcome)
            case Unknown():
                _look_again(message, outcome)
                return False
            case Hopeless():
                claims.bury(MESSAGES, message)
    return True


def _take(participant: Participant, message: Message, sent: Sent) -> bool:
    message.provider_sid = sent.sid
    receipts.ring_for_parked(message)  # before it goes back to wait, and its SID to a Refusal
    if sent.status in FAILURES:
        _fail(participant, message, Refused(code=sent.code), Status(sent.status))
        return True
    message.status = Status(sent.status) if sent.status in AT_TWILIO else Status.ACCEPTED
    message.error = message.error_code = None
    if participant.attention == Attention.NOT_SENT:
        attention.call_off(participant, Attention.NOT_SENT)
    claims.release(message)
    return _goes_on_behind(message)


def _fail(
    participant: Participant, message: Message, why: Refused, status: Status = Status.FAILED
) -> None:
    """It has failed: what follows is the same however we hear of it."""
    message.status, message.reason = status, why.reason
    message.error, message.error_code = why.error, why.code
    message_costs.failed(message)
    claims.release(message)
    failure_policy.follow(participant, message)


def _send_again(participant: Participant, message: Message, why: Untaken) -> bool:
    """Unless that was the last try. Whether it, or what stands behind it, may go at once.

    Only an answer of the provider's forgives faults.
    """
    if why.counted and not claims.count_attempt(MESSAGES, message):
        _fail(participant, message, Refused(why.error, why.code, why.in_the_end))
        return True
    # Who is called for another reason comes anyway, and that reason stays when it is sent.
    is_late = MESSAGES.policy.spent(message.attempts) >= PATIENCE_SECONDS
    if is_late and participant.attention_at is None:
        attention.call(participant, Attention.NOT_SENT)
    message.status = Status.WAITING
    message_costs.untaken(message)
    if why.seconds == 0:
        claims.release(message, forgiven=False)
        return True
    message.error, message.error_code = why.error, why.code
    pause = MESSAGES.policy.pause(message.attempts)
    seconds = pause if why.seconds is None else why.seconds
    claims.postpone(MESSAGES, message, seconds, forgiven=True)
    return False


def _look_again(message: Message, why: Unknown) -> None:
    message.status = Status.UNCERTAIN
    if why.error:
        message.error, message.error_code = why.error, why.code
    message.absences, message.unreadable_since = why.absences, why.unreadable_since
    claims.postpone(MESSAGES, message, why.seconds)


def _goes_on_behind(message: Message) -> bool:
    """Whether something stands behind it, not counting its own next part, which waits a little."""
    behind: Message | None = db.session.scalar(_unsent(message.participant_id))
    if behind is None or behind.part_of_id != (message.part_of_id or message.id):
        return behind is not None
    behind.due_at = utcnow() + PART_GAP
    later("jobs.delivery.deliver", message.participant_id, delay=PART_GAP.total_seconds())
    return False


def _next(participant_id: int) -> tuple[Message | None, int]:
    """The first that waits, locked, and how many service messages the month has."""
    statement = _unsent(participant_id).with_for_update(of=Message)
    found = db.session.execute(
        statement.add_columns(message_costs.service_messages_so_far())
    ).first()
    return (found[0], found[1]) if found else (None, 0)


def _unsent(participant_id: int) -> Select[Message]:
    """The first message that waits for the participant."""
    return (
        select(Message)
        .where(Message.participant_id == participant_id, IS_UNSENT)
        .order_by(Message.id)
        .limit(1)
        .execution_options(populate_existing=True)
    )
