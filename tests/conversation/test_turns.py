"""Since when somebody waits for words of ours, and what is left to read."""

from typing import Any

import pytest

from tests.cast import ANA, BIA, inbound, only, participant, set_back, write
from wa_assistant.assistant import reply
from wa_assistant.conversation import takeover
from wa_assistant.database import db, transaction
from wa_assistant.models import Attention, Message, Role, User

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def bia() -> Any:
    with transaction():
        db.session.add(User(email=BIA, name="Bia", role=Role.EDITOR))
    return only(User)


def test_who_writes_waits_since_the_first_of_it():
    write(ANA, "Oi")
    write(ANA, "Quanto custa?")
    assert participant(ANA).waiting_since == inbound()[0].created_at


def test_who_is_answered_waits_no_more_and_nothing_is_left_to_read(work):
    write(ANA, "Oi")
    work()
    row = participant(ANA)
    assert (row.waiting_since, row.unread, row.attention) == (None, 0, None)
    assert row.answered_at


def test_who_reacts_waits_for_nothing(work):
    write(ANA, "Oi")
    work()
    write(ANA, "👍", MessageType="reaction")
    assert (participant(ANA).waiting_since, participant(ANA).unread) == (None, 0)
    assert participant(ANA).answered_at


def test_under_a_takeover_they_wait_for_the_person(bia, work):
    write(ANA, "Oi")
    work()
    ana = participant(ANA).id
    takeover.take_over(ana, bia)
    write(ANA, "Tem desconto?")
    work()
    row = participant(ANA)
    assert (row.waiting_since, row.unread) == (inbound()[-1].created_at, 1)
    assert row.answered_at is None
    takeover.write(ana, bia, "Tem, sim.", "a-form-key")
    assert participant(ANA).waiting_since is None


def test_what_the_assistant_was_kept_from_saying_is_waited_for(bia, openai):
    write(ANA, "Oi")
    reply.answer(participant(ANA).id)
    assert participant(ANA).waiting_since is None
    takeover.take_over(participant(ANA).id, only(User))
    assert participant(ANA).waiting_since == inbound()[0].created_at


def test_who_was_asked_to_wait_for_a_person_goes_on_waiting(work):
    write(ANA, "quero falar com uma pessoa")
    work()
    row = participant(ANA)
    assert row.attention == Attention.ASKED_FOR_A_PERSON
    assert (row.waiting_since, row.unread) == (inbound()[0].created_at, 1)


def test_who_stops_waits_for_nothing(work):
    write(ANA, "Oi")
    write(ANA, "SAIR")
    assert participant(ANA).waiting_since is None


def test_the_wait_is_not_begun_anew():
    write(ANA, "Oi")
    set_back(Message.created_at, 60)
    since = participant(ANA).waiting_since
    write(ANA, "?")
    assert participant(ANA).waiting_since == since
