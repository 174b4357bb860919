"""A message of ours that our own code could not send: replayed or dismissed, once."""

from typing import Any

import pytest

from tests.cast import ANA, BIA, known, only, outbound, participant, rows, say, write
from wa_assistant.clients import twilio as channel
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.delivery import send
from wa_assistant.models import AuditEntry, Message, Reason, Role, Settlement, Status, User
from wa_assistant.operations import dead_letters, dead_messages

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture(autouse=True)
def team(context: None) -> None:
    with transaction():
        db.session.add(User(email=BIA, name="Bia", role=Role.EDITOR))


def bia() -> Any:
    return only(User)


@pytest.fixture
def unsent() -> int:
    known(ANA)
    return put_aside(say(ANA, "Olá!"))


def put_aside(message_id: int) -> int:
    with transaction():
        message = db.session.get_one(Message, message_id)
        message.status, message.reason, message.faults = Status.FAILED, Reason.FAULT, 6
        message.settlement, message.settled_at = Settlement.DEAD_LETTER, utcnow()
        message.handed_over_at, message.error = utcnow(), "LookupError\n  a.py:1 send"
    return message_id


def test_it_stands_before_a_person_with_its_error_and_not_among_the_unanswered(unsent):
    ((message, person),), older = dead_messages.page()
    assert (message.id, person.address) == (unsent, ANA)
    assert message.error == "LookupError\n  a.py:1 send"
    assert older is None
    assert dead_letters.anything()
    assert dead_letters.conversations() == ([], None)
    assert not dead_letters.replay_conversation(person.id, bia())
    assert not dead_letters.dismiss_conversation(person.id, bia())


def test_replayed_it_is_looked_for_and_then_sent(unsent, twilio, work):
    assert dead_messages.replay(unsent, bia())
    assert not dead_letters.anything()
    work()
    assert [each.method for each in twilio.requests] == ["GET", "GET", "GET", "POST"]
    message = only(Message)
    assert (message.status, message.settlement, message.faults) == (Status.QUEUED, None, 0)
    (entry,) = rows(AuditEntry)
    assert entry.action == "replayed"
    assert (entry.subject, entry.subject_id) == ("message", str(unsent))


def test_replayed_though_twilio_has_it_is_not_sent_again(unsent, twilio, work):
    channel.send(ANA, "Olá!")
    dead_messages.replay(unsent, bia())
    work()
    assert (only(Message).provider_sid, len(twilio.messages)) == (twilio.messages[0].sid, 1)


def test_replayed_to_who_has_stopped_since_it_is_not_sent(unsent, twilio, work):
    write(ANA, "SAIR")
    work()
    sent = len(twilio.messages)
    dead_messages.replay(unsent, bia())
    work()
    assert (outbound()[0].status, len(twilio.messages)) == (Status.CANCELLED, sent)


def test_dismissed_it_is_not_sent_and_set_aside_no_more(unsent, twilio, work):
    assert dead_messages.dismiss(unsent, bia())
    work()
    assert (only(Message).status, only(Message).settlement) == (Status.FAILED, None)
    assert (dead_letters.anything(), twilio.requests) == (False, [])
    assert not dead_messages.dismiss(unsent, bia())
    assert not dead_messages.replay(unsent, bia())


def test_they_are_turned_by_pages(monkeypatch):
    monkeypatch.setattr(dead_messages, "PAGE", 2)
    known(ANA)
    ids = [put_aside(say(ANA, str(number))) for number in range(3)]
    first, before = dead_messages.page()
    last, end = dead_messages.page(before)
    assert ([each.message.id for each in (*first, *last)], end) == (ids[::-1], None)


def test_what_stands_behind_it_is_not_held_up(unsent, twilio):
    say(ANA, "second")
    send.deliver(participant(ANA).id)
    assert [each.body for each in twilio.messages] == ["second"]
