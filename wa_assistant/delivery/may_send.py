"""Whether a message may go out now: asked when it is claimed, in the same writing unit.

Also how fast WhatsApp lets us write to one person, and the sandbox to anybody.
"""

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import func, select

from .. import live
from ..conversation import attention, outbox, silence
from ..database import db, one_at_a_time
from ..models import Attention, Author, Message, Participant, Provider, Status
from ..providers import circuit
from ..providers.circuit import Standing
from ..work.queue import later

# WhatsApp lends each person's bucket 45 messages, and one comes back every 6 seconds.
REFILL = timedelta(seconds=6)
BUCKET = 45
SANDBOX = timedelta(seconds=3)


def may_send(message: Message, participant: Participant, now: datetime) -> Standing | None:
    """How the provider stands where it goes out now; None where it does not, and what becomes of
    it instead is written to it."""
    if _is_barred(message, participant, now):
        later("jobs.delivery.deliver", participant.id)  # what stands behind it
        live.conversation_changed(participant.id)
        return None
    standing = circuit.CLOSED if participant.simulated else circuit.now(Provider.TWILIO)
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
    """Whether it is not to go out: a person silenced the assistant, they want nothing of us, or
    the window is closed."""
    its_own = message.author == Author.ASSISTANT or message.opens is not None
    silenced = its_own and not participant.assistant_may_speak(now)
    if message.withdrawn or silenced:
        # It was out, or thought to be, when a person silenced the assistant, and has come back.
        silence.withdraw(message, participant)
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
    one_at_a_time("sandbox")
    # Whoever was written to lately has a bucket that is not full.
    latest = db.session.scalar(
        select(func.max(Message.handed_over_at))
        .join(Participant, Participant.id == Message.participant_id)
        .where(Participant.paced_until > now)
    )
    return latest + SANDBOX - now if latest and latest <= now else timedelta()
