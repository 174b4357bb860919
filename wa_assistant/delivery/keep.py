"""What came of sending a message is kept, under its claim, in one writing unit."""

from datetime import timedelta

from sqlalchemy import update

from .. import live
from ..clients.channel import Sent
from ..conversation import attention
from ..database import db, transaction, utcnow
from ..models import Attention, Message, Participant, Reason, Status
from ..models.message import AT_TWILIO, FAILURES, IS_UNSENT
from ..work import claims, policies
from ..work.claims import Kind
from ..work.queue import later
from . import failure_policy, receipts
from .envelope import Envelope, Hopeless, Outcome, Refused, Taken, Unknown, Untaken

PART_GAP = timedelta(seconds=1)  # what follows at once may overtake on its way


def _buried(message: Message) -> None:
    """It is not sent any more, and a person sees to it."""
    message.status, message.reason = Status.FAILED, Reason.FAULT
    participant = db.session.get_one(Participant, message.participant_id)
    attention.call(participant, Attention.NOT_DELIVERED)


def _revived(message: Message) -> None:
    """It is sent after all, once the provider's list has been asked whether it was; not to who has
    stopped the messages since."""
    message.status, message.reason, message.error = Status.UNCERTAIN, None, None
    message.absences, message.unreadable_since = 0, None
    participant = db.session.get_one(Participant, message.participant_id)
    message.withdrawn = message.withdrawn or participant.stopped_at is not None
    live.conversation_changed(participant.id)


def _left_half_done(message: Message) -> None:
    message.status = Status.UNCERTAIN


MESSAGES = Kind(
    policies.MESSAGE,
    Message,
    left=(IS_UNSENT,),
    named=Message.participant_id,
    since=Message.created_at,
    buried=_buried,
    left_half_done=_left_half_done,
    revived=_revived,
    dismissed=lambda message: live.conversation_changed(message.participant_id),
)


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
            case Untaken(counted=True) if message.attempts + 1 >= failure_policy.MOST_ATTEMPTS:
                message.attempts += 1
                given_up = Refused(outcome.error, outcome.code, outcome.in_the_end)
                _fail(participant, message, given_up)
            case Untaken():
                return _wait(message, outcome)
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


def _wait(message: Message, why: Untaken) -> bool:
    """Whether it may be sent again at once. Only an answer of the provider's forgives faults."""
    message.status = Status.WAITING
    message.attempts += why.counted
    if why.seconds == 0:
        claims.release(message, forgiven=False)
        return True
    message.error, message.error_code = why.error, why.code
    pause = claims.pause(policies.MESSAGE, message.attempts)
    seconds = pause if why.seconds is None else why.seconds
    claims.postpone(MESSAGES, message, seconds, forgiven=True)
    return False


def _look_again(message: Message, why: Unknown) -> None:
    message.status = Status.UNCERTAIN
    if why.error:
        message.error, message.error_code = why.error, why.code
    message.absences, message.unreadable_since = why.absences, why.unreadable_since
    claims.postpone(MESSAGES, message, why.seconds, forgiven=False)


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
