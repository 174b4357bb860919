"""What needs a person, who looks after it, and how many there are."""

from typing import Any

import pytest

from tests.cast import ANA, BIA, BRUNO, CAIO, known, only, participant, rows
from wa_assistant.conversation import attention
from wa_assistant.database import db, transaction
from wa_assistant.models import Attention, AuditEntry, Participant, Role, User

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def bia() -> Any:
    with transaction():
        db.session.add(User(email=BIA, name="Bia", role=Role.EDITOR))
    return only(User)


def test_it_is_raised_assigned_resolved_and_raised_again(bia):
    ana = known(ANA)
    attention.raise_by_hand(ana, bia)
    attention.assign(ana, bia, bia.id)
    row = participant(ANA)
    assert (row.attention, row.assigned_to_id) == (Attention.ASKED_FOR, bia.id)
    attention.resolve(ana, bia)
    row = participant(ANA)
    assert (row.attention, row.attention_at, row.assigned_to_id) == (None, None, None)
    attention.raise_by_hand(ana, bia)
    assert participant(ANA).attention == Attention.ASKED_FOR
    assert [each.action for each in rows(AuditEntry)] == [
        "called for attention",
        "assigned",
        "resolved",
        "called for attention",
    ]


def test_a_hand_does_not_hide_why_it_was_there_already(bia):
    ana = known(ANA)
    with transaction():
        attention.call(db.session.get_one(Participant, ana), Attention.NOT_DELIVERED)
    since = participant(ANA).attention_at
    attention.raise_by_hand(ana, bia)
    assert participant(ANA).attention == Attention.NOT_DELIVERED
    assert participant(ANA).attention_at == since


def test_what_was_resolved_by_mistake_is_reopened_as_it_was(bia):
    ana = known(ANA)
    with transaction():
        attention.call(db.session.get_one(Participant, ana), Attention.NOT_DELIVERED)
    attention.assign(ana, bia, bia.id)
    since = participant(ANA).attention_at
    for _ in range(2):  # who resolves what is resolved already takes nothing away
        attention.resolve(ana, bia)
    attention.reopen(ana, bia)
    row = participant(ANA)
    assert (row.attention, row.attention_at) == (Attention.NOT_DELIVERED, since)
    assert row.assigned_to_id == bia.id
    assert [each.action for each in rows(AuditEntry)] == ["assigned", "resolved", "reopened"]


def test_who_was_given_it_meanwhile_keeps_what_is_reopened(bia):
    ana = known(ANA)
    with transaction():
        db.session.add(User(email=CAIO, name="Caio", role=Role.EDITOR))
    caio = only(User, User.email == CAIO)
    attention.raise_by_hand(ana, bia)
    attention.assign(ana, bia, bia.id)
    attention.resolve(ana, bia)
    attention.assign(ana, bia, caio.id)
    attention.reopen(ana, bia)
    row = participant(ANA)
    assert (row.attention, row.assigned_to_id) == (Attention.ASKED_FOR, caio.id)


def test_what_was_never_resolved_or_called_for_again_is_not_reopened(bia):
    ana, bruno = known(ANA), known(BRUNO)
    attention.raise_by_hand(ana, bia)
    attention.resolve(ana, bia)
    attention.reopen(bruno, bia)
    assert participant(BRUNO).attention is None
    with transaction():
        attention.call(db.session.get_one(Participant, ana), Attention.NOT_DELIVERED)
    attention.reopen(ana, bia)
    assert participant(ANA).attention == Attention.NOT_DELIVERED


def call(participant_id: int, reason: Attention) -> None:
    with transaction():
        attention.call(db.session.get_one(Participant, participant_id), reason)


def test_another_reason_is_announced_and_the_same_one_again_is_not():
    ana = known(ANA)
    call(ana, Attention.WROTE_DURING_PAUSE)
    first = attention.summary()
    call(ana, Attention.WROTE_DURING_PAUSE)
    assert attention.summary() == first
    call(ana, Attention.NOT_DELIVERED)
    second = attention.summary()
    assert (first.number, second.number) == (1, 1)
    assert first.latest
    assert second.latest
    assert second.latest > first.latest
    row = participant(ANA)
    assert (row.attention, row.attention_at) == (Attention.NOT_DELIVERED, first.latest)


def test_what_is_resolved_is_announced_no_more_and_a_new_call_is(bia):
    ana = known(ANA)
    call(ana, Attention.NOT_DELIVERED)
    before = attention.summary().latest
    attention.resolve(ana, bia)
    assert attention.summary() == (0, None)
    call(ana, Attention.NOT_DELIVERED)
    after = attention.summary()
    assert after.number == 1
    assert before
    assert after.latest
    assert after.latest > before


def test_who_takes_a_resolving_back_calls_nobody_again(bia):
    ana = known(ANA)
    call(ana, Attention.NOT_DELIVERED)
    attention.resolve(ana, bia)
    attention.reopen(ana, bia)
    assert attention.summary() == (1, None)


def test_they_are_counted(bia):
    assert attention.summary() == (0, None)
    for address in (ANA, BRUNO):
        attention.raise_by_hand(known(address), bia)
    assert attention.summary() == (2, participant(BRUNO).attention_at)


def test_it_can_be_assigned_to_nobody(bia):
    ana = known(ANA)
    attention.assign(ana, bia, bia.id)
    attention.assign(ana, bia, None)
    assert participant(ANA).assigned_to_id is None


def test_of_a_great_many_so_many_are_counted(bia, monkeypatch):
    monkeypatch.setattr(attention, "MOST_COUNTED", 1)
    for address in (ANA, BRUNO):
        attention.raise_by_hand(known(address), bia)
    assert attention.summary() == (1, participant(BRUNO).attention_at)
