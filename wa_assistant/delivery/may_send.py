"""Whether a message may go out now: asked when it is claimed, in the same writing unit."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from .. import live
from ..conversation import attention, silence, window
from ..database import db
from ..models import Attention, Author, Message, Participant, Provider, Status
from ..providers import circuit
from ..work.queue import later
from . import pace


def may_send(message: Message, participant: Participant, now: datetime) -> bool:
    """Whether it goes out now; if not, what becomes of it instead is written to it."""
    session = db.session()
    if _held_back(session, message, participant, now):
        later("jobs.delivery.deliver", participant.id)  # what stands behind it
        live.changed("conversations", live.thread(participant.id))
        return False
    rest = None if participant.simulated else circuit.rests_until(session, Provider.TWILIO)
    due = rest or now + timedelta(seconds=pace.wait(participant, now))
    if due <= now:
        return True
    message.due_at = due
    later("jobs.delivery.deliver", participant.id, delay=(due - now).total_seconds())
    return False


def _held_back(session: Session, message: Message, participant: Participant, now: datetime) -> bool:
    """Whether it is not to go out: a person silenced the assistant, they want nothing of us, or
    the window is closed."""
    its_own = message.author == Author.ASSISTANT or message.opens is not None
    silenced = its_own and participant.is_silenced(now)
    if message.withdrawn or silenced:
        # It was out, or thought to be, when a person silenced the assistant, and has come back.
        silence.withdraw(session, message, participant)
    elif participant.refuses():
        message.status, message.error_code = Status.FAILED, participant.refused_code
        attention.call(participant, Attention.NOT_DELIVERED)
    elif not window.is_open(participant):
        window.park(message, participant)
    else:
        return False
    return True
