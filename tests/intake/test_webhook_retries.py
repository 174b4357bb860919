"""What our own code failed on is tried again, in order, and in the end a person's to look at."""

from unittest.mock import Mock

import pytest
from sqlalchemy.exc import OperationalError

from tests.cast import ANA, BRUNO, inbound, known, only, report, rows, say, write
from wa_assistant.database import db, transaction
from wa_assistant.delivery import receipts
from wa_assistant.intake import inbound as inbound_module
from wa_assistant.intake import parked, retries, webhook_log
from wa_assistant.models import Message, State, Webhook
from wa_assistant.work import claims, overdue
from wa_assistant.work.faults import DIED

pytestmark = pytest.mark.usefixtures("context")

SID = "SM" + "1" * 32
MOST_FAULTS = webhook_log.WEBHOOKS.policy.most_faults


def left() -> list[int]:
    return overdue.find(webhook_log.WEBHOOKS, 9)


def test_what_failed_is_retried_after_growing_pauses_and_is_then_a_dead_letter(fault, work):
    write(ANA, "Oi!", SID)
    for pause in (10, 40, 160, 640):
        work.pass_time(pause - 1)
        assert left() == []
        work.pass_time(1.5)
        (webhook_id,) = left()
        assert only(Webhook).dead_at is None
        retries.retry(webhook_id)
    webhook = only(Webhook)
    assert webhook.dead_at
    assert (webhook.state, webhook.faults) == (State.RECEIVED, 5)
    work.pass_time(24 * 3600)
    assert left() == []
    retries.retry(webhook.id)
    assert only(Webhook).faults == 5
    assert [each.id for each in webhook_log.unprocessed()] == [webhook.id]


def test_two_sweeps_at_once_count_one_fault_once(fault, work):
    write(ANA, "Oi!", SID)
    work.pass_time(11)
    one, other = left(), left()
    assert one == other
    for webhook_id in (*one, *other):
        retries.retry(webhook_id)
    assert only(Webhook).faults == 2


def test_the_messages_of_one_sender_are_retried_in_the_order_in_which_they_came(fault, work):
    for sender, body in ((ANA, "1"), (BRUNO, "Hi!"), (ANA, "2"), (ANA, "3")):
        write(sender, body)
    fault.undo()
    work.pass_time(20)
    retries.retry(left()[-1])
    assert [message.body for message in inbound()] == ["1", "2", "3"]
    assert [each.state for each in rows(Webhook, Webhook.sender == BRUNO)] == [State.RECEIVED]


def test_what_one_worker_retries_no_other_overtakes(fault, work):
    for body in ("1", "2"):
        write(ANA, body)
    fault.undo()
    work.pass_time(20)
    first, second = left()
    assert claims.take(webhook_log.WEBHOOKS, first)
    retries.retry(second)
    assert inbound() == []
    work.pass_time(webhook_log.WEBHOOKS.policy.lease + 1)  # that worker died
    retries.retry(second)
    assert [message.body for message in inbound()] == ["1", "2"]


def test_what_waits_after_a_fault_holds_up_nobody(monkeypatch, fault, work):
    for body in ("1", "2"):
        write(ANA, body)
    fault.undo()
    work.pass_time(20)
    first, second = left()
    with monkeypatch.context() as patch:
        patch.setattr(inbound_module, "receive", lambda *_, **__: 1 / 0)
        webhook_log.process(first)
    retries.retry(second)
    assert [message.body for message in inbound()] == ["2"]


def test_a_database_that_goes_away_in_a_retry_is_not_counted_either(fault, work):
    write(ANA, "Oi!", SID)
    work.pass_time(11)
    away = OperationalError("UPDATE", {}, Exception("the database is away"))
    fault.setattr(inbound_module, "receive", Mock(side_effect=away))
    with pytest.raises(OperationalError):
        retries.retry(only(Webhook).id)
    assert (only(Webhook).state, only(Webhook).faults) == (State.RECEIVED, 1)
    assert only(Webhook).claim_token is None


def test_what_kills_its_worker_is_a_dead_letter_like_any_fault(monkeypatch, work):
    monkeypatch.setattr(inbound_module, "receive", Mock(side_effect=SystemExit))
    monkeypatch.setattr(claims, "_lay_down", lambda *_: None)  # it has no time to
    with pytest.raises(SystemExit):
        write(ANA, "Oi!", SID)
    for _ in range(MOST_FAULTS - 1):
        work.pass_time(3600)
        with pytest.raises(SystemExit):
            retries.retry(*left())
    work.pass_time(3600)
    assert only(Webhook).dead_at is None
    retries.retry(*left())
    webhook = only(Webhook)
    assert webhook.dead_at
    assert (webhook.state, webhook.faults, webhook.error) == (State.RECEIVED, 5, DIED)


def test_a_worker_told_to_stop_leaves_it_to_another(fault, work):
    write(ANA, "Oi!", SID)
    work.pass_time(11)
    with fault.context() as patch:
        patch.setattr(inbound_module, "receive", Mock(side_effect=SystemExit))
        with pytest.raises(SystemExit):
            retries.retry(*left())
    fault.undo()
    assert only(Webhook).faults == 1  # the fault's
    retries.retry(*left())
    assert len(inbound()) == 1


def test_a_receipt_that_fails_is_not_tried_at_every_sweep(monkeypatch, work):
    report(SID, "sent")
    known(ANA)
    said = say(ANA, "Olá!")
    with transaction():
        db.session.get_one(Message, said).provider_sid = SID
    monkeypatch.setattr(receipts, "apply", Mock(side_effect=LookupError))
    work.pass_time(11)
    assert (parked.of_known(9), left()) == ([said], [])
    parked.process_of(said)
    assert (parked.of_known(9), left()) == ([], [])
    work.pass_time(11)
    assert (parked.of_known(9), left()) == ([], [only(Webhook).id])


def test_the_sweeper_leaves_a_webhook_to_its_own_request_at_first(fault, work):
    write(ANA, "Oi!", SID)
    assert left() == []
    work.pass_time(11)
    assert left() == [only(Webhook).id]
