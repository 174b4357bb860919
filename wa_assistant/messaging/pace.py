"""How fast WhatsApp lets us write to one person, and the sandbox to anybody."""

from datetime import datetime, timedelta

from flask import current_app

from .. import rates
from ..models import Participant

# WhatsApp lends each person's bucket 45 messages, and one comes back every 6 seconds.
REFILL = timedelta(seconds=6)
BUCKET = 45
SANDBOX_SECONDS = 3


def wait(participant: Participant, now: datetime) -> float:
    """Seconds until the next message may go to `participant`; 0: it goes now, and is counted."""
    if participant.simulated:
        return 0.0
    empties_at = max(participant.paced_until or now, now)
    over = empties_at - now - (BUCKET - 1) * REFILL
    if over > timedelta():
        return over.total_seconds()
    if current_app.config["TWILIO_SANDBOX"]:
        seconds = rates.take("sandbox", 1, SANDBOX_SECONDS)
        if seconds:
            return seconds
    participant.paced_until = empties_at + REFILL
    return 0.0
