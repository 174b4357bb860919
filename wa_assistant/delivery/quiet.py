"""Whether an opening that waits in the outbox may go out, or quiet hours have begun meanwhile."""

from datetime import datetime, timedelta

from ..conversation import hours
from ..models import Message, Participant
from ..work.policies import LONGEST_REST

# A stage that begins within so long of what they wrote began in answer to it.
IN_ANSWER = timedelta(minutes=10)


def rests_until(message: Message, participant: Participant, now: datetime) -> datetime:
    """`now`, or when to look again: what opens a stage that we began ourselves, and could not go
    out before the quiet hours, waits in them, until the participant writes.

    The simulator's clock may be ahead, and its messages are delivered at once.
    """
    if participant.simulated:
        return now
    spoke = participant.last_inbound_at
    if spoke is not None and spoke > message.created_at - IN_ANSWER:
        return now
    ends = hours.quiet_until(now)
    return now if ends is None else min(ends, now + timedelta(seconds=LONGEST_REST))
