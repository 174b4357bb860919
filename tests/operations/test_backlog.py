"""How much of each kind of work is left to do, as the work page counts it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from tests.cast import ANA, write
from tests.work.left_to_do import make, taken
from wa_assistant.conversation.unsettled import ANSWERS
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.operations import backlog
from wa_assistant.operations.kinds import KINDS
from wa_assistant.work import claims
from wa_assistant.work.claims import Kind

pytestmark = pytest.mark.usefixtures("context")


def counts(kind: Kind[Any]) -> tuple[int, int, int, int]:
    (found,) = (each for each in backlog.backlogs() if each.kind is kind)
    return found.waiting, found.claimed, found.postponed, found.dead


@pytest.fixture(params=KINDS, ids=lambda kind: kind.policy.name)
def kind(request) -> Kind[Any]:
    found: Kind[Any] = request.param
    return found


def test_each_kind_stands_there_with_nothing_to_do():
    assert [each.kind for each in backlog.backlogs()] == list(KINDS)
    assert {counts(kind) for kind in KINDS} == {(0, 0, 0, 0)}


def test_a_row_is_counted_as_what_becomes_of_it(kind):
    row_id = make(kind)
    assert counts(kind) == (1, 0, 0, 0)
    claim = taken(kind, row_id)
    assert counts(kind) == (0, 1, 0, 0)
    with transaction():
        claims.postpone(kind, claims.own(claim), 10)
    assert counts(kind) == (0, 0, 1, 0)
    with transaction():
        claims.bury(kind, db.session.get_one(kind.table, row_id))
    assert counts(kind) == (0, 0, 0, 1)


def test_a_claim_that_ran_out_waits_again(kind):
    row_id = make(kind)
    taken(kind, row_id)
    with transaction():
        gone = utcnow() - timedelta(seconds=1)
        db.session.execute(update(kind.table).values(due_at=gone))
    assert counts(kind) == (1, 0, 0, 0)


def test_the_oldest_is_told_of_what_waits():
    write(ANA)
    (found,) = (each for each in backlog.backlogs() if each.kind is ANSWERS)
    assert found.oldest is not None
    assert utcnow() - found.oldest < timedelta(minutes=5)


def test_no_more_are_counted_than_so_many(monkeypatch):
    monkeypatch.setattr(backlog, "MOST", 2)
    (kind,) = (each for each in KINDS if each.policy.name == "email")
    for _ in range(3):
        make(kind)
    assert counts(kind) == (2, 0, 0, 0)
