"""Workers die at the worst of moments, and nothing is sent twice or lost."""

import sys
from datetime import timedelta

import pytest

from tests.cast import ANA, at_once, known, only, outbound, participant, say, set_back
from tests.support.eventually import eventually
from wa_assistant.database import utcnow
from wa_assistant.faults import MOST_FAULTS
from wa_assistant.messaging import lease, outbox
from wa_assistant.messaging.claim import Envelope, take
from wa_assistant.models import Attention, Message, Status

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def ana() -> int:
    return known(ANA)


def later(seconds: float) -> None:
    """Time passes for what is in the outbox."""
    for moment in (Message.send_after, Message.handed_over_at, Message.claimed_until):
        set_back(moment, seconds)


def claim(participant_id: int) -> Envelope:
    envelope = take(participant_id)
    assert envelope
    return envelope


def posts(twilio) -> int:
    return sum(request.method == "POST" for request in twilio.requests)


def test_a_worker_that_died_after_claiming_leaves_it_to_be_looked_for(ana, twilio):
    say(ANA, "Olá!")
    claim(ana)  # and then it died
    outbox.deliver(ana)
    assert twilio.requests == []
    later(31)
    outbox.deliver(ana)
    assert [request.method for request in twilio.requests] == ["GET", "POST"]
    assert (only(Message).status, len(twilio.messages)) == (Status.QUEUED, 1)


def test_a_worker_that_died_after_sending_sends_nothing_twice(ana, twilio):
    say(ANA, "Olá!")
    envelope = claim(ana)
    outbox._channel(envelope).send(envelope.to, envelope.body)
    later(16)
    outbox.deliver(ana)
    message = only(Message)
    assert (message.status, message.provider_sid) == (Status.QUEUED, twilio.messages[0].sid)
    assert posts(twilio) == 1


def test_a_worker_whose_claim_ran_out_writes_nothing_over_the_other_ones(app, ana, twilio):
    say(ANA, "Olá!")
    twilio.hold()
    with at_once(app) as start:
        slow = start(outbox.deliver, ana)
        eventually(lambda: twilio.waiting == 1)
        later(16)
        other = claim(ana)
        twilio.release()
        slow.result(10)
    assert (only(Message).claim_token, only(Message).provider_sid) == (other.token, None)
    later(16)
    outbox.deliver(ana)
    assert only(Message).provider_sid == twilio.messages[0].sid
    assert len(twilio.messages) == 1


def test_a_message_five_workers_died_of_is_given_up_and_a_person_called(ana, twilio):
    say(ANA, "Olá!")
    say(ANA, "Tchau!")
    for _ in range(MOST_FAULTS):
        claim(ana)  # and then it died
        later(16)
    outbox.deliver(ana)
    first, second = outbound()
    assert (first.status, second.status) == (Status.FAILED, Status.WAITING)
    assert participant(ANA).attention == Attention.NOT_DELIVERED
    outbox.deliver(ana)
    assert [each.body for each in twilio.messages] == ["Tchau!"]


def test_a_slow_provider_keeps_the_claim(app, ana, twilio, monkeypatch):
    monkeypatch.setattr(lease, "RENEWAL_SECONDS", 0.02)
    monkeypatch.setattr(lease, "LIFE", timedelta(seconds=0.5))
    say(ANA, "Olá!")
    twilio.hold()
    with at_once(app) as start:
        slow = start(outbox.deliver, ana)
        eventually(lambda: twilio.waiting == 1)
        claimed_until = only(Message).claimed_until
        eventually(lambda: only(Message).claimed_until > claimed_until + lease.LIFE)
        outbox.deliver(ana)
        twilio.release()
        slow.result(10)
    assert len(twilio.requests) == 1
    assert only(Message).status == Status.QUEUED


def test_a_worker_told_to_stop_while_sending_leaves_it_to_be_looked_for(ana, twilio, monkeypatch):
    channel = outbox._channel(Envelope(0, 0, "", "", "", False, False, 0, utcnow()))
    send = channel.send

    def stopped(to: str, body: str) -> None:
        send(to, body)
        sys.exit("told to stop")

    say(ANA, "Olá!")
    monkeypatch.setattr(channel, "send", stopped)
    with pytest.raises(SystemExit):
        outbox.deliver(ana)
    message = only(Message)
    assert (message.status, message.claim_token, message.faults) == (Status.UNCERTAIN, None, 0)
    later(3)
    outbox.deliver(ana)
    assert only(Message).provider_sid == twilio.messages[0].sid
    assert posts(twilio) == 1
