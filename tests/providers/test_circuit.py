"""A provider that refuses everything is left alone for a while, and nothing is lost by it."""

import pytest

from tests.cast import ANA, BRUNO, known, only, outbound, participant, rows, say, set_back, write
from wa_assistant.clients.failures import Failure
from wa_assistant.delivery import send
from wa_assistant.models import (
    AiCall,
    Attention,
    Circuit,
    Message,
    Outcome,
    Provider,
    Settlement,
    Status,
)
from wa_assistant.providers import circuit

pytestmark = pytest.mark.usefixtures("context")


def rest(provider: Provider) -> None:
    """The provider's time of rest passes."""
    seconds = circuit.REST[provider].total_seconds() + 1
    set_back(Circuit.retry_at, seconds)
    set_back(Message.due_at, seconds)


@pytest.mark.parametrize("failure", [{"status": 401}, {"status": 400, "code": 63007}])
def test_a_refused_sender_stops_all_and_loses_nothing(twilio, work, failure):
    ana, bruno = known(ANA), known(BRUNO)
    say(ANA, "to Ana")
    say(BRUNO, "to Bruno")
    twilio.fail_next(**failure)
    send.deliver(ana)
    send.deliver(bruno)
    assert len(twilio.requests) == 1, "Bruno's was not tried in vain"
    assert {each.status for each in outbound()} == {Status.WAITING}
    assert outbound()[0].attempts == 0, "it is no fault of the message"
    assert only(Circuit).error_code == failure.get("code", 20003)
    assert participant(ANA).attention is None
    rest(Provider.TWILIO)
    send.deliver(ana)
    assert rows(Circuit) == []
    send.deliver(bruno)
    assert [each.body for each in twilio.messages] == ["to Ana", "to Bruno"]


def test_a_sender_refused_for_a_day_is_not_given_up(twilio):
    ana = known(ANA)
    say(ANA, "Olá!")
    twilio.fail_next(20, status=401)
    for _ in range(20):
        send.deliver(ana)
        rest(Provider.TWILIO)
    assert only(Message).status == Status.WAITING
    send.deliver(ana)
    assert only(Message).provider_sid == twilio.messages[0].sid


def test_a_spent_quota_leaves_all_to_the_offline_assistant_until_it_is_paid(openai, work):
    openai.fail_next(status=429, code="insufficient_quota")
    write(ANA)
    work()
    write(BRUNO)
    work()
    assert len(openai.calls) == 1, "Bruno's was not asked in vain"
    assert len(outbound()) == 2
    assert participant(BRUNO).attention == Attention.MODEL_FAILED
    assert only(Circuit).provider == Provider.MODEL
    rest(Provider.MODEL)
    write(BRUNO, "E agora?")
    work()
    assert outbound()[-1].ai_call_id == rows(AiCall)[-1].id
    assert rows(Circuit) == []


def test_within_the_hour_what_comes_while_the_model_rests_is_with_a_person(openai, work):
    openai.fail_next(status=429, code="insufficient_quota")
    for words in ("Oi", "Olá?", "Alguém?"):
        write(ANA, words)
        work()
    assert len(outbound()) == 1
    assert [each.settlement for each in rows(Message, Message.direction == "inbound")] == [
        Settlement.ANSWERED,
        Settlement.WITH_A_PERSON,
        Settlement.WITH_A_PERSON,
    ]
    assert [each.outcome for each in rows(AiCall)] == [Outcome.QUOTA_SPENT]


def test_one_that_opens_again_and_again_is_one(openai, work):
    for _ in range(3):
        circuit.break_(Provider.MODEL, "no credit")
    assert only(Circuit).error == "no credit"
    circuit.close(Provider.MODEL)
    circuit.close(Provider.MODEL)
    assert circuit.all_open() == []


def test_who_only_warns_ends_no_rest():
    circuit.break_(Provider.MODEL, "no credit")
    until = only(Circuit).retry_at
    circuit.warn(Provider.MODEL, "401", Failure.KEY)
    assert (only(Circuit).retry_at, only(Circuit).failure) == (until, Failure.KEY)
    assert circuit.now(Provider.MODEL).rests_until == until
    rest(Provider.MODEL)
    circuit.warn(Provider.MODEL, "401", Failure.KEY)
    assert circuit.now(Provider.MODEL) == circuit.Standing(is_open=True, rests_until=None)
    circuit.break_(Provider.MODEL, "no credit")
    assert circuit.now(Provider.MODEL).rests_until
