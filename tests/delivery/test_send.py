"""The outbox: in order for each participant, each message once."""

import pytest

from tests.cast import ANA, BRUNO, at_once, known, only, outbound, participant, rows, say, set_back
from tests.support.eventually import eventually
from wa_assistant.conversation import attention
from wa_assistant.database import db, transaction
from wa_assistant.delivery import send
from wa_assistant.delivery.envelope import MESSAGES
from wa_assistant.models import Attention, Author, Message, Participant, Status
from wa_assistant.work import rates

MOST_ATTEMPTS = MESSAGES.policy.most_attempts or 0
pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def ana() -> int:
    return known(ANA)


def let_the_pause_end() -> None:
    set_back(Message.due_at, 400)


def test_a_message_in_the_outbox_waits_and_rings(ana, work):
    say(ANA, "Olá!", Author.USER)
    message = only(Message)
    assert (message.status, message.author) == (Status.WAITING, Author.USER)
    assert (message.provider_sid, message.attempts) == (None, 0)
    assert only(Participant).last_activity_at == message.created_at
    assert work.waiting() == ["jobs.delivery.deliver"]


def test_it_is_sent_and_keeps_the_sid_and_status_twilio_gave(ana, twilio, work):
    say(ANA, "Olá! 👋🏽")
    work()
    (sent,) = twilio.messages
    assert (sent.to, sent.body) == (ANA, "Olá! 👋🏽")
    message = only(Message)
    assert (message.provider_sid, message.status) == (sent.sid, Status.QUEUED)
    assert (message.attempts, message.claim_token, message.due_at) == (0, None, None)
    assert work() == []


def test_messages_go_out_in_the_order_they_were_put_there(ana, twilio, work):
    known(BRUNO)
    for number in range(5):
        say(ANA, f"A{number}")
        say(BRUNO, f"B{number}")
    work()
    for address, name in ((ANA, "A"), (BRUNO, "B")):
        bodies = [sent.body for sent in twilio.messages if sent.to == address]
        assert bodies == [f"{name}{number}" for number in range(5)]


def test_while_one_message_is_out_the_next_one_waits(app, ana, twilio):
    say(ANA, "first")
    say(ANA, "second")
    twilio.hold()
    with at_once(app) as start:
        start(send.deliver, ana)
        eventually(lambda: twilio.waiting == 1)
        send.deliver(ana)
        assert [message.status for message in outbound()] == [Status.CLAIMED, Status.WAITING]
        assert len(twilio.requests) == 1
        twilio.release()
    assert [sent.body for sent in twilio.messages] == ["first", "second"]


def test_many_workers_at_once_send_each_message_once_and_in_order(app, ana, twilio):
    for number in range(6):
        say(ANA, str(number))
    with at_once(app, 4) as start:
        deliveries = [start(send.deliver, ana) for _ in range(4)]
    assert [delivery.result() for delivery in deliveries] == [None] * 4
    assert [sent.body for sent in twilio.messages] == list("012345")


def test_one_participant_who_cannot_be_reached_holds_up_nobody_else(ana, twilio, work):
    known(BRUNO)
    say(ANA, "Olá!")
    say(BRUNO, "Hello!")
    twilio.fail_next(status=429)
    work(within=0)
    assert [sent.to for sent in twilio.messages] == [BRUNO]


def test_a_refusal_for_good_fails_the_message_and_calls_a_person(ana, twilio, work):
    say(ANA, "Olá!")
    twilio.fail_next(status=400, code=63016)
    work()
    message = only(Message)
    assert (message.status, message.error_code) == (Status.FAILED, 63016)
    assert "outside the allowed window" in message.error
    assert participant(ANA).attention == Attention.NOT_DELIVERED
    assert twilio.messages == []


def test_what_comes_after_a_failed_message_is_sent_all_the_same(ana, twilio, work):
    say(ANA, "first")
    say(ANA, "second")
    twilio.fail_next(status=400, code=21617)
    work()
    assert [message.status for message in outbound()] == [Status.FAILED, Status.QUEUED]
    assert only(Message, Message.status == Status.FAILED).error_code == 21617


def test_a_refusal_for_now_is_tried_again_after_a_growing_pause(ana, twilio, work):
    say(ANA, "first")
    say(ANA, "second")
    twilio.fail_next(3, status=429)
    pauses = []
    for _ in range(3):
        send.deliver(ana)
        first, second = outbound()
        assert (first.status, first.error_code) == (Status.WAITING, 20429)
        assert (second.status, second.attempts) == (Status.WAITING, 0)
        pauses.append((first.due_at - first.handed_over_at).total_seconds())
        send.deliver(ana)  # an early bell changes nothing
        let_the_pause_end()
    assert all(
        least <= pause <= 1.26 * least + 1 for least, pause in zip((4, 8, 16), pauses, strict=True)
    )
    send.deliver(ana)
    assert [sent.body for sent in twilio.messages] == ["first", "second"]
    assert {(message.status, message.error) for message in outbound()} == {(Status.QUEUED, None)}
    assert "jobs.delivery.deliver" in work.waiting()


def test_for_ten_minutes_nobody_waits_a_minute_for_the_next_try():
    policy, attempts = MESSAGES.policy, 1
    while policy.spent(attempts) < 600:
        assert rates.most(policy.pauses[attempts - 1]) < 60 or policy.spent(attempts) > 590
        attempts += 1
    assert attempts < MOST_ATTEMPTS


def test_what_cannot_be_sent_for_three_minutes_calls_a_person_until_it_is(ana, twilio):
    say(ANA, "Olá!")
    twilio.fail_next(8, status=429)
    called = []
    for _ in range(9):
        send.deliver(ana)
        called.append(participant(ANA).attention)
        let_the_pause_end()
    assert called == [None] * 7 + [Attention.NOT_SENT, None]
    assert only(Message).status == Status.QUEUED


def test_who_is_called_for_another_reason_stays_called_once_it_is_sent(ana, twilio):
    with transaction():
        attention.call(db.session.get_one(Participant, ana), Attention.ASKED_FOR_A_PERSON)
    say(ANA, "Olá!")
    twilio.fail_next(8, status=429)
    for _ in range(9):
        send.deliver(ana)
        let_the_pause_end()
    assert only(Message).status == Status.QUEUED
    assert participant(ANA).attention == Attention.ASKED_FOR_A_PERSON


def test_after_so_many_refusals_it_is_given_up(ana, twilio):
    say(ANA, "Olá!")
    twilio.fail_next(MOST_ATTEMPTS + 1, status=429)
    for _ in range(MOST_ATTEMPTS + 1):
        send.deliver(ana)
        let_the_pause_end()
    message = only(Message)
    assert (message.status, message.attempts) == (Status.FAILED, MOST_ATTEMPTS)
    assert participant(ANA).attention == Attention.NOT_DELIVERED


@pytest.mark.environment(TWILIO_API_URL="http://127.0.0.1:9")
def test_a_twilio_that_cannot_be_reached_was_certainly_not_told(ana, work):
    say(ANA, "Olá!")
    work(within=0)
    assert only(Message).status == Status.WAITING
    assert only(Message).error == "Twilio was not reached"


@pytest.mark.environment(
    TWILIO_ACCOUNT_SID=None,
    TWILIO_AUTH_TOKEN=None,
    TWILIO_WHATSAPP_NUMBER=None,
    TWILIO_API_URL=None,
)
def test_without_twilio_a_real_participants_message_waits(ana, work):
    say(ANA, "Olá!")
    work(within=0)
    assert only(Message).status == Status.WAITING


def test_a_surplus_bell_is_harmless(ana, twilio):
    send.deliver(ana)
    send.deliver(ana + 1)
    say(ANA, "Olá!")
    for _ in range(3):
        send.deliver(ana)
    assert len(twilio.messages) == len(rows(Message)) == 1


def test_more_than_one_run_can_send_ring_for_another(ana, twilio, work):
    for number in range(send.BATCH + 1):
        say(ANA, str(number))
    work()
    assert len(twilio.messages) == send.BATCH + 1
