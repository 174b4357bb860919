"""Pretended participants take the same way in, and nothing of theirs leaves the machine."""

from datetime import timedelta

import pytest

from tests.cast import ANA, inbound, only, outbound, participant, rows, say, write
from wa_assistant.clients import simulated
from wa_assistant.database import utcnow
from wa_assistant.intake import simulator
from wa_assistant.live import bells
from wa_assistant.models import Attention, Message, Participant, State, Status, Webhook

pytestmark = pytest.mark.usefixtures("context")


def test_what_is_typed_takes_the_way_of_a_webhook(work):
    address = simulator.new_address()
    someone = simulator.write(address, "Bruno", "Oi! 👋🏽")
    assert (someone.address, someone.name, someone.simulated) == (address, "Bruno", True)
    assert only(Webhook).simulated
    (message,) = inbound()
    assert (message.body, message.participant_id) == ("Oi! 👋🏽", someone.id)
    assert work.waiting() == ["jobs.reply.answer"]


def test_each_new_address_is_somebody_elses():
    addresses = {simulator.new_address() for _ in range(50)}
    assert len(addresses) > 45
    for address in list(addresses)[:3]:
        simulator.write(address, "", "Oi")
    assert len(rows(Participant)) == 3


def test_the_same_words_twice_are_two_messages():
    address = simulator.new_address()
    for _ in range(2):
        simulator.write(address, "Bruno", "Oi")
    assert len(inbound()) == 2


def test_who_writes_through_twilio_is_not_simulated():
    write(ANA)
    assert not only(Participant).simulated


def test_answers_to_them_are_delivered_and_never_reach_twilio(twilio, work):
    address = simulator.new_address()
    simulator.write(address, "Bruno", "Oi")
    work()
    (answer,) = outbound()
    assert answer.status == Status.DELIVERED
    assert answer.provider_sid.startswith("SIM")
    assert twilio.requests == []


def test_a_worker_that_died_over_theirs_has_it_delivered_once(twilio, work):
    address = simulator.new_address()
    simulator.write(address, "Bruno", "Oi")
    say(address, "Olá")
    work()
    assert [message.status for message in outbound()] == [Status.DELIVERED] * 2
    assert twilio.requests == []


def test_the_next_reply_to_them_alone_is_lost_and_calls_a_person(work):
    lost, other = simulator.new_address(), "simulated:+5511900000000"
    simulated.lose_next(lost)
    for address in (other, lost, lost):
        simulator.write(address, "Bruno", "Oi")
        work()
    sent = [(message.status, message.error_code) for message in outbound()]
    assert sent == [
        (Status.DELIVERED, None),
        (Status.UNDELIVERED, simulated.LOST_CODE),
        (Status.DELIVERED, None),
    ]
    assert participant(lost).attention == Attention.NOT_DELIVERED
    assert not simulated.loses_next(lost)


def test_what_was_pretended_and_not_done_leaves_nothing_behind(work):
    address = simulator.new_address()
    simulator.write(address, "Bruno", "Oi")
    simulated.lose_next(address)
    key = simulated.LOST.format(address)
    assert 0 < bells.redis.ttl(key) <= simulated.LOST_SECONDS
    bells.redis.delete(key)  # as when its hour is over
    work()
    assert [message.status for message in outbound()] == [Status.DELIVERED]
    assert [each.state for each in rows(Webhook)] == [State.PROCESSED]


@pytest.mark.environment(
    TWILIO_ACCOUNT_SID=None,
    TWILIO_AUTH_TOKEN=None,
    TWILIO_WHATSAPP_NUMBER=None,
    TWILIO_API_URL=None,
)
def test_without_twilio_they_are_answered_all_the_same(work):
    simulator.write(simulator.new_address(), "Bruno", "Oi")
    work()
    assert [message.status for message in outbound()] == [Status.DELIVERED]


def test_each_message_keeps_the_time_it_was_on_their_phone(work):
    address = simulator.new_address()
    who = simulator.write(address, "Bruno", "Oi").id
    work()
    simulator.move_clock(who, timedelta(days=1))
    simulator.write(address, "Bruno", "Oi de novo")
    work()
    ahead = [message.shown_at - message.created_at for message in rows(Message)]
    assert ahead == [timedelta(), timedelta(), timedelta(days=1), timedelta(days=1)]
    real = [message.created_at for message in rows(Message)]
    assert real == sorted(real)
    assert real[-1] <= utcnow()
