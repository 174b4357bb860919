"""Workers die at the worst of moments, and nothing is sent twice or lost."""

import sys
import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from werkzeug.datastructures import MultiDict

from tests.cast import ANA, BIA, at_once, known, only, participant, report, say
from tests.support.eventually import eventually
from wa_assistant.clients import twilio as channel
from wa_assistant.conversation import attention, takeover
from wa_assistant.database import db, transaction
from wa_assistant.delivery import receipts, send
from wa_assistant.delivery.envelope import MESSAGES
from wa_assistant.delivery.send import keep
from wa_assistant.models import Message, Role, Status, User
from wa_assistant.work.claims import Lost

from .sending import claim, later, look_three_times, posts

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def ana() -> int:
    return known(ANA)


def test_a_worker_that_died_after_claiming_leaves_it_to_be_looked_for(ana, twilio):
    say(ANA, "Olá!")
    claim(ana)  # and then it died
    send.deliver(ana)
    assert twilio.requests == []
    look_three_times(ana)
    assert [request.method for request in twilio.requests] == ["GET", "GET", "GET", "POST"]
    assert (only(Message).status, len(twilio.messages)) == (Status.QUEUED, 1)


def test_what_a_process_hands_over_on_waking_is_found_by_the_next_look(ana, twilio):
    say(ANA, "Olá!")
    envelope = claim(ana)
    later(3600)  # the machine sleeps
    send.deliver(ana)
    send._channel(envelope).send(envelope.to, envelope.body)
    look_three_times(ana)
    assert only(Message).provider_sid == twilio.messages[0].sid
    assert posts(twilio) == 1


def test_a_process_that_slept_since_it_took_the_claim_does_not_send(ana, twilio):
    say(ANA, "Olá!")
    envelope = claim(ana)
    lease = timedelta(seconds=MESSAGES.policy.lease)
    slept = replace(envelope, handed_over_at=envelope.handed_over_at - 2 * lease)
    assert keep(slept, send._send(slept, channel))
    assert (only(Message).status, only(Message).attempts, twilio.requests) == ("waiting", 0, [])
    claim(ana)  # another worker has it
    with pytest.raises(Lost):
        keep(slept, send._send(slept, channel))
    assert twilio.requests == []


def test_a_worker_that_died_after_sending_sends_nothing_twice(ana, twilio):
    say(ANA, "Olá!")
    envelope = claim(ana)
    send._channel(envelope).send(envelope.to, envelope.body)
    later(16)
    send.deliver(ana)
    message = only(Message)
    assert (message.status, message.provider_sid) == (Status.QUEUED, twilio.messages[0].sid)
    assert posts(twilio) == 1


def test_a_worker_whose_claim_ran_out_writes_nothing_over_the_other_ones(app, ana, twilio):
    say(ANA, "Olá!")
    twilio.hold()
    with at_once(app) as start:
        slow = start(send.deliver, ana)
        eventually(lambda: twilio.waiting == 1)
        later(16)
        other = claim(ana)
        twilio.release()
        slow.result(10)
    assert (only(Message).claim_token, only(Message).provider_sid) == (other.claim.token, None)
    later(16)
    send.deliver(ana)
    assert only(Message).provider_sid == twilio.messages[0].sid
    assert len(twilio.messages) == 1


@pytest.mark.parametrize("database", ["postgres"])
def test_a_failing_message_and_a_takeover_do_not_wait_for_each_other(app, ana, twilio, monkeypatch):
    with transaction():
        db.session.add(User(email=BIA, role=Role.EDITOR))
    bia = only(User)
    failing, calls = threading.Event(), attention.call

    def call(*arguments: Any) -> None:
        failing.set()
        eventually(lambda: waits_for_a_row())
        calls(*arguments)

    def take_over() -> None:
        failing.wait(10)
        takeover.take_over(ana, bia)

    say(ANA, "Olá!")
    twilio.fail_next(status=400, code=63016)
    monkeypatch.setattr(attention, "call", call)
    with at_once(app) as start:
        both = start(send.deliver, ana), start(take_over)
    assert [each.result() for each in both] == [None, None]
    assert participant(ANA).taken_over_by_id == bia.id


@pytest.mark.parametrize("database", ["postgres"])
def test_what_turns_out_to_have_arrived_while_it_is_claimed_is_not_sent_again(app, ana, twilio):
    say(ANA, "Olá!")
    send.deliver(ana)
    (sent,) = twilio.messages
    report(sent.sid, "failed", 63018)
    later(20)
    delivered = MultiDict({"MessageSid": sent.sid, "MessageStatus": "delivered"})
    with at_once(app) as start:
        with transaction():
            assert receipts.apply(delivered)
            sending = start(send.deliver, ana)
            eventually(lambda: waits_for_a_row())
        sending.result(10)
    assert (only(Message).status, only(Message).provider_sid) == (Status.DELIVERED, sent.sid)
    assert posts(twilio) == 1


def waits_for_a_row() -> bool:
    waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    with db.engine.connect() as connection:
        return bool(connection.scalar(waiting))


def test_a_slow_provider_keeps_the_claim(app, ana, twilio, monkeypatch):
    short = replace(MESSAGES, policy=replace(MESSAGES.policy, lease=0.5))
    monkeypatch.setattr(send, "MESSAGES", short)
    say(ANA, "Olá!")
    twilio.hold()
    with at_once(app) as start:
        slow = start(send.deliver, ana)
        eventually(lambda: twilio.waiting == 1)
        due_at = only(Message).due_at
        eventually(lambda: only(Message).due_at > due_at + timedelta(seconds=0.5))
        send.deliver(ana)
        twilio.release()
        slow.result(10)
    assert len(twilio.requests) == 1
    assert only(Message).status == Status.QUEUED


def test_a_worker_told_to_stop_while_sending_leaves_it_to_be_looked_for(ana, twilio, monkeypatch):
    really_send = channel.send

    def stopped(to: str, body: str, media: str | None) -> None:
        really_send(to, body, media)
        sys.exit("told to stop")

    say(ANA, "Olá!")
    monkeypatch.setattr(channel, "send", stopped)
    with pytest.raises(SystemExit):
        send.deliver(ana)
    message = only(Message)
    assert (message.status, message.claim_token, message.faults) == (Status.UNCERTAIN, None, 0)
    later(3)
    send.deliver(ana)
    assert only(Message).provider_sid == twilio.messages[0].sid
    assert posts(twilio) == 1
