"""What may or may not have been sent: Twilio's list is asked before it is sent again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import ANA, known, only, outbound, participant, report, say
from wa_assistant.database import db, transaction
from wa_assistant.delivery import send
from wa_assistant.delivery.envelope import MESSAGES
from wa_assistant.models import Attention, Message, Reason, Status

from .sending import later, lists, look_three_times, posts

MOST_ATTEMPTS = MESSAGES.policy.most_attempts or 0
pytestmark = pytest.mark.usefixtures("context")

LOST_ANSWERS = {
    "a broken connection": lambda twilio, **how: twilio.drop_connection(**how),
    "an error of Twilio's": lambda twilio, **how: twilio.fail_next(status=500, **how),
    "a gateway's error": lambda twilio, **how: twilio.fail_next(status=503, **how),
}


@pytest.fixture
def ana() -> int:
    return known(ANA)


@pytest.fixture(params=LOST_ANSWERS)
def lose_the_answer(request, twilio):
    return lambda **how: LOST_ANSWERS[request.param](twilio, **how)


def test_what_twilio_took_before_its_answer_was_lost_is_adopted(ana, twilio, lose_the_answer):
    say(ANA, "Olá!")
    lose_the_answer(accept=True)
    send.deliver(ana)
    assert only(Message).status == Status.UNCERTAIN
    assert lists(twilio) == 0  # not at once
    later(3)
    send.deliver(ana)
    message = only(Message)
    assert (message.status, message.provider_sid) == (Status.QUEUED, twilio.messages[0].sid)
    assert (message.error, message.error_code) == (None, None)
    assert posts(twilio) == 1


def test_what_twilio_did_not_take_is_sent_again_after_the_last_look(ana, twilio, lose_the_answer):
    say(ANA, "Olá!")
    lose_the_answer(accept=False)
    send.deliver(ana)
    for look, seconds in enumerate((3, 8, 20), 1):
        assert posts(twilio) == 1
        later(seconds)
        send.deliver(ana)
        assert lists(twilio) == look
    assert posts(twilio) == 2
    assert (only(Message).status, only(Message).attempts) == (Status.QUEUED, 1)
    assert len(twilio.messages) == 1


def test_what_shows_up_in_the_list_late_is_adopted(ana, twilio):
    say(ANA, "Olá!")
    twilio.drop_connection(accept=True)
    send.deliver(ana)
    hidden = list(twilio.messages)
    twilio.messages.clear()
    later(3)
    send.deliver(ana)
    assert only(Message).status == Status.UNCERTAIN
    twilio.messages.extend(hidden)
    later(8)
    send.deliver(ana)
    assert (only(Message).status, posts(twilio)) == (Status.QUEUED, 1)


def test_an_answer_that_does_not_come_in_time_is_uncertain(ana, twilio):
    from wa_assistant.clients import twilio as client

    say(ANA, "Olá!")
    twilio.hold()
    client.client().http_client.timeout = 0.2
    try:
        send.deliver(ana)
    finally:
        client.client().http_client.timeout = client.TIMEOUT_SECONDS
        twilio.release()
    assert only(Message).status == Status.UNCERTAIN
    assert "ReadTimeout" in only(Message).error


def test_meanwhile_later_messages_wait(ana, twilio, work):
    say(ANA, "first")
    say(ANA, "second")
    twilio.drop_connection(accept=True)
    send.deliver(ana)
    send.deliver(ana)
    assert [message.status for message in outbound()] == [Status.UNCERTAIN, Status.WAITING]
    later(3)
    send.deliver(ana)
    assert [sent.body for sent in twilio.messages] == ["first", "second"]


def test_the_same_words_said_before_are_not_taken_for_it(ana, twilio):
    say(ANA, "Olá!")
    send.deliver(ana)
    say(ANA, "Olá!")
    twilio.drop_connection(accept=False)
    send.deliver(ana)
    look_three_times(ana)
    assert posts(twilio) == 3
    assert {message.provider_sid for message in outbound()} == {
        sent.sid for sent in twilio.messages
    }
    assert len(twilio.messages) == 2


def test_a_list_that_cannot_be_read_is_asked_again(ana, twilio):
    say(ANA, "Olá!")
    twilio.drop_connection(accept=True)
    twilio.fail_next(status=500, on="GET")
    send.deliver(ana)
    for _ in range(2):
        later(11)
        send.deliver(ana)
    assert (only(Message).status, posts(twilio)) == (Status.QUEUED, 1)


def test_a_list_unreadable_for_two_minutes_is_a_persons_to_judge(ana, twilio):
    say(ANA, "Olá!")
    twilio.drop_connection(accept=True)
    send.deliver(ana)
    twilio.fail_next(9, status=500, on="GET")
    for seconds in (3, 60, 59):
        later(seconds)
        send.deliver(ana)
        assert only(Message).status == Status.UNCERTAIN
    later(11)
    send.deliver(ana)
    message = only(Message)
    assert (message.status, message.reason) == (Status.FAILED, Reason.LIST_UNREADABLE)
    assert participant(ANA).attention == Attention.NOT_DELIVERED
    assert (posts(twilio), lists(twilio)) == (1, 4)


def test_one_unreadable_list_after_an_hour_of_downtime_gives_nothing_up(ana, twilio):
    say(ANA, "Olá!")
    twilio.drop_connection(accept=True)
    send.deliver(ana)
    later(3600)
    twilio.fail_next(status=500, on="GET")
    send.deliver(ana)
    assert only(Message).status == Status.UNCERTAIN
    later(11)
    send.deliver(ana)
    assert (only(Message).status, posts(twilio)) == (Status.QUEUED, 1)


def test_a_list_that_was_read_in_between_is_unreadable_anew(ana, twilio):
    say(ANA, "Olá!")
    twilio.drop_connection()
    send.deliver(ana)
    twilio.fail_next(status=500, on="GET")
    for seconds in (3, 11):
        later(seconds)
        send.deliver(ana)
    message = only(Message)
    assert (message.absences, message.unreadable_since) == (1, None)


def test_a_machine_that_slept_does_not_take_one_absence_for_three(ana, twilio):
    say(ANA, "Olá!")
    twilio.drop_connection()
    send.deliver(ana)
    later(3600)
    send.deliver(ana)
    assert (posts(twilio), only(Message).absences) == (1, 1)


@pytest.mark.parametrize("ahead", [45, 300])
def test_a_clock_minutes_ahead_of_twilios_doubles_nothing(ana, twilio, ahead):
    say(ANA, "Olá!")
    twilio.drop_connection(accept=True)
    send.deliver(ana)
    (taken,) = twilio.messages
    taken.at -= timedelta(seconds=ahead)
    look_three_times(ana)
    assert (only(Message).provider_sid, posts(twilio)) == (taken.sid, 1)


def test_receipts_that_came_before_it_was_adopted_are_applied(ana, twilio, work):
    say(ANA, "Olá!")
    twilio.drop_connection(accept=True)
    send.deliver(ana)
    report(twilio.messages[0].sid, "read")
    assert only(Message).status == Status.UNCERTAIN
    later(3)
    send.deliver(ana)  # the list says queued, as it stands behind
    work()
    assert only(Message).status == Status.READ


def test_a_message_adopted_as_failed_calls_a_person_and_keeps_its_code(ana, twilio):
    say(ANA, "Olá!")
    twilio.drop_connection(accept=True)
    send.deliver(ana)
    (sent,) = twilio.messages
    sent.status, sent.error_code = "undelivered", 63024
    report(sent.sid, "undelivered", 63024)
    later(3)
    send.deliver(ana)
    message = only(Message)
    assert (message.status, message.error_code) == (Status.UNDELIVERED, 63024)
    assert participant(ANA).attention == Attention.NOT_DELIVERED


def test_a_message_that_is_never_taken_is_given_up_in_the_end(ana, twilio):
    say(ANA, "Olá!")
    with transaction():
        db.session.get_one(Message, only(Message).id).attempts = MOST_ATTEMPTS - 1
    twilio.drop_connection()
    send.deliver(ana)
    look_three_times(ana)
    assert (only(Message).status, posts(twilio)) == (Status.FAILED, 1)
    assert only(Message).reason == Reason.NOT_TAKEN


def test_candidates_that_cannot_be_told_apart_are_a_persons_to_judge(ana, twilio):
    say(ANA, "Sim.")
    twilio.drop_connection(accept=True)
    send.deliver(ana)
    (taken,) = twilio.messages
    twilio.messages.append(replace(taken, sid="SM" + "f" * 32))  # sent by hand, in Twilio's console
    later(3)
    send.deliver(ana)
    message = only(Message)
    assert (message.status, message.provider_sid) == (Status.FAILED, None)
    assert message.reason == Reason.AMBIGUOUS
    assert participant(ANA).attention == Attention.NOT_DELIVERED
    assert posts(twilio) == 1
