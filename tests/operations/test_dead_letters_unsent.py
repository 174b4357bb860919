"""A message of ours that our own code could not send: replayed or dismissed, once."""

from typing import Any

import pytest

from tests.cast import ANA, BIA, known, only, outbound, participant, rows, say, write
from wa_assistant.clients import twilio as channel
from wa_assistant.conversation.unsettled import ANSWERS
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.delivery import send
from wa_assistant.delivery.envelope import MESSAGES
from wa_assistant.models import Attention, AuditEntry, Message, Reason, Role, Status, User
from wa_assistant.operations import dead_letters
from wa_assistant.work import claims

FAULT = "LookupError\n  a.py:1 send"

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
    return bury(say(ANA, "Olá!"))


def bury(message_id: int) -> int:
    with transaction():
        message = db.session.get_one(Message, message_id)
        message.handed_over_at, message.faults, message.fault = utcnow(), 6, FAULT
        claims.bury(MESSAGES, message)
    return message_id


def test_it_stands_before_a_person_with_its_error_and_not_among_the_unanswered(unsent):
    (letter,), older = dead_letters.page()
    person = participant(ANA)
    assert (letter.name, letter.row.id) == ("message", unsent)
    assert letter.participant == person
    assert (letter.fault, letter.faults, older) == (FAULT, 6, None)
    assert (letter.row.status, letter.row.reason) == (Status.FAILED, Reason.FAULT)
    assert person.attention == Attention.NOT_DELIVERED
    assert dead_letters.anything()
    assert dead_letters.replay(ANSWERS, person.id, bia()) is None
    assert not dead_letters.dismiss(ANSWERS, person.id, bia())


def test_replayed_it_is_looked_for_and_then_sent(unsent, twilio, work):
    assert dead_letters.replay(MESSAGES, unsent, bia())
    assert not dead_letters.anything()
    work()
    assert [each.method for each in twilio.requests] == ["GET", "GET", "GET", "POST"]
    message = only(Message)
    assert (message.status, message.dead_at, message.faults) == (Status.QUEUED, None, 0)
    (entry,) = rows(AuditEntry)
    assert entry.action == "replayed"
    assert (entry.subject, entry.subject_id) == ("message", str(unsent))


def test_replayed_though_twilio_has_it_is_not_sent_again(unsent, twilio, work):
    channel.send(ANA, "Olá!")
    dead_letters.replay(MESSAGES, unsent, bia())
    work()
    assert (only(Message).provider_sid, len(twilio.messages)) == (twilio.messages[0].sid, 1)


def test_replayed_to_who_has_stopped_since_it_is_not_sent(unsent, twilio, work):
    write(ANA, "SAIR")
    work()
    sent = len(twilio.messages)
    dead_letters.replay(MESSAGES, unsent, bia())
    work()
    assert (outbound()[0].status, len(twilio.messages)) == (Status.CANCELLED, sent)


def test_dismissed_it_is_not_sent_and_no_dead_letter_any_more(unsent, twilio, work):
    assert dead_letters.dismiss(MESSAGES, unsent, bia())
    work()
    assert (only(Message).status, only(Message).dead_at) == (Status.FAILED, None)
    assert (dead_letters.anything(), twilio.requests) == (False, [])
    assert not dead_letters.dismiss(MESSAGES, unsent, bia())
    assert dead_letters.replay(MESSAGES, unsent, bia()) is None


def test_they_are_turned_by_pages(monkeypatch):
    monkeypatch.setattr(dead_letters, "PAGE", 2)
    known(ANA)
    ids = [bury(say(ANA, str(number))) for number in range(3)]
    first, before = dead_letters.page()
    last, end = dead_letters.page(before)
    assert ([each.row.id for each in (*first, *last)], end) == (ids[::-1], None)


def test_what_stands_behind_it_is_not_held_up(unsent, twilio):
    say(ANA, "second")
    send.deliver(participant(ANA).id)
    assert [each.body for each in twilio.messages] == ["second"]
