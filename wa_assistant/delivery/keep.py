"""What came of sending a message is kept, under its claim, in one writing unit."""

from datetime import timedelta

from sqlalchemy import update

from .. import live
from ..clients.channel import Sent
from ..database import db, transaction, utcnow
from ..models import Message, Participant, Status
from ..models.message import AT_TWILIO, FAILURES
from ..work import claims
from ..work.queue import later
from . import failure_policy, receipts
from .envelope import MESSAGES, Envelope, Hopeless, Outcome, Refused, Taken, Unknown, Untaken

PART_GAP = timedelta(seconds=1)  # what follows at once may overtake on its way


def keep(envelope: Envelope, outcome: Outcome) -> bool:
    """Write down what came of it; whether what stands behind it may go now.

    Raises claims.Lost where another worker has it by now.
    """
    with transaction():
        participant = db.session.get_one(Participant, envelope.participant_id, with_for_update=True)
        message = claims.own(envelope.claim)
        live.conversation_changed(participant.id)
        match outcome:
            case Taken(sent):
                _take(participant, message, sent)
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


def _take(participant: Participant, message: Message, sent: Sent) -> None:
    message.provider_sid = sent.sid
    receipts.ring_for_parked(message)  # before it goes back to wait, and its SID to a Refusal
    if sent.status in FAILURES:
        _fail(participant, message, Refused(code=sent.code), Status(sent.status))
        return
    message.status = Status(sent.status) if sent.status in AT_TWILIO else Status.ACCEPTED
    message.error = message.error_code = None
    claims.release(message)
    _let_the_next_part_wait(message)


def _fail(
    participant: Participant, message: Message, why: Refused, status: Status = Status.FAILED
) -> None:
    """It has failed: what follows is the same however we hear of it."""
    message.status, message.reason = status, why.reason
    message.error, message.error_code = why.error, why.code
    claims.release(message)
    failure_policy.follow(participant, message)


def _send_again(participant: Participant, message: Message, why: Untaken) -> bool:
    """Unless that was the last try. Whether it, or what stands behind it, may go at once.

    Only an answer of the provider's forgives faults.
    """
    if why.counted and not claims.count_attempt(MESSAGES, message):
        _fail(participant, message, Refused(why.error, why.code, why.in_the_end))
        return True
    message.status = Status.WAITING
    if why.seconds == 0:
        claims.release(message, forgiven=False)
        return True
    message.error, message.error_code = why.error, why.code
    pause = claims.pause(MESSAGES.policy, message.attempts)
    seconds = pause if why.seconds is None else why.seconds
    claims.postpone(MESSAGES, message, seconds, forgiven=True)
    return False


def _look_again(message: Message, why: Unknown) -> None:
    message.status = Status.UNCERTAIN
    if why.error:
        message.error, message.error_code = why.error, why.code
    message.absences, message.unreadable_since = why.absences, why.unreadable_since
    claims.postpone(MESSAGES, message, why.seconds)


def _let_the_next_part_wait(message: Message) -> None:
    text_id = message.part_of_id or message.id
    waiting = db.session.scalars(
        update(Message)
        .where(
            Message.participant_id == message.participant_id,
            Message.part_of_id == text_id,
            Message.status == Status.WAITING,
        )
        .values(due_at=utcnow() + PART_GAP)
        .returning(Message.id)
    ).all()
    if waiting:
        later("jobs.delivery.deliver", message.participant_id, delay=PART_GAP.total_seconds())
