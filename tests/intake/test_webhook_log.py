"""The webhook log: kept first, understood second, and nothing lost to a fault of ours."""

from unittest.mock import Mock
from urllib.parse import urlencode

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from tests.cast import (
    ANA,
    BRUNO,
    TWILIO,
    at_once,
    inbound,
    only,
    report,
    rows,
    together,
    write,
)
from tests.support.eventually import eventually
from tests.support.logged import lines
from wa_assistant.intake import inbound as inbound_module
from wa_assistant.intake import webhook_log
from wa_assistant.models import Kind, Message, Participant, State, Webhook
from wa_assistant.work import claims

pytestmark = pytest.mark.usefixtures("context")

MOST_FAULTS = webhook_log.WEBHOOKS.policy.most_faults

SID = "SM" + "1" * 32


def test_a_webhook_is_kept_byte_for_byte():
    body = urlencode(TWILIO.inbound(ANA, "ol\x00á 👋🏽", SID, New="")).encode()
    webhook_log.receive(Kind.INBOUND, body)
    webhook = only(Webhook)
    assert (webhook.body, webhook.state) == (body, State.RECEIVED)
    webhook_log.understand()
    webhook = only(Webhook)
    assert (webhook.body, webhook.state) == (body, State.PROCESSED)
    assert webhook.processed_at >= webhook.received_at


def test_a_repeat_of_a_message_is_stored_once_and_rings_once(work):
    write(ANA, "Oi!", SID)
    write(ANA, "Oi!", SID)
    write(ANA, "changed on the way", SID)
    assert len(rows(Webhook)) == 1
    assert [message.body for message in inbound()] == ["Oi!"]
    assert work.waiting() == ["jobs.reply.answer"]


def test_repeats_at_the_same_moment_are_stored_once(app):
    together(app, *[lambda: write(ANA, "Oi!", SID)] * 4)
    assert (len(rows(Webhook)), len(inbound())) == (1, 1)


def test_a_receipt_repeats_only_with_its_status_and_error_code():
    for status, code in (("sent", None), ("sent", None), ("failed", 63016), ("failed", 63024)):
        report(SID, status, code)
    assert len(rows(Webhook)) == 3


def test_a_message_and_its_receipt_may_share_a_sid():
    write(ANA, "Oi!", SID)
    report(SID, "delivered")
    assert len(rows(Webhook)) == 2


def test_a_fault_of_ours_leaves_nothing_half_done_and_keeps_the_webhook(fault, work):
    write(ANA, "Oi!", SID)
    webhook = only(Webhook)
    assert (webhook.state, webhook.faults, webhook.claim_token) == (State.RECEIVED, 1, None)
    assert "LookupError: what nobody thought of" in webhook.error
    assert "in receive_and_fail" in webhook.error
    assert rows(Message) == rows(Participant) == []
    assert work.waiting() == ["jobs.webhooks.process"]


def test_a_dead_letter_is_replayed_by_hand_once_the_fault_is_mended(fault, work):
    write(ANA, "Oi!", SID)
    for _ in range(4):
        webhook_log.process(only(Webhook).id)
    fault.undo()
    assert webhook_log.process(only(Webhook).id)
    webhook = only(Webhook)
    assert (webhook.state, webhook.error) == (State.PROCESSED, None)
    assert [message.body for message in inbound()] == ["Oi!"]
    assert work.waiting().count("jobs.reply.answer") == 1
    assert webhook_log.unprocessed() == []


def test_a_replay_that_fails_again_stays_a_dead_letter(fault):
    write(ANA, "Oi!", SID)
    for _ in range(5):
        assert not webhook_log.process(only(Webhook).id)
    assert only(Webhook).dead_at


def test_what_is_kept_rings_once_and_takes_effect_in_order_in_one_go(work):
    for body in ("um", "dois", "três"):
        webhook_log.receive(Kind.INBOUND, urlencode(TWILIO.inbound(ANA, body)).encode())
    assert inbound() == []
    assert set(work.waiting()) == {"jobs.webhooks.understand"}
    assert work(within=0)[0] == "jobs.webhooks.understand"
    assert [message.body for message in inbound()] == ["um", "dois", "três"]


def test_a_fault_among_many_is_its_own(monkeypatch):
    taken = inbound_module.receive

    def receive(form, **given):
        if form["Body"] == "2":
            raise LookupError
        taken(form, **given)

    monkeypatch.setattr(inbound_module, "receive", receive)
    for body in "123":
        webhook_log.keep(Kind.INBOUND, urlencode(TWILIO.inbound(ANA, body)).encode())
    webhook_log.understand()
    assert [message.body for message in inbound()] == ["1", "3"]
    assert [webhook.faults for webhook in rows(Webhook)] == [0, 1, 0]


def test_those_who_come_at_once_share_a_commit_and_one_of_them_rings(app):
    webhook_log.keep(Kind.INBOUND, b"MessageSid=SM0&From=whatsapp%3A%2B1")
    group = app.extensions["group of Webhook"]
    bodies = [urlencode(TWILIO.inbound(f"{ANA}{n}", "Oi")).encode() for n in range(8)]
    with at_once(app, len(bodies)) as start:
        with group.turn:
            futures = [start(webhook_log.keep, Kind.INBOUND, body) for body in bodies]
            eventually(lambda: group.waiting == len(bodies))
        leads = [future.result(10) for future in futures]
    assert len(rows(Webhook)) == 9
    assert sorted(leads) == [False] * 7 + [True]


def test_what_a_worker_has_of_a_sender_is_not_overtaken():
    for sender, body in ((ANA, "1"), (ANA, "2"), (BRUNO, "Hi!")):
        webhook_log.keep(Kind.INBOUND, urlencode(TWILIO.inbound(sender, body)).encode())
    webhook_log.keep(Kind.STATUS, b"MessageSid=SM1&MessageStatus=sent")
    first, *_, receipt = [webhook.id for webhook in rows(Webhook)]
    for webhook_id in (first, receipt):
        assert claims.take(webhook_log.WEBHOOKS, webhook_id)
    webhook_log.understand()
    assert [message.body for message in inbound()] == ["Hi!"]


def test_however_many_come_it_ends_and_rings_for_the_rest(monkeypatch, work):
    monkeypatch.setattr(webhook_log, "TOGETHER", 2)
    monkeypatch.setattr(webhook_log, "MOST_BATCHES", 2)
    for number in range(5):
        webhook_log.keep(Kind.INBOUND, urlencode(TWILIO.inbound(ANA, f"{number}")).encode())
    webhook_log.understand()
    assert [message.body for message in inbound()] == ["0", "1", "2", "3"]
    assert work.waiting()[0] == "jobs.webhooks.understand"


def test_the_fault_of_one_webhook_does_not_stop_another(fault):
    write(ANA, "Oi!")
    fault.undo()
    write(BRUNO, "Hi!")
    assert [message.body for message in inbound()] == ["Hi!"]


@pytest.mark.parametrize(
    "error",
    [OperationalError("UPDATE", {}, Exception("it is away")), NoConnection("all are taken")],
    ids=["away", "busy"],
)
def test_a_database_that_went_away_is_not_the_webhooks_fault(monkeypatch, error):
    def away(*_, **__):
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(inbound_module, "receive", away)
        with pytest.raises(type(error)):
            write(ANA, "Oi!", SID)
    webhook = only(Webhook)
    assert (webhook.state, webhook.faults, webhook.error) == (State.RECEIVED, 0, None)
    assert webhook_log.process(webhook.id)


def test_the_log_does_not_quote_what_people_wrote(monkeypatch, caplog):
    secret = LookupError("my number is 4711")
    monkeypatch.setattr(inbound_module, "receive", Mock(side_effect=secret))
    write(ANA, "Oi!", SID)
    (told,) = lines(caplog)
    assert told["error"] == "LookupError"
    assert "4711" not in str(told)
    assert "4711" in only(Webhook).error


def test_a_webhook_takes_effect_once_however_often_it_is_processed(app):
    write(ANA, "Oi!", SID)
    webhook_id = only(Webhook).id
    assert not webhook_log.process(webhook_id)
    assert (only(Webhook).state, only(Webhook).faults) == (State.PROCESSED, 0)
    assert len(inbound()) == 1


def test_a_webhook_processed_by_two_at_once_takes_effect_once(app, fault):
    write(ANA, "Oi!", SID)
    fault.undo()
    webhook_id = only(Webhook).id
    results = together(app, *[lambda: webhook_log.process(webhook_id)] * 3)
    assert sorted(results) == [False, False, True]
    webhook = only(Webhook)
    assert (webhook.state, webhook.faults, webhook.due_at) == (State.PROCESSED, 0, None)
    assert len(inbound()) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"Body=Oi",
        b"MessageSid=&From=whatsapp%3A%2B5511987654321",
        b"MessageSid=" + b"S" * 65 + b"&From=whatsapp%3A%2B5511987654321",
        b"MessageSid=SM%001&From=whatsapp%3A%2B5511987654321",
        b"MessageSid=SM1&From=whatsapp%3A%2B1&Body=\xff",
        b"MessageSid=SM1&From=whatsapp%3A%2B1&Body=%ff",
        b"MessageSid=SM1&From=whatsapp%3A%2B1&Body=%ed%a0%80",
        b"MessageSid=SM1&From=whatsapp%3A%2B1" + b"&x=" * 500,
    ],
)
def test_what_cannot_be_told_apart_from_others_is_refused(body):
    with pytest.raises(inbound_module.Malformed):
        webhook_log.receive(Kind.INBOUND, body)
    assert rows(Webhook) == []


@pytest.mark.parametrize("sender", [b"", b"&From=", b"&From=%00", b"&From=" + b"a" * 256])
def test_what_nobody_could_be_answered_for_is_kept_for_a_person(sender):
    webhook_log.receive(Kind.INBOUND, b"MessageSid=SM1&Body=Oi" + sender)
    for _ in range(MOST_FAULTS):
        webhook_log.process(only(Webhook).id)
    assert only(Webhook).dead_at
    assert [webhook.id for webhook in webhook_log.unprocessed()] == [only(Webhook).id]


def test_who_comes_without_a_number_is_known_by_their_user_id():
    webhook_log.receive(Kind.INBOUND, b"MessageSid=SM1&Body=Oi&ExternalUserId=whatsapp%3ABR.151")
    webhook_log.understand()
    assert only(Participant).address == "whatsapp:BR.151"


def test_a_receipt_needs_no_sender():
    webhook_log.receive(Kind.STATUS, b"MessageSid=SM1&MessageStatus=sent")
    assert only(Webhook).key == "status:SM1:sent:"
