"""The clock was ahead and is set back: what it wrote holds up nobody."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from tests.cast import ANA, TWILIO, inbound, outbound, participant, say, write
from wa_assistant.conversation.unsettled import ANSWERS
from wa_assistant.database import utcnow
from wa_assistant.delivery import send
from wa_assistant.intake import webhook_log
from wa_assistant.live import bells
from wa_assistant.models import Kind, Provider, Status
from wa_assistant.operations import sweeper
from wa_assistant.providers import circuit
from wa_assistant.work import claims, rates
from wa_assistant.work.rates import Share, Turn

pytestmark = pytest.mark.usefixtures("context")

DAY = 24 * 3600


@pytest.fixture
def is_set_back(work):
    """By a day: all that is stored lies so much ahead, and Redis has rung its bells."""

    def now() -> None:
        bells.redis.flushdb()
        work.pass_time(-DAY)

    return now


def answered() -> int:
    return sum(1 for each in inbound() if each.settled_at)


def test_the_next_message_is_answered_in_seconds(openai, twilio, work, is_set_back):
    write(ANA, "Que horas vocês abrem?")
    work()
    is_set_back()
    write(ANA, "E aos sábados?")
    work(within=5)
    assert answered() == 2
    assert all(each.provider_sid for each in outbound())


def test_what_waited_is_answered_and_sent(openai, twilio, work, is_set_back):
    write(ANA, "Que horas vocês abrem?")
    is_set_back()
    sweeper.sweep()
    work(within=5)
    assert answered() == 1
    assert all(each.provider_sid for each in outbound())


def test_what_a_dead_worker_held_is_taken_over(openai, work, is_set_back):
    write(ANA, "Que horas vocês abrem?")
    assert claims.take(ANSWERS, participant(ANA).id)
    is_set_back()
    sweeper.sweep()
    work(within=5)
    assert answered() == 1


def test_a_message_that_was_put_off_is_sent(openai, twilio, work, is_set_back):
    write(ANA, "Oi!")
    work()
    say(ANA, "Olá de novo!")
    twilio.fail_next(status=429)
    send.deliver(participant(ANA).id)
    assert outbound()[-1].due_at > utcnow()
    is_set_back()
    send.deliver(participant(ANA).id)
    assert outbound()[-1].status == Status.QUEUED


def test_the_pace_of_whom_much_was_written_to_is_forgotten(openai, twilio, work, is_set_back):
    write(ANA, "Oi!")
    work()
    assert participant(ANA).paced_until > utcnow()
    is_set_back()
    say(ANA, "Olá de novo!")
    send.deliver(participant(ANA).id)
    assert outbound()[-1].status == Status.QUEUED
    assert participant(ANA).paced_until < utcnow() + timedelta(minutes=5)


def test_a_provider_that_refused_everything_is_asked_again(openai, twilio, work, is_set_back):
    for provider in Provider:
        circuit.break_(provider, "refused")
    is_set_back()
    write(ANA, "Oi!")
    work(within=5)
    assert len(openai.calls) == 1
    assert [each.status for each in outbound()][-1] == Status.QUEUED


def test_a_webhook_that_nobody_heard_of_is_understood(is_set_back):
    webhook_log.keep(Kind.INBOUND, urlencode(TWILIO.inbound(ANA, "Oi!")).encode())
    is_set_back()
    sweeper.sweep()
    assert len(inbound()) == 1


def test_what_was_taken_of_a_rate_by_a_clock_ahead_counts_no_more(valkey):
    seconds, micros = valkey.redis.time()
    ahead = f"{seconds + DAY}.{micros:06}"
    valkey.redis.lpush(f"{rates.PREFIX}x", f"{ahead} 3")
    valkey.redis.hset(f"{rates.PREFIX}x:line", "1", f"{seconds} {ahead} 3")
    assert rates.take(60, Share("x", 3, 3), turn=Turn(2, utcnow())) == 0
    assert rates.take(60, Share("x", 3, 1), turn=Turn(2, utcnow())) > 0
