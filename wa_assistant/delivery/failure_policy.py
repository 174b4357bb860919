"""What follows when the provider fails a message: refused at once, in its list, or by a receipt;
and when it did not take it, or nobody knows.

Most of WhatsApp's own refusals come as receipts, after Twilio has taken the message. What was
refused for now goes back to wait, and nothing is doubled by that: what stands failed under its
SID has reached nobody. The SID is kept as a Refusal, so that the provider's list is not mistaken
for the next sending and a late receipt of it changes nothing (unless it tells of a delivery
while the message still waits: then it is not sent again). Every SID the provider took is a
message's or a Refusal's; any other is a message sent twice.
"""

from sqlalchemy import exists, select

from .. import live
from ..clients import errors
from ..clients.errors import Action
from ..conversation import attention
from ..database import db
from ..models import Attention, Direction, Message, Participant, Provider, Refusal, Status
from ..models.message import AT_TWILIO
from ..money import message_costs
from ..providers import circuit
from ..work import claims
from .envelope import MESSAGES, Refused, Unknown, Untaken

# There, or perhaps: what is before it would now come after it.
OUT = (Status.CLAIMED, Status.UNCERTAIN, *AT_TWILIO)
PATIENCE_SECONDS = 180  # after which a person is told that a message cannot be sent


def fail(
    participant: Participant, message: Message, why: Refused, status: Status = Status.FAILED
) -> None:
    """It has failed: what follows is the same however we hear of it."""
    message.status, message.reason = status, why.reason
    message.error, message.error_code = why.error, why.code
    message_costs.failed(message)
    claims.release(message)
    follow(participant, message)


def send_again(participant: Participant, message: Message, why: Untaken) -> bool:
    """It was surely not taken, and goes back to wait unless that was the last try. Whether it, or
    what stands behind it, may go at once.

    Only an answer of the provider's forgives faults.
    """
    if why.counted and not claims.count_attempt(MESSAGES, message):
        fail(participant, message, Refused(why.error, why.code, why.in_the_end))
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


def look_again(message: Message, why: Unknown) -> None:
    """It may have been sent, and is looked for in the provider's list after a pause."""
    message.status = Status.UNCERTAIN
    if why.error:
        message.error, message.error_code = why.error, why.code
    message.absences, message.unreadable_since = why.absences, why.unreadable_since
    claims.postpone(MESSAGES, message, why.seconds)


def follow(participant: Participant, message: Message) -> None:
    """`message` has just failed: what its code asks for is done, for it and for all others.

    `participant` is locked by the writing unit, before the message was.
    """
    code = message.error_code
    action = errors.action(code)
    if action is Action.STOP:  # refused at once it would not have got here
        said = message.error or f"Twilio reported error {code}"
        circuit.open_(Provider.TWILIO, said, code, by_receipt=True)
    live.conversation_changed(participant.id)
    passing = action in (Action.STOP, Action.BACK_OFF) and _may_go_again(participant, message)
    if passing and claims.count_attempt(MESSAGES, message):
        rest = circuit.REST[Provider.TWILIO].total_seconds()
        pause = MESSAGES.policy.pause(message.attempts)
        _put_back(message, rest if action is Action.STOP else pause)
        return
    if action is Action.SUPPRESS:
        participant.refused_at, participant.refused_code = participant.now(), code
    attention.call(participant, Attention.NOT_DELIVERED)


def _may_go_again(participant: Participant, message: Message) -> bool:
    newer_is_out = exists().where(
        Message.participant_id == participant.id,
        Message.id > message.id,
        Message.direction == Direction.OUTBOUND,
        Message.status.in_(OUT),
    )
    return bool(participant.window_left()) and not db.session.scalar(select(newer_is_out))


def _put_back(message: Message, seconds: float) -> None:
    if message.provider_sid is not None:
        refused = {"provider_sid": message.provider_sid, "code": message.error_code}
        db.session.add(Refusal(message_id=message.id, **refused))
    message.status, message.provider_sid = Status.WAITING, None
    message_costs.goes_again(message)
    claims.postpone(MESSAGES, message, seconds)
