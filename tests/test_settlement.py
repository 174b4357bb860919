"""The queries for lost, twice and out of order find what they are for, and nothing else."""

import pytest
from sqlalchemy import delete, text, update

from tests.web.people import comes_in
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.models import (
    Author,
    Direction,
    Message,
    Participant,
    Refusal,
    Settlement,
    Webhook,
)

from .doubles.messages import Sent
from .settlement import lost, out_of_order, twice

ANA = "whatsapp:+5511987654321"
BRUNO = "whatsapp:+5511912345678"

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def talk(client, twilio, work):
    """Ana and Bruno write twice each, and every message gets its answer."""
    for body in ("Oi", "Tudo bem?"):
        comes_in(twilio, client, ANA, body)
        comes_in(twilio, client, BRUNO, body)
        work()
    return twilio.messages


def change(statement):
    with transaction():
        db.session.execute(statement)


def inbound():
    return _rows(Direction.INBOUND)


def outbound():
    return _rows(Direction.OUTBOUND)


def _rows(direction):
    db.session.rollback()
    return db.session.query(Message).filter_by(direction=direction).order_by(Message.id).all()


def set_values(message, **values):
    change(update(Message).where(Message.id == message.id).values(**values))


def test_nothing_is_found_where_all_went_well(talk):
    assert len(inbound()) == len(outbound()) == len(talk) == 4
    assert lost(db.session) == []
    assert twice(db.session, talk) == []
    assert out_of_order(db.session, talk) == []


def test_a_connection_will_do_as_well_as_a_session(talk):
    with db.engine.connect() as connection:
        assert lost(connection) == twice(connection, talk) == out_of_order(connection, talk) == []


@pytest.mark.parametrize("dead_at", [None, utcnow()], ids=["received", "dead letter"])
def test_an_unprocessed_webhook_is_lost(talk, dead_at):
    values = {"state": "received", "dead_at": dead_at}
    change(update(Webhook).where(Webhook.id == 1 + _least(Webhook)).values(values))

    assert lost(db.session) == [f"webhook {1 + _least(Webhook)} was not processed"]


def test_what_a_person_dismissed_is_not_lost(talk):
    message = inbound()[0]
    change(delete(Message).where(Message.id == message.id))
    change(update(Webhook).where(Webhook.id == _least(Webhook)).values(state="dismissed"))

    assert lost(db.session) == []


@pytest.mark.parametrize("status", ["cancelled", "failed", "undelivered"])
def test_an_answer_that_went_nowhere_is_lost_unless_a_person_was_called(talk, status):
    message = inbound()[0]
    change(update(Message).where(Message.id == message.answered_by_id).values(status=status))
    said = "is settled by an answer that went nowhere, and nobody was called"
    assert lost(db.session) == [f"inbound message {message.id} {said}"]

    change(update(Participant).values(attention="not delivered", attention_at=utcnow()))
    assert lost(db.session) == []


def test_a_webhook_without_its_message_is_lost(talk):
    message = inbound()[0]
    change(delete(Message).where(Message.id == message.id))

    assert lost(db.session) == [f"webhook {_least(Webhook)} became no message"]


def test_an_unsettled_message_is_lost(talk):
    message = inbound()[2]
    set_values(message, settled_at=None, settlement=None, answered_by_id=None)

    assert lost(db.session) == [f"inbound message {message.id} is not settled"]


def test_an_answer_that_is_none_is_a_loss(talk):
    first, second = inbound()[:2]
    set_values(first, answered_by_id=None)
    set_values(second, answered_by_id=first.id)

    findings = lost(db.session)

    assert len(findings) == 2
    assert all("by nothing that was said" in finding for finding in findings)


def test_bruno_is_not_answered_by_what_was_said_to_ana(talk):
    to_ana = next(m for m in outbound() if m.participant_id == inbound()[0].participant_id)
    from_bruno = next(m for m in inbound() if m.participant_id != to_ana.participant_id)
    set_values(from_bruno, answered_by_id=to_ana.id)

    assert f"inbound message {from_bruno.id} is settled" in lost(db.session)[0]


def test_a_message_that_is_a_dead_letter_is_not_lost(talk):
    set_values(inbound()[0], settlement=Settlement.DEAD_LETTER, answered_by_id=None)

    assert lost(db.session) == []


@pytest.mark.parametrize("status", ["waiting", "claimed", "uncertain"])
def test_a_message_that_never_left_is_lost(talk, status):
    message = outbound()[0]
    set_values(message, status=status)

    assert lost(db.session) == [f"outbound message {message.id} was never sent"]


def test_what_twilio_accepted_twice_is_found(talk):
    again = Sent("SM" + "f" * 32, ANA, "", "You wrote: Oi", None, utcnow())

    findings = twice(db.session, [*talk, again, talk[0]])

    assert findings == [
        f"Twilio accepted {talk[0].sid} 2 times",
        f"Twilio accepted {again.sid}, which no outbound message stands for",
    ]


def test_what_was_refused_and_sent_again_is_no_second_sending_unless_it_had_not_failed(talk):
    refused = Sent("SM" + "f" * 32, ANA, "", "You wrote: Oi", None, utcnow(), status="failed")
    with transaction():
        db.session.add(Refusal(provider_sid=refused.sid, message_id=outbound()[0].id, code=63018))
    assert twice(db.session, [refused, *talk]) == []
    refused.status = "delivered"
    assert twice(db.session, [refused, *talk]) == [
        f"Twilio accepted {refused.sid}, which was sent again and had not failed"
    ]


def test_a_second_answer_to_the_same_message_is_found(talk):
    with transaction():
        second = Message(
            participant_id=db.session.query(Participant.id).limit(1).scalar_subquery(),
            direction=Direction.OUTBOUND,
            author=Author.ASSISTANT,
            status="read",
        )
        db.session.add(second)
    assert twice(db.session, talk) == [f"outbound message {second.id} answers nothing"]
    set_values(second, status="cancelled", provider_sid=None)
    assert twice(db.session, []) == [], "the draft of whoever took over"


@pytest.mark.parametrize("database", ["postgres"])  # SQLite cannot drop a key
def test_what_a_unique_key_forbids_is_found_all_the_same(talk):
    sid = inbound()[0].provider_sid
    db.session.rollback()  # a table that is being read cannot be altered
    with db.engine.connect() as connection:
        connection.execute(text("ALTER TABLE messages DROP CONSTRAINT uq_messages_provider_sid"))
        connection.execute(text("ALTER TABLE webhooks DROP CONSTRAINT uq_webhooks_key"))
        connection.execute(update(Message).values(provider_sid=sid))
        connection.execute(update(Webhook).values(provider_sid=sid))

        assert twice(connection, [])[:2] == [
            f"message {sid} is stored twice",
            f"webhook of message {sid} is kept twice",
        ]
        connection.rollback()


def test_answers_that_arrive_in_another_order_are_found(talk):
    to_ana = [sent for sent in talk if sent.to == ANA]

    findings = out_of_order(db.session, to_ana[::-1])

    first, second = [m for m in outbound() if m.provider_sid in {sent.sid for sent in to_ana}]
    assert findings == [f"{ANA} got message {first.id} after {second.id}"]


def test_answers_to_another_order_of_questions_are_found(talk):
    first, second = [m for m in inbound() if m.participant_id == inbound()[0].participant_id]
    later, sooner = second.answered_by_id, first.answered_by_id
    set_values(first, answered_by_id=later)
    set_values(second, answered_by_id=sooner)

    findings = out_of_order(db.session, talk)

    assert f"participant {first.participant_id} was answered by {sooner} after {later}" in findings
    assert f"message {second.id} is answered by {sooner}, which was said before" in findings


def test_what_went_to_the_wrong_person_is_found(talk):
    talk[0].to = "whatsapp:+5511900000000"

    assert "went to whatsapp:+5511900000000" in out_of_order(db.session, talk)[0]


def _least(model):
    return db.session.query(model.id).order_by(model.id).limit(1).scalar()
