"""What fails again and again by a fault of our own is a dead letter, and first looked for."""

import pytest
from sqlalchemy.exc import OperationalError

from tests.cast import ANA, known, only, outbound, participant, say
from wa_assistant.clients import twilio as channel
from wa_assistant.delivery import send
from wa_assistant.delivery.uncertain import MOST_FAULTS
from wa_assistant.models import Attention, Message, Reason, Status
from wa_assistant.work.faults import DIED

from .sending import claim, later, lists, look_three_times, posts

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def ana() -> int:
    return known(ANA)


def test_a_message_five_workers_died_of_is_looked_for_and_then_a_dead_letter(ana, twilio):
    say(ANA, "Olá!")
    say(ANA, "Tchau!")
    for _ in range(MOST_FAULTS):
        claim(ana)  # and then it died
        later(16)
    look_three_times(ana)
    first, second = outbound()
    assert first.status == Status.FAILED
    assert first.dead_at
    assert (first.reason, first.fault) == (Reason.FAULT, DIED)
    assert participant(ANA).attention == Attention.NOT_DELIVERED
    assert second.status == Status.QUEUED
    assert [each.body for each in twilio.messages] == ["Tchau!"]


def test_what_twilio_took_from_the_last_of_five_is_not_given_up(ana, twilio):
    say(ANA, "Olá!")
    for _ in range(MOST_FAULTS):
        envelope = claim(ana)
        later(16)
    send._channel(envelope).send(envelope.to, envelope.body)
    send.deliver(ana)
    message = only(Message)
    assert (message.provider_sid, message.faults) == (twilio.messages[0].sid, 0)


def test_what_even_the_look_at_the_list_kills_is_a_dead_letter(ana, twilio):
    say(ANA, "Olá!")
    for _ in range(MOST_FAULTS + 1):
        claim(ana)  # and then it died
        later(16)
    send.deliver(ana)
    assert only(Message).dead_at
    assert twilio.requests == []


def test_what_fails_five_times_by_a_fault_of_our_own_is_a_dead_letter_with_it(
    ana, twilio, monkeypatch
):
    def lose(to: str, body: str, media: str | None) -> None:
        raise LookupError(body)

    say(ANA, "Olá!")
    monkeypatch.setattr(channel, "send", lose)
    for attempt in range(1, MOST_FAULTS + 1):
        with pytest.raises(LookupError):
            send.deliver(ana)
        assert (only(Message).status, only(Message).faults) == (Status.UNCERTAIN, attempt)
        later(11)
        for seconds in (9, 21):
            send.deliver(ana)
            later(seconds)
        if attempt == MOST_FAULTS:
            send.deliver(ana)
    message = only(Message)
    assert message.status == Status.FAILED
    assert message.dead_at
    assert message.fault.startswith("LookupError\n")
    assert "Olá" not in message.fault
    assert lists(twilio) == 3 * MOST_FAULTS


def test_an_answer_of_the_providers_ends_the_succession_of_faults(ana, twilio):
    say(ANA, "Olá!")
    for _ in range(MOST_FAULTS - 1):
        claim(ana)  # and then it died
        later(16)
    twilio.fail_next(status=429)
    look_three_times(ana)
    assert (only(Message).status, only(Message).faults) == (Status.WAITING, 0)


def test_a_database_that_goes_away_is_no_fault_of_the_message(ana, twilio, monkeypatch):
    def away(*_: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("away"))

    say(ANA, "Olá!")
    with monkeypatch.context() as patch:
        patch.setattr(send, "keep", away)
        for _ in range(MOST_FAULTS + 1):
            with pytest.raises(OperationalError):
                send.deliver(ana)
            assert (only(Message).status, only(Message).faults) == (Status.UNCERTAIN, 0)
            later(3)
    send.deliver(ana)
    assert only(Message).provider_sid == twilio.messages[0].sid
    assert posts(twilio) == 1
