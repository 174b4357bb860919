"""A claim ends: the work is done, postponed or tried again; and what nobody does is rung for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from wa_assistant.database import transaction, utcnow
from wa_assistant.work import claims, overdue
from wa_assistant.work.kind import OWNER

from .left_to_do import counted, make, named, taken

pytestmark = pytest.mark.usefixtures("context")


def test_what_is_finished_is_free_and_nothing_counts_against_it(kind, fail, take, row, work):
    fail()
    work.pass_time(1000)
    claim = take()
    with claims.working(claim), transaction():
        ours = claims.own(claim)
        ours.attempts = 2
        claims.finish(ours)
    assert (counted(row()), row().fault) == ((0, 0), None)
    assert (row().claim_token, row().due_at) == (None, None)


def test_what_is_postponed_is_rung_for_and_no_try_is_counted(kind, take, row, work):
    claim = take()
    with claims.working(claim), transaction():
        claims.postpone(kind, claims.own(claim), 30)
    assert work.waiting() == [kind.policy.bell]
    assert (counted(row()), row().claim_token) == ((0, 0), None)
    assert not claims.is_held(row())
    work.pass_time(15)
    assert take() is None
    work.pass_time(15)
    assert take()


@pytest.mark.parametrize("how", ["postpone", "retry"])
def test_who_waits_between_two_faults_is_not_forgiven_the_first(kind, fail, take, row, work, how):
    fail()
    work.pass_time(1000)
    claim = take()
    with claims.working(claim), transaction():
        getattr(claims, how)(kind, claims.own(claim), 30)
    assert row().faults == 1


def test_what_came_to_nothing_is_tried_again_after_the_policy_s_pauses(kind, row_id, row, work):
    policy = replace(kind.policy, pauses=(2, 8), most_attempts=4)
    kind = replace(kind, policy=policy)
    for number, pause in enumerate((2, 8, 8), 1):
        claim, before = taken(kind, row_id), utcnow()
        with claims.working(claim), transaction():
            assert claims.retry(kind, claims.own(claim))
        due_at = row().due_at
        assert due_at - before >= timedelta(seconds=pause)
        assert due_at - utcnow() <= timedelta(seconds=1.25 * pause)
        assert counted(row()) == (0, number)
        work.pass_time(1.25 * pause)
    claim = taken(kind, row_id)
    with claims.working(claim), transaction():
        ours = claims.own(claim)
        assert not claims.retry(kind, ours)
        assert claims.is_held(ours), "its end is the caller's"
        claims.finish(ours)


def test_who_says_how_long_to_wait_is_waited_for(kind, row_id, row):
    claim, before = taken(kind, row_id), utcnow()
    with claims.working(claim), transaction():
        claims.retry(replace(kind, policy=replace(kind.policy, pauses=(2,))), claims.own(claim), 90)
    assert row().due_at - before >= timedelta(seconds=90)


def test_what_got_on_has_its_tries_anew(kind, take, row):
    claim = take()
    with claims.working(claim), transaction():
        ours = claims.own(claim)
        claims.retry(kind, ours)
        claims.got_on(ours)
    assert row().attempts == 0


def test_what_nobody_does_is_rung_for_the_longest_first(kind, row_id, work):
    assert overdue.find(kind, 9) == [], "its own bell may be heard yet"
    work.pass_time(5)
    found = [named(kind, row_id), named(kind, make(kind))]
    work.pass_time(kind.policy.grace + 1)
    assert overdue.find(kind, 9) == found
    assert overdue.find(kind, 1) == found[:1]


def test_what_a_living_worker_has_is_left_to_it(kind, take, work, row_id):
    work.pass_time(kind.policy.grace + 1)
    assert take()
    assert overdue.find(kind, 9) == []
    work.pass_time(kind.policy.lease + 1)
    assert overdue.find(kind, 9) == [named(kind, row_id)]


def test_what_a_dead_process_had_is_due_at_once_but_not_again_and_again(kind, take, work, row):
    assert take()
    assert overdue.free(kind, "0" * 8) == [], "another process is not dead"
    assert take() is None
    for faults in (1, 2):
        assert overdue.free(kind, OWNER)
        assert take()
        assert counted(row()) == (faults, 0)
    # Perhaps it is what kills them.
    assert overdue.free(kind, OWNER) == []
    assert take() is None
    work.pass_time(overdue.APART_SECONDS[1])
    assert row().due_at <= utcnow()


def test_a_process_that_ends_gives_back_what_it_has(kind, take, row, work):
    claim = take()
    with claims.working(claim):
        claims.give_back()
        assert (row().claim_token, counted(row())) == (None, (0, 0))
        assert kind.policy.bell in work.waiting()
    claims.give_back()
    assert row().claim_token is None
