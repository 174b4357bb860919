"""How fast WhatsApp lets us write to one person, and the sandbox to anybody."""

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import func, select

from ..database import db, one_at_a_time
from ..models import Message, Participant

# WhatsApp lends each person's bucket 45 messages, and one comes back every 6 seconds.
REFILL = timedelta(seconds=6)
BUCKET = 45
SANDBOX = timedelta(seconds=3)


def wait(participant: Participant, now: datetime) -> float:
    """Seconds until the next message may go to `participant`; 0: it goes now, and is counted."""
    if participant.simulated:
        return 0.0
    empties_at = max(participant.paced_until or now, now)
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
    return latest + SANDBOX - now if latest else timedelta()
