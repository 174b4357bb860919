"""What had failed and turns out to be there calls nobody any more."""

from itertools import permutations

import pytest

from tests.cast import ANA, known, only, participant, report, rows, say
from wa_assistant.conversation import attention
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.delivery import send
from wa_assistant.models import Attention, Message, Participant, Refusal, Status

pytestmark = pytest.mark.usefixtures("context")

FAILURES = ("failed", "undelivered")


@pytest.fixture
def ana() -> int:
    return known(ANA)


@pytest.fixture
def sids(ana, twilio, work) -> list[str]:
    for words in ("Olá!", "Tudo bem?"):
        say(ANA, words)
        send.deliver(ana)
        work.pass_time(10)
    send.deliver(ana)
    return [each.sid for each in twilio.messages]


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("arrival", ["delivered", "read"])
def test_the_call_is_taken_back(sids, failure, arrival):
    report(sids[0], failure, 63024)
    assert participant(ANA).attention == Attention.NOT_DELIVERED
    report(sids[0], arrival)
    row = participant(ANA)
    assert (row.attention, row.attention_at, row.called_at) == (None, None, None)
    assert rows(Message)[0].status == arrival


@pytest.mark.parametrize("order", [*permutations(("sent", "undelivered", "delivered"))])
def test_in_any_order_nobody_is_called_in_the_end(sids, order):
    for status in order:
        report(sids[0], status, 63024 if status == "undelivered" else None)
    assert participant(ANA).attention is None
    report(sids[0], "undelivered", 63024)
    assert participant(ANA).attention is None


def test_sent_after_a_failure_says_nothing_new(sids):
    report(sids[0], "undelivered", 63024)
    report(sids[0], "sent")
    assert participant(ANA).attention == Attention.NOT_DELIVERED


def test_of_two_that_failed_both_must_have_arrived(sids):
    for sid in sids:
        report(sid, "failed", 63024)
    report(sids[1], "delivered")
    assert participant(ANA).attention == Attention.NOT_DELIVERED
    report(sids[0], "delivered")
    assert participant(ANA).attention is None


@pytest.mark.parametrize("first", [True, False])
def test_another_reason_stands(ana, sids, first):
    def ask() -> None:
        with transaction():
            row = db.session.get_one(Participant, ana)
            attention.call(row, Attention.ASKED_FOR_A_PERSON)

    if first:
        ask()
    report(sids[0], "failed", 63024)
    if not first:
        ask()
    since = participant(ANA).attention_at
    report(sids[0], "delivered")
    assert participant(ANA).attention_at == since is not None


def test_a_call_for_something_else_stands(ana, sids):
    with transaction():
        attention.call(db.session.get_one(Participant, ana), Attention.NOT_HEARD)
    report(sids[0], "delivered")
    assert participant(ANA).attention == Attention.NOT_HEARD


def test_who_was_taken_to_refuse_us_does_not(ana, sids):
    report(sids[0], "undelivered", 63014)
    with transaction():
        db.session.get_one(Participant, ana).refused_at = utcnow()
    report(sids[0], "delivered")
    assert not participant(ANA).refuses()


def test_one_that_was_sent_again_and_failed_may_have_arrived_at_first(ana, twilio, work):
    say(ANA, "Olá!")
    send.deliver(ana)
    report(twilio.messages[0].sid, "failed", 63018)
    work.pass_time(60)
    send.deliver(ana)
    report(twilio.messages[1].sid, "failed", 63024)
    assert participant(ANA).attention == Attention.NOT_DELIVERED
    report(twilio.messages[0].sid, "delivered")
    assert participant(ANA).attention is None
    message = only(Message)
    assert (message.status, message.provider_sid) == (Status.DELIVERED, twilio.messages[0].sid)
    assert [each.provider_sid for each in rows(Refusal)] == [twilio.messages[1].sid]
