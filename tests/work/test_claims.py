"""One worker at a time has a row, of whatever kind, and none is lost or had twice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from redis.exceptions import ConnectionError as RedisAway
from sqlalchemy.exc import OperationalError

from tests.cast import together
from tests.support.eventually import eventually
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.work import claims, overdue
from wa_assistant.work.claims import Lost
from wa_assistant.work.faults import DIED

from .left_to_do import SECRET, counted, remove, taken

pytestmark = pytest.mark.usefixtures("context")

AWAY = OperationalError("UPDATE", {}, Exception("the database is away"))


def test_of_many_at_once_one_takes_it(app, take, row):
    found = [each for each in together(app, *[take] * 4) if each]
    assert [each.token for each in found] == [row().claim_token]
    assert claims.is_held(row())


def test_nobody_takes_it_until_the_claim_runs_out(kind, take, work):
    first = take()
    work.pass_time(kind.policy.lease / 2)
    assert take() is None
    work.pass_time(kind.policy.lease / 2)
    second = take()
    assert first.token != second.token


def test_nobody_takes_what_is_not_there_or_not_due(kind, take, row_id):
    assert claims.take(kind, row_id + 1) is None
    with transaction():
        row = claims.due_row(kind, row_id)
        assert row
        row.due_at = utcnow() + timedelta(seconds=60)
    assert take() is None


def test_it_is_renewed_while_its_worker_lives(kind, row_id, row):
    brief = replace(kind, policy=replace(kind.policy, lease=0.6))
    claim = taken(brief, row_id)
    first = row().due_at
    with claims.working(claim):
        eventually(lambda: row().due_at > first + timedelta(seconds=0.6))
        assert row().claim_token == claim.token
    assert row().claim_token is None


def test_who_writes_under_a_claim_has_it_for_half_a_lease_at_least(kind, row_id, row, work):
    claim = taken(kind, row_id)
    lease = timedelta(seconds=kind.policy.lease)
    for part in (0, 0.9):
        work.pass_time(part * kind.policy.lease)
        with transaction():
            claims.own(claim)
        assert row().due_at > utcnow() + lease / 2


def test_what_is_another_s_is_not_renewed(kind, row_id, row, work):
    brief = replace(kind, policy=replace(kind.policy, lease=0.3))
    late = taken(brief, row_id)
    work.pass_time(1)
    assert claims.take(kind, row_id)
    before = row().due_at
    with claims.renewed(late):
        eventually(lambda: utcnow() > before - timedelta(seconds=kind.policy.lease - 0.5))
    assert row().due_at == before


def test_its_worker_has_the_row_for_another_lease(kind, take, row, work):
    claim = take()
    work.pass_time(kind.policy.lease - 1)
    with transaction():
        assert claims.own(claim).claim_token == claim.token
    work.pass_time(kind.policy.lease / 2)
    assert claims.held(claim) == [claim]
    assert take() is None


def test_who_lost_it_changes_nothing(die, take, row):
    late, other = die(), take()
    before = (other.token, row().due_at)
    with claims.working(late), transaction():
        claims.finish(claims.own(late))
    with pytest.raises(LookupError), claims.working(late):
        raise LookupError
    with pytest.raises(SystemExit), claims.working(late):
        raise SystemExit
    assert claims.held(late, other) == [other]
    assert (row().claim_token, row().due_at) == before
    assert counted(row()) == (1, 0), "the death"


def test_who_lost_it_is_told(die, take):
    late = die()
    assert take()
    with pytest.raises(Lost), transaction():
        claims.own(late)


def test_who_lost_it_is_told_also_where_the_row_is_gone(take, row):
    claim = take()
    with transaction():
        remove(row())
    with pytest.raises(Lost), transaction():
        claims.own(claim)
    with claims.working(claim), transaction():
        claims.own(claim)


def test_a_worker_that_died_is_counted(die, take, row):
    die()
    assert counted(row()) == (0, 0), "nobody knows yet"
    assert take()
    assert counted(row()) == (1, 0)
    assert row().fault == DIED


def test_a_fault_of_ours_is_counted_without_its_words(fail, row):
    fail()
    assert counted(row()) == (1, 0)
    assert row().fault.startswith("LookupError")
    assert SECRET not in row().fault
    assert row().claim_token is None


def test_after_a_fault_of_ours_and_after_a_stop_its_bell_rings(kind, fail, take, work):
    fail()
    assert work.waiting() == [kind.policy.bell]
    work.pass_time(1000)
    with pytest.raises(SystemExit), claims.working(take()):
        raise SystemExit
    assert work.waiting() == [kind.policy.bell] * 2


def test_after_a_fault_of_ours_there_is_a_pause(kind, fail, take, work):
    for pause in kind.policy.fault_pauses[: kind.policy.most_faults - 1]:
        fail()
        work.pass_time(pause / 2)
        assert take() is None
        work.pass_time(pause / 2)
    assert take()


@pytest.mark.parametrize("how", ["die", "fail"])
def test_after_the_last_fault_it_is_a_dead_letter_and_not_before(
    kind, take, row, work, request, how
):
    again = request.getfixturevalue(how)
    for number in range(kind.policy.most_faults):
        assert (row().dead_at, row().faults) == (None, max(0, number - (how == "die")))
        again()
        work.pass_time(kind.policy.lease)
        work.pass_time(max(kind.policy.fault_pauses))
    assert row().dead_at is None
    assert take() is None
    assert row().dead_at
    assert row().fault.startswith(DIED if how == "die" else "LookupError")
    work.pass_time(24 * 3600)
    assert (take(), overdue.find(kind, 9)) == (None, [])


def test_a_dead_letter_that_is_revived_has_nothing_against_it(kind, take, row, row_id, work):
    with transaction():
        claimed = claims.due_row(kind, row_id)
        assert claimed
        claimed.faults, claimed.attempts = kind.policy.most_faults, 3
    assert take() is None
    with transaction():
        claims.revive(db.session.merge(row()))
    assert (counted(row()), row().dead_at, row().fault) == ((0, 0), None, None)
    assert (row().claim_token, row().due_at) == (None, None)


def test_who_has_it_while_a_dead_letter_is_revived_keeps_it(take, row):
    claim = take()
    with transaction():
        claims.revive(db.session.merge(row()))
    assert take() is None
    with transaction():
        assert claims.own(claim)


@pytest.mark.parametrize("error", [AWAY, RedisAway()], ids=["database", "redis"])
def test_what_is_no_fault_of_ours_is_not_counted(take, row, work, error):
    claim = take()
    with pytest.raises(type(error)), claims.working(claim):
        raise error
    assert (counted(row()), row().claim_token) == ((0, 0), None)
    claim = take()
    assert claim, "at once"
    with pytest.raises(type(error)), claims.working(claim, resumed=20):
        raise error
    assert take() is None
    work.pass_time(21)
    assert take()


@pytest.mark.parametrize("stop", [SystemExit, KeyboardInterrupt])
def test_who_is_told_to_stop_gives_it_back_and_is_not_counted(fail, take, row, work, stop):
    fail()
    work.pass_time(1000)
    claim = take()
    with pytest.raises(stop), claims.working(claim):
        raise stop
    assert counted(row()) == (1, 0), "the fault before"
    assert take()


def test_a_worker_that_says_nothing_gives_it_back(fail, take, row, work):
    fail()
    work.pass_time(1000)
    with claims.working(take()):
        pass
    assert (counted(row()), row().claim_token, row().fault) == ((0, 0), None, None)
    assert take()
