"""What the tests of the outbox share: time that passes for it, claims, what Twilio was asked."""

from tests.cast import set_back
from tests.doubles.twilio import Twilio
from wa_assistant.delivery import send
from wa_assistant.delivery.envelope import Envelope
from wa_assistant.models import Message

MOMENTS = (Message.due_at, Message.handed_over_at, Message.unreadable_since)


def later(seconds: float) -> None:
    """Time passes for what is in the outbox."""
    for moment in MOMENTS:
        set_back(moment, seconds)


def look_three_times(participant_id: int) -> None:
    """As often as a message is looked for that may have been sent; a dead worker's claim runs out
    first."""
    for seconds in (16, 9, 21):
        later(seconds)
        send.deliver(participant_id)


def claim(participant_id: int) -> Envelope:
    envelope = send._claim(participant_id)
    assert envelope
    return envelope


def posts(twilio: Twilio) -> int:
    return sum(request.method == "POST" for request in twilio.requests)


def lists(twilio: Twilio) -> int:
    return sum(request.method == "GET" for request in twilio.requests)
