"""Receipts move a message forward only, in whatever order and number they come."""

from itertools import permutations, product

import pytest
from werkzeug.datastructures import MultiDict

from tests.cast import ANA, known, only, participant, report, rows, say, write
from wa_assistant.database import db, transaction
from wa_assistant.delivery import receipts
from wa_assistant.intake import parked, webhook_log
from wa_assistant.models import (
    Attention,
    Author,
    Direction,
    Message,
    Participant,
    Refusal,
    State,
    Status,
    Webhook,
)
from wa_assistant.operations import sweeper

pytestmark = pytest.mark.usefixtures("context")

WAY = ("queued", "sending", "sent", "delivered", "read")
FAILURES = ("failed", "undelivered")
SID = "SM" + "1" * 32


def accepted(ana: int, sid: str) -> Message:
    message = Message(
        participant_id=ana,
        direction=Direction.OUTBOUND,
        author=Author.ASSISTANT,
        status=Status.ACCEPTED,
        provider_sid=sid,
    )
    db.session.add(message)
    db.session.flush()
    return message


@pytest.fixture
def ana() -> int:
    return known(ANA)


@pytest.fixture
def message(ana) -> int:
    with transaction():
        return accepted(ana, SID).id


def after(ana: int, sequences) -> dict[tuple[str, ...], str]:
    """Where a message ends for each sequence of receipts."""
    ends = {}
    with transaction():
        for number, statuses in enumerate(sequences):
            message = accepted(ana, f"SM{number}")
            for status in statuses:
                form = MultiDict({"MessageSid": f"SM{number}", "MessageStatus": status})
                assert receipts.apply(form)
            db.session.refresh(message)
            ends[statuses] = message.status
    return ends


def test_every_order_of_the_way_ends_as_read(ana):
    assert set(after(ana, permutations(WAY)).values()) == {"read"}


def test_every_order_with_every_receipt_twice_ends_where_it_came_furthest(ana):
    ends = after(ana, set(permutations(("queued", "sent", "delivered") * 2)))
    assert set(ends.values()) == {"delivered"}


@pytest.mark.parametrize("failure", FAILURES)
def test_in_every_order_a_failure_outlasts_what_comes_before_delivery(ana, failure):
    ends = after(ana, permutations(("queued", "sending", "sent", failure)))
    assert set(ends.values()) == {failure}


@pytest.mark.parametrize("failure", FAILURES)
def test_in_every_order_delivered_wins_over_failed(ana, failure):
    ends = after(ana, permutations(("sent", failure, "delivered", failure)))
    assert set(ends.values()) == {"delivered"}


def test_any_three_receipts_end_as_the_rule_says(ana):
    for statuses, end in after(
        ana, product(("queued", "sent", "delivered", "read", *FAILURES), repeat=3)
    ).items():
        failed = [status for status in statuses if status in FAILURES]
        furthest = max((WAY.index(status) for status in statuses if status in WAY), default=-1)
        arrived = furthest >= WAY.index("delivered")
        expected = failed[0] if failed and not arrived else WAY[furthest]
        assert end == expected, statuses


def test_the_error_code_of_a_failure_is_kept_and_a_person_is_called(message):
    report(SID, "sent")
    report(SID, "undelivered", 63024)
    report(SID, "undelivered", 63024)
    failed = only(Message)
    assert (failed.status, failed.error_code) == (Status.UNDELIVERED, 63024)
    assert only(Participant).attention == Attention.NOT_DELIVERED
    assert only(Participant).attention_at


def test_a_receipt_without_a_code_does_not_take_the_code_away(message):
    report(SID, "failed", 63016)
    report(SID, "delivered")
    arrived = only(Message)
    assert (arrived.status, arrived.error_code) == (Status.DELIVERED, 63016)


@pytest.mark.parametrize("code", ["", "none", "²", "-1", "9" * 40, "6 3", "\x00"])
def test_a_code_that_is_no_number_is_none_and_the_receipt_counts(message, code):
    report(SID, "failed", ErrorCode=code)
    assert (only(Message).status, only(Message).error_code) == (Status.FAILED, None)


def test_the_first_call_for_a_person_keeps_its_time(message, ana):
    with transaction():
        accepted(ana, "SM2")
    report(SID, "failed", 63016)
    first = only(Participant).attention_at
    report("SM2", "failed", 63016)
    assert only(Participant).attention_at == first


@pytest.mark.parametrize("status", ["", "scheduled", "canceled", "DELETED", "waiting", "received"])
def test_a_status_of_another_kind_changes_nothing(message, status):
    report(SID, status)
    assert only(Message).status == Status.ACCEPTED
    assert only(Webhook).state == State.PROCESSED


def test_a_status_is_read_whatever_its_case(message):
    report(SID, "Delivered")
    assert only(Message).status == Status.DELIVERED


def test_a_receipt_for_a_participants_own_message_changes_nothing():
    sid = write(ANA)
    report(sid, "read")
    assert only(Message).status == Status.RECEIVED


def test_a_receipt_for_an_unknown_sid_is_parked_and_no_fault():
    report(SID, "delivered")
    webhook = only(Webhook)
    assert (webhook.state, webhook.faults, webhook.processed_at) == (State.PARKED, 0, None)
    assert webhook_log.unprocessed() == []
    assert parked.of_known(9) == []


def test_parked_receipts_are_applied_once_the_sid_is_stored(ana):
    for status in ("read", "sent"):
        report(SID, status)
    with transaction():
        accepted(ana, SID)
    parked.process_of(only(Message).id)
    assert only(Message).status == Status.READ
    assert {webhook.state for webhook in rows(Webhook)} == {State.PROCESSED}


def test_the_sweeper_applies_a_parked_receipt_whose_message_is_known_by_now(ana, work):
    report(SID, "delivered")
    report("SM-of-nobody", "delivered")
    with transaction():
        accepted(ana, SID)
    sweeper.sweep()
    work()
    assert only(Message).status == Status.DELIVERED
    assert [webhook.state for webhook in rows(Webhook)] == [State.PROCESSED, State.PARKED]


def test_a_parked_receipt_whose_sid_was_refused_meanwhile_is_found(ana):
    for status in ("failed", "delivered"):
        report(SID, status)
    report("SM-of-nobody", "delivered")
    said = say(ANA, "Olá!")
    with transaction():
        db.session.add(Refusal(message_id=said, provider_sid=SID, code=63018))
    assert parked.of_known(9) == [said]
    parked.process_of(said)
    assert parked.of_known(9) == []
    assert (only(Message).status, only(Message).provider_sid) == (Status.DELIVERED, SID)


def test_receipts_that_beat_the_answer_of_twilio_are_not_lost(client, twilio, work):
    write(ANA)
    twilio.send_receipts("sent", "delivered", app=client, before_answer=True)
    say(participant(ANA).address, "Olá!")
    work()
    sent = rows(Message, Message.direction == Direction.OUTBOUND)
    assert {message.status for message in sent} == {Status.DELIVERED}
    assert twilio.receipts.refused == 0


@pytest.mark.parametrize("failure", ["failed", "undelivered"])
@pytest.mark.parametrize("arrival", ["delivered", "read"])
def test_what_failed_and_was_read_calls_nobody_any_more_and_is_sent_once(
    twilio, work, failure, arrival
):
    write(ANA, "Oi")
    work()
    sid = twilio.messages[0].sid
    report(sid, failure, 30008, ChannelStatusMessage="Unknown error")
    assert participant(ANA).attention == Attention.NOT_DELIVERED
    for status in (arrival, "sent", "queued"):
        report(sid, status)
        work()
        assert only(Message, Message.provider_sid == sid).status == arrival
        assert participant(ANA).attention is None
    assert len(twilio.messages) == 1
