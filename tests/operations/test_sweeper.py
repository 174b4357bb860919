"""The sweeper makes good whatever a lost bell left behind."""

from urllib.parse import urlencode

import pytest
from redis.exceptions import RedisError

from tests.cast import (
    ANA,
    BRUNO,
    TWILIO,
    inbound,
    known,
    only,
    outbound,
    participant,
    rows,
    say,
    set_back,
    write,
)
from tests.money import calls
from wa_assistant.conversation.unsettled import ANSWERS
from wa_assistant.delivery import send
from wa_assistant.delivery.envelope import MESSAGES
from wa_assistant.intake import inbound as inbound_module
from wa_assistant.intake import webhook_log
from wa_assistant.models import AiCall, Kind, Outcome, State, Status, Webhook
from wa_assistant.operations import sweeper
from wa_assistant.work import claims, overdue
from wa_assistant.work.queue import later, queue

pytestmark = pytest.mark.usefixtures("context")

LONG_ENOUGH = 20


@pytest.fixture
def lose_the_bells(valkey):
    """Redis loses what it was told."""
    return valkey.redis.flushall


def test_with_nothing_to_do_nothing_is_rung(work):
    sweeper.sweep()
    assert work.waiting() == []


def test_a_message_whose_bell_was_lost_is_answered(lose_the_bells, twilio, work):
    write(ANA, "Oi")
    lose_the_bells()
    work.pass_time(LONG_ENOUGH)
    sweeper.sweep()
    work()
    assert [sent.to for sent in twilio.messages] == [ANA]
    assert inbound()[0].settled_at


def test_an_answer_whose_bell_was_lost_is_sent(lose_the_bells, twilio, work):
    known(ANA)
    say(ANA, "Olá!")
    lose_the_bells()
    work.pass_time(LONG_ENOUGH)
    sweeper.sweep()
    assert work() == ["jobs.delivery.deliver"]
    assert [sent.body for sent in twilio.messages] == ["Olá!"]


def test_a_webhook_that_was_not_processed_is_processed_and_answered(monkeypatch, twilio, work):
    with monkeypatch.context() as patch:
        patch.setattr(inbound_module, "receive", lambda *_, **__: 1 / 0)
        write(ANA, "Oi")
    assert rows(Webhook)[0].state == State.RECEIVED
    work.pass_time(LONG_ENOUGH)
    sweeper.sweep()
    work()
    assert rows(Webhook)[0].state == State.PROCESSED
    assert len(twilio.messages) == 1


def test_an_uncertain_message_whose_bell_was_lost_is_looked_for(lose_the_bells, twilio, work):
    known(ANA)
    say(ANA, "Olá!")
    twilio.drop_connection(accept=True)
    work(within=0)
    lose_the_bells()
    work.pass_time(LONG_ENOUGH)
    sweeper.sweep()
    work()
    assert [message.status for message in outbound()] == [Status.QUEUED]
    assert len(twilio.messages) == 1


def test_what_has_just_come_is_left_to_its_own_bell():
    write(ANA, "Oi")
    assert overdue.find(ANSWERS, 10) == overdue.find(MESSAGES, 10) == []


def test_what_a_living_worker_holds_is_left_to_it(work):
    write(ANA, "Oi")
    say(ANA, "Olá!")
    ana = participant(ANA).id
    work.pass_time(LONG_ENOUGH)
    assert claims.take(ANSWERS, ana)
    assert send._claim(ana)
    assert overdue.find(ANSWERS, 10) == overdue.find(MESSAGES, 10) == []


def test_what_a_dead_worker_held_is_rung_for_again(work):
    write(ANA, "Oi")
    say(ANA, "Olá!")
    ana = participant(ANA).id
    claims.take(ANSWERS, ana)
    send._claim(ana)
    work.pass_time(ANSWERS.policy.lease + 1)
    assert overdue.find(ANSWERS, 10) == overdue.find(MESSAGES, 10) == [ana]


def test_a_pause_after_a_failure_is_respected(openai, twilio, work):
    openai.fail_next(status=429, headers={"retry-after": "29"})
    write(ANA, "Oi")
    work(within=0)
    known(BRUNO)
    say(BRUNO, "Hi!")
    twilio.fail_next(status=429)
    send.deliver(participant(BRUNO).id)
    assert overdue.find(ANSWERS, 10) == overdue.find(MESSAGES, 10) == []
    work.pass_time(40)
    assert overdue.find(ANSWERS, 10) == [participant(ANA).id]
    assert overdue.find(MESSAGES, 10) == [participant(BRUNO).id]


def test_who_waited_longest_comes_first_and_each_once(work):
    for address in (BRUNO, ANA, BRUNO, ANA):
        write(address, "Oi")
        say(address, "Olá!")
    work.pass_time(LONG_ENOUGH)
    bruno, ana = participant(BRUNO).id, participant(ANA).id
    assert overdue.find(ANSWERS, 10) == overdue.find(MESSAGES, 10) == [bruno, ana]
    assert overdue.find(ANSWERS, 1) == overdue.find(MESSAGES, 1) == [bruno]


def test_a_queue_that_is_full_already_is_not_filled_further(work, lose_the_bells, monkeypatch):
    monkeypatch.setattr(sweeper, "MOST", 2)
    monkeypatch.setattr(sweeper, "LONGEST", 1)
    monkeypatch.setattr(sweeper, "FULL", 3)
    for number in range(4):
        write(f"{ANA}{number}", "Oi")
    lose_the_bells()
    work.pass_time(LONG_ENOUGH)
    for _ in range(4):
        sweeper.sweep()
    assert work.waiting() == ["jobs.reply.answer"] * 3


def test_what_came_in_is_stored_however_full_the_queue_is(work, monkeypatch):
    monkeypatch.setattr(sweeper, "FULL", 0)
    with monkeypatch.context() as patch:
        patch.setattr(inbound_module, "receive", lambda *_, **__: 1 / 0)
        write(ANA, "Oi")
    work.pass_time(LONG_ENOUGH)
    sweeper.sweep()
    work(within=0)
    assert rows(Webhook)[0].state == State.PROCESSED
    assert [each.body for each in inbound()] == ["Oi"]


def test_who_waited_longest_is_called_before_all_that_is_in_a_busy_queue(work, lose_the_bells):
    for address in (BRUNO, ANA):
        write(address, "Oi")
    lose_the_bells()
    for _ in range(sweeper.MOST):
        later("jobs.delivery.deliver", 0)
    work.pass_time(LONG_ENOUGH)
    sweeper.sweep()
    called = [job.args[0] for job in queue().jobs[:3]]
    assert called == [participant(BRUNO).id, participant(ANA).id, 0]


def test_sweeping_again_and_again_answers_once(openai, work):
    write(ANA, "Oi")
    work.pass_time(LONG_ENOUGH)
    for _ in range(3):
        sweeper.sweep()
    work()
    assert len(openai.calls) == len(outbound()) == 1


def test_without_redis_a_message_is_stored_and_answered_when_it_is_back(valkey, twilio, work):
    valkey.stop()
    write(ANA, "Oi")
    assert len(inbound()) == 1
    valkey.start()
    work.pass_time(LONG_ENOUGH)
    sweeper.sweep()
    work()
    assert len(twilio.messages) == 1


def test_what_came_in_while_redis_is_away_is_understood_all_the_same(valkey, work):
    webhook_log.keep(Kind.INBOUND, urlencode(TWILIO.inbound(ANA, "PARAR")).encode())
    sweeper.sweep()
    assert inbound() == [], "its bell may be heard yet"
    work.pass_time(webhook_log.UNHEARD_SECONDS + 1)
    valkey.stop()
    with pytest.raises(RedisError):  # there is nobody to ring for the rest
        sweeper.sweep()
    assert participant(ANA).stopped_at


def test_a_call_whose_worker_died_is_named_as_lost(app):
    calls.reserve()
    set_back(AiCall.created_at, 4 * app.config["OPENAI_TIMEOUT_SECONDS"])
    sweeper.sweep()
    assert only(AiCall).outcome == Outcome.LOST
