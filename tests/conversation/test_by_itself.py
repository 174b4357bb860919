"""What becomes of a status with nobody at it: it ends, and it comes back."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import ANA, BIA, BRUNO, CAIO, known, only, participant, rows, set_back, write
from wa_assistant import settings
from wa_assistant.conversation import attention, by_itself, status, takeover
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.models import AuditEntry, Origin, Participant, Role, User

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def bia() -> Any:
    with transaction():
        db.session.add(User(email=BIA, name="Bia", role=Role.EDITOR))
    return only(User, User.email == BIA)


@pytest.fixture
def done_after() -> None:
    with transaction():
        db.session.add(User(email=CAIO, name="Caio", role=Role.OWNER))
    caio = only(User, User.email == CAIO)
    settings.change({"done_after": "60"}, settings.marks(settings.current()), caio)


def test_what_is_snoozed_comes_back_when_it_is_time(bia):
    ana, bruno = known(ANA), known(BRUNO)
    status.snooze(ana, bia, utcnow() + timedelta(hours=1))
    status.snooze(bruno, bia, None)
    assert by_itself.keep_statuses() == 0
    set_back(Participant.snoozed_until, 3601)
    set_back(Participant.last_activity_at, 3601)
    assert by_itself.keep_statuses() == 1
    row = participant(ANA)
    assert row.status == "open"
    assert row.snoozed_until, "it says that it is back"
    assert row.last_activity_at > participant(BRUNO).last_activity_at
    assert participant(BRUNO).status == "snoozed", "until they write"
    entry = rows(AuditEntry)[-1]
    assert (entry.actor, entry.action, entry.origin) == ("engine", "opened again", Origin.ENGINE)


def test_unless_owners_say_so_nothing_is_done_by_itself(work):
    write(ANA)
    work()
    set_back(Participant.answered_at, 10**6)
    assert by_itself.keep_statuses() == 0


def test_what_the_assistant_answered_long_ago_is_done(done_after, work):
    write(ANA)
    work()
    assert by_itself.keep_statuses() == 0
    set_back(Participant.answered_at, 3601)
    assert by_itself.keep_statuses() == 1
    assert participant(ANA).status == "done"
    assert by_itself.keep_statuses() == 0
    assert rows(AuditEntry)[-1].origin == Origin.ENGINE


@pytest.mark.parametrize(
    "keep",
    [
        lambda ana, bia: takeover.take_over(ana, bia),
        lambda ana, bia: takeover.pause(ana, bia, timedelta(hours=9)),
        lambda ana, bia: attention.raise_by_hand(ana, bia),
        lambda ana, bia: attention.assign(ana, bia, bia.id),
        lambda ana, bia: write(ANA),
        lambda ana, bia: takeover.write(ana, bia, "Mais alguma coisa?", "a-form-key"),
    ],
)
def test_it_is_not_where_anybody_is_at_it(done_after, bia, work, keep):
    write(ANA)
    work()
    keep(participant(ANA).id, bia)
    set_back(Participant.answered_at, 3601)
    assert by_itself.keep_statuses() == 0
    assert participant(ANA).status == "open"


def test_a_great_many_are_done_some_at_a_time(bia, monkeypatch):
    monkeypatch.setattr(by_itself, "AT_ONCE", 2)
    for number in range(5):
        status.snooze(known(f"whatsapp:+55119000000{number}"), bia, utcnow() + timedelta(hours=1))
    set_back(Participant.snoozed_until, 3601)
    assert by_itself.keep_statuses() == 5
