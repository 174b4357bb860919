"""One act for many, and the way back of exactly those who have not changed since."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import ANA, BIA, BRUNO, CAIO, known, only, participant, rows, together, write
from wa_assistant.conversation import attention, leaving, status, tags, takeover
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.models import AuditEntry, ParticipantTag, Role, User
from wa_assistant.operations import bulk, bulk_undo
from wa_assistant.operations.bulk import BulkAct, Why

pytestmark = pytest.mark.usefixtures("context")

MANY = [f"whatsapp:+55119000000{number}" for number in range(7)]


@pytest.fixture
def bia() -> Any:
    with transaction():
        db.session.add(User(email=BIA, name="Bia", role=Role.EDITOR))
        db.session.add(User(email=CAIO, name="Caio", role=Role.OWNER))
    return only(User, User.email == BIA)


@pytest.fixture
def many(monkeypatch) -> list[int]:
    monkeypatch.setattr(bulk, "AT_ONCE", 3)
    return [known(each) for each in MANY]


def statuses() -> list[str]:
    return [participant(each).status for each in MANY]


def test_many_are_done_and_who_has_not_changed_since_is_put_back(bia, many):
    status.done(many[0], bia)
    takeover.take_over(many[1], bia)
    outcome = bulk.do(bia, many, BulkAct.DONE)
    assert (outcome.changed, outcome.left) == (6, 1)
    assert statuses() == ["done"] * 7
    entries = [each for each in rows(AuditEntry) if (each.after or {}).get("bulk") == outcome.key]
    assert len(entries) == 6, "one for each"
    write(MANY[3])
    status.open_again(many[4], bia)
    attention.assign(many[5], bia, bia.id)
    back = bulk_undo.undo(bia, outcome.key)
    assert (back.changed, back.left) == (4, 2)
    assert statuses() == ["done", *["open"] * 6]
    assert participant(MANY[1]).taken_over_by_id == bia.id
    assert participant(MANY[5]).assigned_to_id == bia.id, "that is not what was done"
    assert bulk_undo.undo(bia, outcome.key).changed == 0, "once"


def test_it_is_undone_by_who_did_it(bia, many):
    outcome = bulk.do(bia, many, BulkAct.DONE)
    caio = only(User, User.email == CAIO)
    for actor, key in ((caio, outcome.key), (bia, "nothing"), (bia, "0-aaaaaaaa")):
        back = bulk_undo.undo(actor, key)
        assert (back.changed, back.left) == (0, 0)
    assert statuses() == ["done"] * 7


def test_many_are_snoozed_and_opened_again(bia, many):
    until = utcnow() + timedelta(hours=1)
    assert bulk.do(bia, many, BulkAct.SNOOZE, until=until).changed == 7
    assert participant(MANY[6]).snoozed_until == until
    opened = bulk.do(bia, many, BulkAct.OPEN)
    assert statuses() == ["open"] * 7
    bulk_undo.undo(bia, opened.key)
    assert statuses() == ["snoozed"] * 7
    assert participant(MANY[6]).snoozed_until == until


def test_many_are_assigned_and_given_back(bia, many):
    caio = only(User, User.email == CAIO)
    attention.assign(many[0], bia, caio.id)
    outcome = bulk.do(bia, many, BulkAct.ASSIGN, assignee_id=bia.id)
    assert {participant(each).assigned_to_id for each in MANY} == {bia.id}
    attention.assign(many[1], bia, None)
    back = bulk_undo.undo(bia, outcome.key)
    assert (back.changed, back.left) == (6, 1)
    assert [participant(each).assigned_to_id for each in MANY] == [caio.id, *[None] * 6]


def test_who_is_put_out_meanwhile_is_given_nobody_and_nothing_fails(app, bia, many):
    bia_id = bia.id

    def put_out() -> None:
        leaving.leave(bia_id, None, only(User, User.email == CAIO))

    def assign() -> None:
        with suppress(attention.NotAssignableError):
            bulk.do(only(User, User.email == CAIO), many, BulkAct.ASSIGN, assignee_id=bia_id)

    together(app, put_out, assign)
    assert {participant(each).assigned_to_id for each in MANY} == {None}
    with pytest.raises(attention.NotAssignableError):
        bulk.do(only(User, User.email == CAIO), many, BulkAct.ASSIGN, assignee_id=bia_id)


@pytest.mark.parametrize("act", [BulkAct.ASSIGN, BulkAct.DONE])
def test_undo_gives_nothing_back_to_who_is_put_out_meanwhile(app, bia, many, act):
    bia_id = bia.id
    for each in many:
        attention.assign(each, bia, bia_id)
    takeover.take_over(many[0], bia)
    caio = only(User, User.email == CAIO)
    what = {"assignee_id": caio.id} if act == BulkAct.ASSIGN else {}
    key = bulk.do(caio, many, act, **what).key

    def undo() -> None:
        bulk_undo.undo(only(User, User.email == CAIO), key)

    def put_out() -> None:
        leaving.leave(bia_id, None, only(User, User.email == CAIO))

    together(app, put_out, undo)
    assert bia_id not in {participant(each).assigned_to_id for each in MANY}
    assert participant(MANY[0]).taken_over_by_id is None


def test_what_one_did_is_taken_back_without_who_is_put_out_meanwhile(app, bia, many):
    bia_id = bia.id
    for _ in range(5):
        attention.assign(many[0], bia, bia_id)
        status.done(many[0], bia)
        together(
            app,
            lambda: leaving.leave(bia_id, None, only(User, User.email == CAIO)),
            lambda: status.take_back(many[0], only(User, User.email == CAIO)),
        )
        assert participant(MANY[0]).assigned_to_id is None
        with transaction():
            db.session.get_one(User, bia_id).active = True


def test_many_are_tagged_but_who_had_the_tag_keeps_it(bia, many):
    tags.add(bia, many[0], "VIP")
    outcome = bulk.do(bia, many, BulkAct.TAG, tag="vip")
    assert (outcome.changed, len(rows(ParticipantTag))) == (6, 7)
    bulk_undo.undo(bia, outcome.key)
    assert only(ParticipantTag).participant_id == many[0]
    outcome = bulk.do(bia, many, BulkAct.UNTAG, tag="vip")
    assert (outcome.changed, outcome.left) == (1, 6)
    bulk_undo.undo(bia, outcome.key)
    assert only(ParticipantTag).participant_id == many[0]


def test_who_is_not_there_is_left_out(bia):
    ana, bruno = known(ANA), known(BRUNO)
    outcome = bulk.do(bia, [ana, bruno, ana, 2**31 - 1], BulkAct.DONE)
    assert (outcome.changed, outcome.left) == (2, 1)


@pytest.mark.parametrize("act", [BulkAct.DONE, BulkAct.SNOOZE])
def test_who_has_written_since_the_list_was_shown_stays_as_they_are(bia, many, act):
    heard = status.newest()
    write(MANY[2])
    what = {"until": None} if act == BulkAct.SNOOZE else {}
    outcome = bulk.do(bia, many, act, heard, **what)
    assert (outcome.changed, outcome.left, outcome.why) == (6, 1, {Why.WROTE: 1})
    assert participant(MANY[2]).status == "open"
    assert bulk.do(bia, many, act, status.newest(), **what).changed == 1


def test_who_leaves_in_the_middle_is_given_no_more_and_that_is_told(bia, many, monkeypatch):
    caio = only(User, User.email == CAIO)
    given = attention.assignable
    asked: list[int | None] = []

    def leaves_after_the_first(user_id: int | None) -> User | None:
        asked.append(user_id)
        if len(asked) == 2:
            db.session.get_one(User, user_id).active = False
        return given(user_id)

    monkeypatch.setattr(attention, "assignable", leaves_after_the_first)
    outcome = bulk.do(caio, many, BulkAct.ASSIGN, assignee_id=bia.id)
    assert (outcome.changed, outcome.why) == (3, {Why.LEFT: 4})


def test_undo_tells_of_whom_it_could_not_give_back(bia, many):
    caio = only(User, User.email == CAIO)
    attention.assign(many[0], caio, bia.id)
    attention.assign(many[1], caio, bia.id)
    moved = bulk.do(caio, many[:1], BulkAct.ASSIGN, assignee_id=caio.id)
    done = bulk.do(caio, many[1:2], BulkAct.DONE)
    with transaction():
        db.session.get_one(User, bia.id).active = False
    for outcome in (moved, done):
        back = bulk_undo.undo(caio, outcome.key)
        assert (back.changed, back.why[Why.NOBODY]) == (1, 1)
    assert {participant(each).assigned_to_id for each in MANY[:2]} == {None}
