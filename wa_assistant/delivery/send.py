"""The outbox is delivered: in order for each participant, each message once.

What is guaranteed: a message is sent by one worker at a time, with no transaction open. What may or
may not have been sent is looked for in the provider's list before it is sent again, and the later
messages to that participant wait meanwhile. The provider cannot be asked to send only once, so one
that it took and does not list within 30 seconds would be sent twice.
"""

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import Select, func, select

from .. import live
from ..clients import simulated
from ..clients.channel import Channel, Halted, Permanent, Sent, Temporary, Uncertain
from ..conversation import attention, outbox, silence
from ..database import db, one_at_a_time, transaction, utcnow
from ..media import handed_out
from ..models import (
    Attention,
    Author,
    Cancelled,
    Media,
    Message,
    Participant,
    Provider,
    Reason,
    Status,
)
from ..models.message import AT_TWILIO, FAILURES, IS_UNSENT
from ..money import message_costs
from ..providers import circuit
from ..providers.circuit import Standing
from ..work import claims
from ..work.queue import later
from . import failure_policy, quiet, receipts, uncertain
from .envelope import MESSAGES, Envelope, Hopeless, Outcome, Refused, Taken, Unknown, Untaken
from .uncertain import LOOKS_SECONDS

BATCH = 20
PART_GAP = timedelta(seconds=1)  # what follows at once may overtake on its way
FILE_GAP = timedelta(seconds=4)  # the provider has to fetch a file first
# WhatsApp lends each person's bucket 45 messages, and one comes back every 6 seconds.
REFILL = timedelta(seconds=6)
BUCKET = 45
SANDBOX = timedelta(seconds=3)


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
        standing = _may_send(message, participant, now) if is_new else circuit.CLOSED
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


def _may_send(message: Message, participant: Participant, now: datetime) -> Standing | None:
    """How the provider stands where it goes out now; None where it does not, and what becomes of
    it instead is written to it."""
    if _is_barred(message, participant, now):
        later("jobs.delivery.deliver", participant.id)  # what stands behind it
        live.conversation_changed(participant.id)
        return None
    standing = circuit.CLOSED if participant.simulated else circuit.now(Provider.TWILIO)
    due = now if message.opens is None else quiet.rests_until(message, participant, now)
    if due <= now:
        due = standing.rests_until or now + timedelta(seconds=pace(participant, now))
    if due <= now and standing.is_open:  # it goes out, and so may be the one that tries
        standing = circuit.turn(Provider.TWILIO)
        due = standing.rests_until or now
    if due <= now:
        return standing
    message.due_at = due
    later("jobs.delivery.deliver", participant.id, delay=(due - now).total_seconds())
    return None


def _is_barred(message: Message, participant: Participant, now: datetime) -> bool:
    """Whether it is not to go out: a person silenced the assistant, they are blocked, they want
    nothing of us, or the window is closed."""
    its_own = message.author == Author.ASSISTANT or message.opens is not None
    silenced = its_own and not participant.assistant_may_speak(now)
    if message.withdrawn or silenced:
        # It was out, or thought to be, when a person silenced the assistant, and has come back.
        silence.withdraw(message, participant)
    elif participant.blocked_at is not None:
        message.status, message.cancelled_for = Status.CANCELLED, Cancelled.BLOCKED
    elif participant.refuses():
        message.status, message.error_code = Status.FAILED, participant.refused_code
        attention.call(participant, Attention.NOT_DELIVERED)
    elif not participant.window_left():
        outbox.park(message, participant)
    else:
        return False
    return True


def pace(participant: Participant, now: datetime) -> float:
    """Seconds until the next message may go to `participant`; 0: it goes now, and is counted."""
    if participant.simulated:
        return 0.0
    paced_until = participant.paced_until or now
    # What is further ahead than a whole bucket was written by a clock that was wrong.
    empties_at = paced_until if now < paced_until <= now + BUCKET * REFILL else now
    over = empties_at - now - (BUCKET - 1) * REFILL
    if over > timedelta():
        return over.total_seconds()
    if current_app.config["TWILIO_SANDBOX"] and (rest := _sandbox_rests(now)) > timedelta():
        return rest.total_seconds()
    participant.paced_until = empties_at + REFILL
    return 0.0


def _sandbox_rests(now: datetime) -> timedelta:
    """What is left of the pause after the last message to anybody."""
    one_at_a_time("sandbox")  # and while it was waited for another may have sent, after `now`
    # Whoever was written to lately has a bucket that is not full.
    latest = db.session.scalar(
        select(func.max(Message.handed_over_at))
        .join(Participant, Participant.id == Message.participant_id)
        .where(Participant.paced_until > now)
    )
    return latest + SANDBOX - now if latest and latest <= utcnow() else timedelta()


def _envelope(
    claim: claims.Claim[Message], message: Message, participant: Participant, *, was_refusing: bool
) -> Envelope:
    return Envelope(
        claim=claim,
        participant_id=participant.id,
        to=participant.address,
        body=message.body,
        media=None if message.kind == "text" else _media(message),
        # Nobody else could reach such an address, whoever it stands for.
        simulated=participant.simulated or participant.address.startswith(simulated.ADDRESS),
        uncertain=message.status == Status.UNCERTAIN,
        was_refusing=was_refusing,
        faults=message.faults,
        absences=message.absences,
        unreadable_since=message.unreadable_since,
        handed_over_at=message.handed_over_at or utcnow(),
    )


def _media(message: Message) -> str | None:
    file = db.session.scalar(select(Media).where(Media.message_id == message.id))
    return handed_out.address(file) if file else None


def _send(envelope: Envelope, channel: Channel) -> Outcome:
    if utcnow() - envelope.handed_over_at > timedelta(seconds=envelope.claim.kind.policy.lease):
        # This process has slept since it took the claim, and another may have it by now.
        return Untaken(seconds=0, counted=False)
    try:
        sent = channel.send(envelope.to, envelope.body, envelope.media)
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
                failure_policy.fail(participant, message, outcome)
            case Untaken():
                return failure_policy.send_again(participant, message, outcome)
            case Unknown():
                failure_policy.look_again(message, outcome)
                return False
            case Hopeless():
                claims.bury(MESSAGES, message)
    return True


def _take(participant: Participant, message: Message, sent: Sent) -> bool:
    message.provider_sid = sent.sid
    receipts.ring_for_parked(message)  # before it goes back to wait, and its SID to a Refusal
    if sent.status in FAILURES:
        failure_policy.fail(participant, message, Refused(code=sent.code), Status(sent.status))
        return True
    message.status = Status(sent.status) if sent.status in AT_TWILIO else Status.ACCEPTED
    message.error = message.error_code = None
    if participant.attention == Attention.NOT_SENT:
        attention.call_off(participant, Attention.NOT_SENT)
    claims.release(message)
    return _goes_on_behind(message)


def _goes_on_behind(message: Message) -> bool:
    """Whether something stands behind it, not counting its own next part, which waits a little."""
    behind: Message | None = db.session.scalar(_unsent(message.participant_id))
    if behind is None or behind.part_of_id != (message.part_of_id or message.id):
        return behind is not None
    gap = PART_GAP if message.kind == "text" else FILE_GAP
    behind.due_at = utcnow() + gap
    later("jobs.delivery.deliver", message.participant_id, delay=gap.total_seconds())
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
