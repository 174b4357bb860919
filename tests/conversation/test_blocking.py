"""Who is blocked may write: it is kept, rings nobody, and nothing goes to them."""

import pytest

from tests.cast import ANA, BIA, known, only, outbound, participant, rows, say, write
from tests.journey.people import user
from tests.settlement import lost, twice
from tests.support.samples import PDF, send
from wa_assistant.conversation import attention, blocking, takeover
from wa_assistant.database import db, transaction
from wa_assistant.models import (
    Action,
    Attention,
    AuditEntry,
    Cancelled,
    Consent,
    ConsentEvent,
    ConversationStatus,
    Media,
    Message,
    Participant,
    Settlement,
    Status,
)

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def ana() -> int:
    return known(ANA)


def block(ana: int) -> None:
    blocking.block(user(BIA), ana)


def test_what_they_write_is_kept_and_answered_by_nobody(openai, twilio, work, ana):
    block(ana)
    write(ANA, "Oi!")
    work()
    message = only(Message)
    assert (message.body, message.settlement) == ("Oi!", Settlement.BLOCKED)
    row = participant(ANA)
    assert (row.unread, row.attention, row.waiting_since) == (0, None, None)
    assert openai.calls == []
    assert twilio.messages == []
    assert lost(db.session) == twice(db.session, twilio.messages) == []


def test_a_call_for_a_person_calls_nobody(twilio, work, ana):
    block(ana)
    write(ANA, "quero falar com um atendente")
    work()
    row = participant(ANA)
    assert (row.attention, row.asked_for_person_at) == (None, None)
    assert outbound() == []


def test_what_waits_for_them_is_not_sent(twilio, work, ana):
    say(ANA, "A long answer")
    block(ana)
    work()
    assert (outbound()[0].status, outbound()[0].cancelled_for) == (
        Status.CANCELLED,
        Cancelled.BLOCKED,
    )
    assert twilio.messages == []


def test_what_is_put_into_the_outbox_all_the_same_does_not_go_out(twilio, work, ana):
    block(ana)
    say(ANA, "By another way")
    work()
    assert outbound()[0].cancelled_for == Cancelled.BLOCKED
    assert twilio.messages == []


def test_a_user_is_told_that_nothing_goes_to_them(ana):
    block(ana)
    with pytest.raises(takeover.BlockedError):
        takeover.write(ana, user(BIA), "Hello", "a-key-of-a-form")
    assert outbound() == []


def test_they_leave_attention_and_come_into_it_no_more(ana):
    with transaction():
        attention.call(db.session.get_one(Participant, ana), Attention.NOT_DELIVERED)
    block(ana)
    with transaction():
        attention.call(db.session.get_one(Participant, ana), Attention.NOT_DELIVERED)
    row = participant(ANA)
    assert (row.attention, row.attention_at, row.status) == (None, None, ConversationStatus.DONE)


def test_what_they_take_back_counts_and_is_not_answered(twilio, work, ana):
    block(ana)
    write(ANA, "SAIR")
    work()
    row = participant(ANA)
    assert row.stopped_at
    assert [each.kind for each in rows(ConsentEvent)] == [Consent.WITHDRAWN] * 2
    assert twilio.messages == []


def test_who_is_unblocked_is_heard_from_then_on(openai, work, ana):
    block(ana)
    write(ANA, "Oi!")
    blocking.unblock(user(BIA), ana)
    work()
    assert openai.calls == []
    write(ANA, "Quanto custa?")
    work()
    assert len(openai.calls) == 1
    done = [each.action for each in rows(AuditEntry)]
    assert done[:2] == [Action.BLOCKED, Action.UNBLOCKED]


def test_a_file_of_theirs_is_fetched_once_they_are_unblocked(twilio, work, ana):
    block(ana)
    send(twilio, ANA, PDF, "application/pdf")
    work()
    assert [each.status for each in rows(Media)] == ["waiting"]
    blocking.unblock(user(BIA), ana)
    work()
    assert [each.status for each in rows(Media)] == ["kept"]
