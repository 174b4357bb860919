"""What the provider's table of errors asks for is done, however we hear of the failure."""

import pytest

from tests.cast import ANA, BRUNO, known, only, outbound, participant, report, rows, say, write
from wa_assistant.database import db, transaction
from wa_assistant.delivery import send
from wa_assistant.delivery.envelope import MESSAGES
from wa_assistant.models import (
    Attention,
    Circuit,
    Message,
    Participant,
    Refusal,
    State,
    Status,
    Webhook,
)
from wa_assistant.models.participant import WINDOW

MOST_ATTEMPTS = MESSAGES.policy.most_attempts or 0
pytestmark = pytest.mark.usefixtures("context")

STOPS = (20003, 63001, 63007, 63051)


@pytest.fixture
def ana() -> int:
    return known(ANA)


@pytest.fixture(params=["receipt", "list"])
def fail(request, twilio, work):
    """`fail(code)` hands the next message over, which then fails with `code`."""

    def by_receipt(code: int) -> None:
        send.deliver(participant(ANA).id)
        report(twilio.messages[-1].sid, "failed", code)

    def in_the_list(code: int) -> None:
        twilio.drop_connection(accept=True)
        send.deliver(participant(ANA).id)
        twilio.messages[-1].status, twilio.messages[-1].error_code = "failed", code
        work.pass_time(3)
        send.deliver(participant(ANA).id)

    return by_receipt if request.param == "receipt" else in_the_list


def test_what_whatsapp_refused_for_now_is_sent_again_after_a_pause(ana, twilio, fail, work):
    message_id = say(ANA, "Olá!")
    fail(63018)
    message = only(Message)
    assert (message.status, message.provider_sid) == (Status.WAITING, None)
    assert (message.error_code, participant(ANA).attention) == (63018, None)
    send.deliver(ana)
    assert len(twilio.messages) == 1  # not at once
    work.pass_time(20)
    send.deliver(ana)
    message = only(Message)
    assert (message.status, message.provider_sid) == (Status.QUEUED, twilio.messages[1].sid)
    refusal = only(Refusal)
    refused = (refusal.provider_sid, refusal.message_id, refusal.code)
    assert refused == (twilio.messages[0].sid, message_id, 63018)


def test_late_receipts_of_what_was_refused_change_nothing(ana, twilio, work):
    say(ANA, "Olá!")
    send.deliver(ana)
    old = twilio.messages[0].sid
    for status in ("failed", "sent", "undelivered"):
        report(old, status, 63018)
    assert only(Message).status == Status.WAITING
    work.pass_time(20)
    send.deliver(ana)
    report(old, "delivered")
    assert (only(Message).status, only(Message).provider_sid) == ("queued", twilio.messages[1].sid)
    assert {each.state for each in rows(Webhook)} == {State.PROCESSED}


def test_what_arrived_after_all_while_it_waits_is_not_sent_again(ana, twilio, work):
    say(ANA, "Olá!")
    send.deliver(ana)
    (sent,) = twilio.messages
    report(sent.sid, "failed", 63018)
    report(sent.sid, "delivered")
    work.pass_time(20)
    send.deliver(ana)
    assert (only(Message).status, only(Message).provider_sid) == (Status.DELIVERED, sent.sid)
    assert (len(twilio.messages), rows(Refusal)) == (1, [])


@pytest.mark.parametrize(
    ("came", "status", "sendings"),
    [(("failed", "delivered"), Status.DELIVERED, 1), (("failed",), Status.QUEUED, 2)],
)
def test_receipts_that_came_before_the_list_told_of_a_refusal_are_applied(
    ana, twilio, work, came, status, sendings
):
    say(ANA, "Olá!")
    twilio.drop_connection(accept=True)
    send.deliver(ana)
    (sent,) = twilio.messages
    for each in came:
        report(sent.sid, each, 63018)
    assert {each.state for each in rows(Webhook)} == {State.PARKED}
    sent.status, sent.error_code = "failed", 63018
    work.pass_time(3)
    send.deliver(ana)
    assert (only(Message).status, only(Refusal).provider_sid) == (Status.WAITING, sent.sid)
    work()
    work.pass_time(20)
    send.deliver(ana)
    assert (only(Message).status, len(twilio.messages)) == (status, sendings)
    assert {each.state for each in rows(Webhook)} == {State.PROCESSED}


def test_the_list_s_memory_of_a_refusal_is_not_taken_for_the_next_sending(ana, twilio, work):
    say(ANA, "Olá!")
    send.deliver(ana)
    report(twilio.messages[0].sid, "failed", 63018)
    work.pass_time(20)
    twilio.drop_connection(accept=True)
    send.deliver(ana)
    work.pass_time(3)
    send.deliver(ana)
    assert only(Message).provider_sid == twilio.messages[1].sid


def test_after_eight_refusals_by_receipt_a_person_is_called(ana, twilio, fail):
    say(ANA, "Olá!")
    with transaction():
        db.session.get_one(Message, only(Message).id).attempts = MOST_ATTEMPTS - 1
    fail(63018)
    assert (only(Message).status, participant(ANA).attention) == ("failed", Attention.NOT_DELIVERED)


def test_what_would_come_after_what_was_said_later_is_a_persons(ana, twilio, work):
    say(ANA, "first")
    say(ANA, "second")
    work()
    report(twilio.messages[0].sid, "failed", 63018)
    assert [each.status for each in outbound()] == [Status.FAILED, Status.QUEUED]
    assert participant(ANA).attention == Attention.NOT_DELIVERED
    report(twilio.messages[1].sid, "failed", 63018)
    assert [each.status for each in outbound()] == [Status.FAILED, Status.WAITING]


def test_what_was_refused_for_now_is_a_persons_where_the_window_has_closed(ana, twilio, work):
    say(ANA, "Olá!")
    send.deliver(ana)
    work.pass_time(WINDOW.total_seconds())
    report(twilio.messages[0].sid, "failed", 63018)
    assert (only(Message).status, participant(ANA).attention) == ("failed", Attention.NOT_DELIVERED)


@pytest.mark.parametrize("code", STOPS)
def test_what_stops_everybody_opens_the_circuit_and_the_next_message_waits(ana, twilio, fail, code):
    bruno = known(BRUNO)
    say(ANA, "to Ana")
    say(BRUNO, "to Bruno")
    fail(code)
    assert (only(Circuit).error_code, only(Circuit).by_receipt) == (code, True)
    send.deliver(bruno)
    assert [each.body for each in twilio.messages] == ["to Ana"]
    assert [each.status for each in outbound()] == [Status.WAITING, Status.WAITING]


def test_what_twilio_takes_does_not_close_what_a_receipt_opened(ana, twilio, work):
    bruno = known(BRUNO)
    say(ANA, "to Ana")
    say(BRUNO, "to Bruno")
    send.deliver(ana)
    report(twilio.messages[0].sid, "failed", 63051)
    work.pass_time(61)
    send.deliver(ana)
    send.deliver(bruno)
    assert [each.body for each in twilio.messages] == ["to Ana"] * 2, "one tries for all"
    report(twilio.messages[1].sid, "failed", 63051)
    work.pass_time(61)
    send.deliver(bruno)
    assert only(Circuit)
    report(twilio.messages[2].sid, "sent")
    assert rows(Circuit) == []
    send.deliver(ana)
    assert len(twilio.messages) == 4


def test_a_receipt_of_what_was_sent_before_closes_nothing(ana, twilio, work):
    say(ANA, "first")
    send.deliver(ana)
    work.pass_time(5)
    say(ANA, "second")
    send.deliver(ana)
    report(twilio.messages[1].sid, "failed", 63007)
    report(twilio.messages[0].sid, "delivered")
    assert only(Circuit).error_code == 63007


@pytest.mark.parametrize("code", [21610, 63014])
def test_who_does_not_want_our_messages_gets_no_more_until_they_write(ana, twilio, fail, code):
    say(ANA, "first")
    fail(code)
    say(ANA, "second")
    send.deliver(ana)
    assert [(each.status, each.error_code) for each in outbound()] == [(Status.FAILED, code)] * 2
    assert participant(ANA).attention == Attention.NOT_DELIVERED
    assert len(twilio.messages) == 1
    write(ANA, "Oi de novo")
    say(ANA, "third")
    send.deliver(ana)
    assert twilio.messages[-1].body == "third"


def test_a_refusal_at_once_is_heeded_like_a_receipt(ana, twilio):
    say(ANA, "Olá!")
    twilio.fail_next(status=400, code=21610)
    send.deliver(ana)
    assert only(Participant).refused_code == 21610
