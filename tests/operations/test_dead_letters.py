"""Work of each kind that is a dead letter is listed, replayed and dismissed in the same way."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import BIA, only, rows, together
from tests.work.left_to_do import counted, make, named
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.models import (
    AuditEntry,
    DocumentState,
    Measurement,
    MediaStep,
    Role,
    Settlement,
    State,
    Status,
    User,
)
from wa_assistant.models.message import Message
from wa_assistant.operations import dead_letters
from wa_assistant.operations.kinds import KINDS, of_name
from wa_assistant.work import claims, overdue
from wa_assistant.work.claims import Kind

FAULT = "LookupError\n  a.py:1 f"

pytestmark = pytest.mark.usefixtures("context")
of_each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.policy.name)


@pytest.fixture(autouse=True)
def team(context: None) -> None:
    with transaction():
        db.session.add(User(email=BIA, name="Bia", role=Role.EDITOR))


def bia() -> Any:
    return only(User, User.email == BIA)


def bury(kind: Kind[Any], since: float = 0) -> int:
    """A row that became a dead letter so many seconds ago; its id."""
    row_id = make(kind)
    with transaction():
        row = db.session.get_one(kind.table, row_id)
        row.faults, row.fault = kind.policy.most_faults, FAULT
        claims.bury(kind, row)
        row.dead_at = utcnow() - timedelta(seconds=since)
    return row_id


def of(name: str) -> Kind[Any]:
    kind = of_name(name)
    assert kind
    return kind


def row_of(kind: Kind[Any], row_id: int) -> Any:
    return only(kind.table, kind.table.id == row_id)


def listed() -> list[tuple[str, int]]:
    return [(each.name, each.row.id) for each in dead_letters.page()[0]]


@of_each_kind
def test_it_is_listed_with_its_fault(kind):
    assert (dead_letters.anything(), listed()) == (False, [])
    row_id = bury(kind)
    assert (dead_letters.anything(), listed()) == (True, [(kind.policy.name, row_id)])
    (letter,), _ = dead_letters.page()
    assert (letter.faults, letter.fault) == (kind.policy.most_faults, FAULT)
    assert letter.came_at
    assert overdue.find(kind, 9) == []


@of_each_kind
def test_who_is_called_to_it_finds_the_participant(kind):
    bury(kind)
    (letter,), _ = dead_letters.page()
    of_participants = {"aid", "answer", "message", "media"}
    assert (letter.participant is not None) == (letter.name in of_participants)
    assert [each.participant_id for each in letter.messages] == (
        [letter.row.id] if letter.name == "answer" else []
    )


@of_each_kind
def test_replayed_it_is_left_to_do_and_its_bell_rings(kind, work):
    if kind.at_once:
        return  # below
    row_id = bury(kind)
    bell = (kind.policy.bell, named(kind, row_id))
    assert claims.take(kind, row_id) is None
    assert dead_letters.replay(kind, row_id, bia()) is True
    assert (dead_letters.anything(), listed()) == (False, [])
    row = row_of(kind, row_id)
    assert (counted(row), row.fault, row.dead_at) == ((0, 0), None, None)
    assert bell[0] in work.waiting()
    assert claims.take(kind, row_id)


@of_each_kind
def test_replayed_or_dismissed_it_is_written_down_once_with_who_did(kind):
    for verb, said in ((dead_letters.replay, "replayed"), (dead_letters.dismiss, "dismissed")):
        row_id = bury(kind)
        assert verb(kind, row_id, bia())
        assert not verb(kind, row_id, bia())
        (entry,) = rows(AuditEntry, AuditEntry.action == said)
        subject = str(dead_letters.SUBJECTS[kind.table])
        assert (entry.actor, entry.subject, entry.subject_id) == (BIA, subject, str(row_id))


@of_each_kind
def test_dismissed_nothing_more_is_done(kind, work):
    row_id = bury(kind)
    assert dead_letters.dismiss(kind, row_id, bia())
    assert (dead_letters.anything(), listed(), work.waiting()) == (False, [], [])
    assert claims.take(kind, row_id) is None
    work.pass_time(24 * 3600)
    assert overdue.find(kind, 9) == []
    assert dead_letters.replay(kind, row_id, bia()) is None


@of_each_kind
def test_of_many_who_act_at_once_one_does(app, kind):
    row_id, actor = bury(kind), bia()
    acts = [lambda: dead_letters.replay(kind, row_id, actor)] * 2
    acts += [lambda: dead_letters.dismiss(kind, row_id, actor)]
    done = [each for each in together(app, *acts) if each]
    written_down = rows(AuditEntry)
    # What is done at once is written down by each who began to, and has its effect once.
    assert len(done) == len(written_down) == 1 or kind.at_once
    assert done


@of_each_kind
def test_what_is_no_dead_letter_is_left_alone(kind):
    row_id = make(kind)
    for unknown in (row_id, row_id + 1):
        assert dead_letters.replay(kind, unknown, bia()) is None
        assert not dead_letters.dismiss(kind, unknown, bia())
    assert rows(AuditEntry) == []
    assert claims.take(kind, row_id)


def test_what_is_many_comes_in_pages_the_newest_first_and_none_twice(monkeypatch):
    monkeypatch.setattr(dead_letters, "PAGE", 3)
    made = [(kind.policy.name, bury(kind, 60 * number)) for number, kind in enumerate(KINDS)]
    made += [(kind.policy.name, bury(kind, 3600)) for kind in KINDS for _ in range(2)]
    with transaction():  # all that is old became a dead letter at the same moment
        moment = utcnow() - timedelta(hours=1)
        for name, row_id in made[len(KINDS) :]:
            db.session.get_one(of(name).table, row_id).dead_at = moment
    seen, before = [], None
    for _ in range(len(KINDS)):
        page, before = dead_letters.page(before)
        assert len(page) == 3
        seen += [(each.name, each.row.id) for each in page]
    assert (len(seen), set(seen), before) == (len(made), set(made), None)
    assert seen[: len(KINDS)] == made[: len(KINDS)]


def test_what_becomes_of_each_that_is_dismissed():
    ids = {kind.policy.name: bury(kind) for kind in KINDS}
    for name, row_id in ids.items():
        dead_letters.dismiss(of(name), row_id, bia())
    found = {name: rows(of(name).table, of(name).table.id == ids[name]) for name in ids}
    assert found["measurement"] == rows(Measurement) == []
    (webhook,), (message,) = found["webhook"], found["message"]
    assert (webhook.state, message.status) == (State.DISMISSED, Status.FAILED)
    (theirs,) = rows(Message, Message.participant_id == ids["answer"])
    assert theirs.settlement == Settlement.WITH_A_PERSON
    (file,), (document,) = found["media"], found["document"]
    assert (file.step, document.state) == (None, DocumentState.FAILED)
    (email,) = found["email"]
    assert (email.problem, email.finished_at is None) == ("dismissed", False)
    (trial,), (vector_set,) = found["trial"], found["vector set"]
    assert (trial.outcome, vector_set.filling) == ("fault", False)


def test_a_file_that_is_here_is_written_down_once_more_and_not_fetched():
    kind = of("media")
    row_id = make(kind)
    with transaction():
        file = db.session.get_one(kind.table, row_id)
        file.status, file.step = "kept", MediaStep.TRANSCRIBE
        claims.bury(kind, file)
    dead_letters.replay(kind, row_id, bia())
    assert row_of(kind, row_id).step == MediaStep.TRANSCRIBE


def test_a_vector_set_is_not_filled_once_another_was_begun():
    kind = of("vector set")
    older = bury(kind)
    make(kind)
    dead_letters.replay(kind, older, bia())
    assert not row_of(kind, older).filling
