"""Conversations are done, snoozed and opened again; who writes opens them, too."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import ANA, BIA, BRUNO, CAIO, known, only, participant, rows, together, write
from wa_assistant.conversation import attention, status, takeover
from wa_assistant.conversation.status import Seen
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.models import Attention, AuditEntry, Participant, Role, User
from wa_assistant.models.participant import ConversationStatus

pytestmark = pytest.mark.usefixtures("context")

OPEN, SNOOZED, DONE = ConversationStatus.OPEN, ConversationStatus.SNOOZED, ConversationStatus.DONE


@pytest.fixture
def bia() -> Any:
    with transaction():
        db.session.add(User(email=BIA, name="Bia", role=Role.EDITOR))
    return only(User, User.email == BIA)


@pytest.fixture
def caio() -> Any:
    with transaction():
        db.session.add(User(email=CAIO, name="Caio", role=Role.OWNER))
    return only(User, User.email == CAIO)


def actions() -> list[str]:
    return [each.action for each in rows(AuditEntry)]


def test_what_is_done_keeps_nobody(bia):
    write(ANA)
    ana = participant(ANA).id
    takeover.take_over(ana, bia)
    attention.raise_by_hand(ana, bia)
    attention.assign(ana, bia, bia.id)
    status.done(ana, bia)
    row = participant(ANA)
    assert (row.status, row.attention, row.attention_at) == (DONE, None, None)
    assert (row.taken_over_by_id, row.assigned_to_id, row.waiting_since) == (None, None, None)
    assert row.handed_back_at
    assert actions()[-1] == "marked as done"
    assert len(actions()) == 4, "one entry for all of it"


def test_who_writes_opens_it_again(bia):
    write(ANA)
    ana = participant(ANA).id
    for end in (lambda: status.done(ana, bia), lambda: status.snooze(ana, bia, None)):
        end()
        assert participant(ANA).status != OPEN
        write(ANA)
        assert (participant(ANA).status, participant(ANA).snoozed_until) == (OPEN, None)


def test_who_reacts_says_nothing_and_opens_nothing(bia):
    write(ANA)
    status.done(participant(ANA).id, bia)
    write(ANA, "👍", MessageType="reaction")
    assert participant(ANA).status == DONE


def test_nobody_who_needs_a_person_is_out_of_sight(bia):
    ana = known(ANA)
    status.snooze(ana, bia, utcnow() + timedelta(hours=1))
    with transaction():
        attention.call(db.session.get_one(Participant, ana), Attention.NOT_DELIVERED)
    assert (participant(ANA).status, participant(ANA).snoozed_until) == (OPEN, None)


@pytest.mark.parametrize(
    "verb", [takeover.take_over, lambda ana, bia: takeover.write(ana, bia, "Oi", "a-form-key")]
)
def test_a_colleague_at_it_opens_it_again(bia, verb):
    ana = known(ANA)
    status.done(ana, bia)
    verb(ana, bia)
    assert participant(ANA).status == OPEN


def test_what_is_snoozed_keeps_who_holds_it_and_why_and_calls_nobody_meanwhile(bia):
    ana = known(ANA)
    takeover.take_over(ana, bia)
    attention.raise_by_hand(ana, bia)
    status.snooze(ana, bia, None)
    assert participant(ANA).taken_over_by_id == bia.id
    assert attention.summary() == (0, None)
    status.open_again(ana, bia)
    assert attention.summary().number == 1


def test_the_second_of_two_is_told_who_was_there_before(bia, caio):
    ana = known(ANA)
    status.done(ana, bia, seen=Seen(OPEN))
    for act in (
        lambda: status.done(ana, caio, Seen(OPEN)),
        lambda: status.snooze(ana, caio, None, Seen(OPEN)),
    ):
        with pytest.raises(status.ChangedMeanwhileError) as told:
            act()
        assert (told.value.status, told.value.who) == (DONE, bia)


def test_of_two_at_once_one_is_told(app, bia, caio):
    ana, ids = known(ANA), (bia.id, caio.id)
    db.session.rollback()

    def finish(user_id: int) -> bool:
        try:
            status.done(ana, db.session.get_one(User, user_id), seen=Seen(OPEN))
        except status.ChangedMeanwhileError:
            return False
        return True

    did = together(app, *(lambda each=each: finish(each) for each in ids))
    assert sorted(did) == [False, True]
    assert actions() == ["marked as done"]


def test_what_was_done_by_mistake_is_as_it_was(bia):
    write(ANA)
    ana = participant(ANA).id
    takeover.take_over(ana, bia)
    attention.raise_by_hand(ana, bia)
    before = status._held(participant(ANA))
    status.done(ana, bia)
    assert status.take_back(ana, bia)
    assert status._held(participant(ANA)) == before


def test_who_wrote_since_stays_as_they_are(bia):
    write(ANA)
    ana = participant(ANA).id
    status.done(ana, bia)
    write(ANA)
    assert not status.take_back(ana, bia)
    assert participant(ANA).status == OPEN
    assert not status.take_back(known(BRUNO), bia), "nothing was done there"
