"""The journal: kept first, understood second, and nothing lost to a fault of ours."""

from unittest.mock import Mock
from urllib.parse import urlencode

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from tests.cast import ANA, BRUNO, TWILIO, inbound, known, only, report, rows, say, together, write
from wa_assistant.database import transaction
from wa_assistant.delivery import receipts
from wa_assistant.intake import inbound as inbound_module
from wa_assistant.intake import twilio_form, webhook_log
from wa_assistant.models import Kind, Message, Participant, State, Webhook
from wa_assistant.work.faults import MOST_FAULTS

pytestmark = pytest.mark.usefixtures("context")

SID = "SM" + "1" * 32


@pytest.fixture
def fault(monkeypatch):
    """A fault of ours that shows only after the message is stored."""
    receive = inbound_module.receive

    def receive_and_fail(form, **how):
        receive(form, **how)
        raise LookupError("what nobody thought of")

    with monkeypatch.context() as patch:
        patch.setattr(inbound_module, "receive", receive_and_fail)
        yield patch


def test_a_webhook_is_kept_byte_for_byte():
    body = urlencode(TWILIO.inbound(ANA, "ol\x00á 👋🏽", SID, New="")).encode()
    webhook_log.receive(Kind.INBOUND, body)
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
    assert (webhook.state, webhook.attempts) == (State.RECEIVED, 1)
    assert "LookupError: what nobody thought of" in webhook.error
    assert "in receive_and_fail" in webhook.error
    assert rows(Message) == rows(Participant) == []
    assert work.waiting() == []


def test_what_failed_is_retried_after_growing_pauses_and_then_set_aside(fault, work):
    write(ANA, "Oi!", SID)
    for pause in (10, 40, 160, 640):
        work.pass_time(pause - 1)
        assert webhook_log.overdue() == []
        work.pass_time(1.5)
        (webhook_id,) = webhook_log.overdue()
        assert not webhook_log.retry(webhook_id)
    webhook = only(Webhook)
    assert (webhook.state, webhook.attempts) == (State.SET_ASIDE, 5)
    work.pass_time(24 * 3600)
    assert webhook_log.overdue() == []
    assert [each.id for each in webhook_log.unprocessed()] == [webhook.id]


def test_two_sweeps_at_once_count_one_fault_once(fault, work):
    write(ANA, "Oi!", SID)
    work.pass_time(11)
    one, other = webhook_log.overdue(), webhook_log.overdue()
    assert one == other
    for webhook_id in (*one, *other):
        assert not webhook_log.retry(webhook_id)
    assert only(Webhook).attempts == 2


def test_what_was_set_aside_is_replayed_by_hand_once_the_fault_is_mended(fault, work):
    write(ANA, "Oi!", SID)
    for _ in range(4):
        webhook_log.process(only(Webhook).id)
    fault.undo()
    assert webhook_log.process(only(Webhook).id)
    webhook = only(Webhook)
    assert (webhook.state, webhook.error) == (State.PROCESSED, None)
    assert [message.body for message in inbound()] == ["Oi!"]
    assert work.waiting() == ["jobs.reply.answer"]
    assert webhook_log.unprocessed() == []


def test_a_replay_that_fails_again_stays_set_aside(fault):
    write(ANA, "Oi!", SID)
    for _ in range(5):
        assert not webhook_log.process(only(Webhook).id)
    assert only(Webhook).state == State.SET_ASIDE


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
        write(ANA, "Oi!", SID)
    webhook = only(Webhook)
    assert (webhook.state, webhook.attempts, webhook.error) == (State.RECEIVED, 0, None)
    assert webhook_log.process(webhook.id)


def test_a_database_that_goes_away_in_a_retry_is_not_counted_either(fault, work):
    write(ANA, "Oi!", SID)
    work.pass_time(11)
    away = OperationalError("UPDATE", {}, Exception("the database is away"))
    fault.setattr(inbound_module, "receive", Mock(side_effect=away))
    with pytest.raises(OperationalError):
        webhook_log.retry(only(Webhook).id)
    assert (only(Webhook).state, only(Webhook).attempts) == (State.RECEIVED, 1)


def test_what_kills_its_worker_is_set_aside_like_any_fault(monkeypatch, work):
    monkeypatch.setattr(inbound_module, "receive", Mock(side_effect=SystemExit))
    with pytest.raises(SystemExit):
        write(ANA, "Oi!", SID)
    for _ in range(MOST_FAULTS):
        work.pass_time(3600)
        with pytest.raises(SystemExit):
            webhook_log.retry(*webhook_log.overdue())
    work.pass_time(3600)
    assert not webhook_log.retry(*webhook_log.overdue())
    webhook = only(Webhook)
    assert (webhook.state, webhook.attempts) == (State.SET_ASIDE, 5)
    assert webhook.error == webhook_log.DIED


def test_a_receipt_that_fails_is_not_tried_at_every_sweep(monkeypatch, work):
    report(SID, "sent")
    known(ANA)
    said = say(ANA, "Olá!")
    with transaction() as session:
        session.get_one(Message, said).provider_sid = SID
    monkeypatch.setattr(receipts, "apply", Mock(side_effect=LookupError))
    (parked,) = webhook_log.overdue()
    assert not webhook_log.retry(parked)
    assert webhook_log.overdue() == []
    work.pass_time(11)
    assert webhook_log.overdue() == [parked]


def test_the_log_does_not_quote_what_people_wrote(monkeypatch, caplog):
    secret = LookupError("my number is 4711")
    monkeypatch.setattr(inbound_module, "receive", Mock(side_effect=secret))
    write(ANA, "Oi!", SID)
    assert "LookupError" in caplog.text
    assert "4711" not in caplog.text
    assert "4711" in only(Webhook).error


def test_a_webhook_takes_effect_once_however_often_it_is_processed(app):
    write(ANA, "Oi!", SID)
    webhook_id = only(Webhook).id
    assert not webhook_log.process(webhook_id)
    assert (only(Webhook).state, only(Webhook).attempts) == (State.PROCESSED, 0)
    assert len(inbound()) == 1


def test_a_webhook_processed_by_two_at_once_takes_effect_once(app, fault):
    write(ANA, "Oi!", SID)
    fault.undo()
    webhook_id = only(Webhook).id
    results = together(app, *[lambda: webhook_log.process(webhook_id)] * 3)
    assert sorted(results) == [False, False, True]
    assert (only(Webhook).state, only(Webhook).attempts) == (State.PROCESSED, 1)  # the fault's
    assert len(inbound()) == 1


def test_the_sweeper_leaves_a_webhook_to_its_own_request_at_first(fault, work):
    write(ANA, "Oi!", SID)
    assert webhook_log.overdue() == []
    work.pass_time(11)
    assert webhook_log.overdue() == [only(Webhook).id]


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
    with pytest.raises(twilio_form.Malformed):
        webhook_log.receive(Kind.INBOUND, body)
    assert rows(Webhook) == []


@pytest.mark.parametrize("sender", [b"", b"&From=", b"&From=%00", b"&From=" + b"a" * 256])
def test_what_nobody_could_be_answered_for_is_kept_for_a_person(sender):
    webhook_log.receive(Kind.INBOUND, b"MessageSid=SM1&Body=Oi" + sender)
    for _ in range(MOST_FAULTS):
        webhook_log.process(only(Webhook).id)
    assert only(Webhook).state == State.SET_ASIDE
    assert [webhook.id for webhook in webhook_log.unprocessed()] == [only(Webhook).id]


def test_who_comes_without_a_number_is_known_by_their_user_id():
    webhook_log.receive(Kind.INBOUND, b"MessageSid=SM1&Body=Oi&ExternalUserId=whatsapp%3ABR.151")
    assert only(Participant).address == "whatsapp:BR.151"


def test_a_receipt_needs_no_sender():
    webhook_log.receive(Kind.STATUS, b"MessageSid=SM1&MessageStatus=sent")
    assert only(Webhook).key == "status:SM1:sent:"
