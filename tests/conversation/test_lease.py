"""One participant is answered by one worker at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.cast import ANA, BRUNO, known, only, participant, set_back, together
from tests.support.eventually import eventually
from wa_assistant.conversation import lease
from wa_assistant.database import transaction, utcnow
from wa_assistant.models import Participant

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def ana() -> int:
    return known(ANA)


@contextmanager
def hold(participant_id: int) -> Iterator[str]:
    with lease.hold(participant_id) as token:
        assert token
        yield token


def expire() -> None:
    set_back(Participant.lease_until, 60)


def test_a_lease_is_held_for_the_block_and_no_longer(ana):
    with hold(ana) as token:
        held = only(Participant)
        assert (held.lease_token, len(token)) == (token, 32)
        assert timedelta(seconds=10) < held.lease_until - utcnow() <= lease.LIFE
    assert only(Participant).lease_token is only(Participant).lease_until is None


def test_nobody_else_gets_it_meanwhile(ana):
    with hold(ana) as token:
        with lease.hold(ana) as second:
            assert second is None
        assert only(Participant).lease_token == token


def test_another_participants_lease_is_another(ana):
    bruno = known(BRUNO)
    with lease.hold(ana) as first, lease.hold(bruno) as second:
        assert first
        assert second


def test_of_many_who_try_at_once_one_gets_it(app, ana):
    taken = together(app, *[lambda: lease._take(ana, "a" * 32)] * 5)
    assert sorted(taken) == [False] * 4 + [True]


def test_it_is_free_again_after_a_fault(ana):
    with pytest.raises(LookupError), lease.hold(ana):
        raise LookupError
    with hold(ana):
        pass


def test_one_that_ran_out_is_another_workers_to_take(ana):
    with hold(ana) as first:
        expire()
        with lease.hold(ana) as second:
            assert second not in (None, first)
            with pytest.raises(lease.Lost), transaction():
                lease.check(ana, first)
            assert only(Participant).lease_token == second


def test_who_lost_it_does_not_release_the_other_workers(ana):
    with lease.hold(ana):
        expire()
        assert lease._take(ana, "b" * 32)
    assert only(Participant).lease_token == "b" * 32


def test_one_that_ran_out_and_nobody_took_still_holds(ana):
    with hold(ana) as token:
        expire()
        with transaction():
            lease.check(ana, token)
        assert only(Participant).lease_until > utcnow()


def test_a_check_prolongs_it(ana):
    with hold(ana) as token:
        set_back(Participant.lease_until, 10)
        before = only(Participant).lease_until
        with transaction():
            lease.check(ana, token)
        assert only(Participant).lease_until > before


def test_it_is_renewed_while_the_worker_lives(ana, monkeypatch):
    monkeypatch.setattr(lease, "RENEWAL_SECONDS", 0.02)
    with lease.hold(ana):
        expire()
        eventually(lambda: participant(ANA).lease_until > utcnow())


def test_the_renewal_of_a_lost_one_ends(ana, monkeypatch):
    monkeypatch.setattr(lease, "RENEWAL_SECONDS", 0.02)
    with lease.hold(ana):
        until = utcnow() + timedelta(seconds=5)
        with transaction() as session:
            session.execute(update(Participant).values(lease_token="b" * 32, lease_until=until))
        eventually(lambda: not any(each.name == "lease" for each in threading.enumerate()))
        until = only(Participant).lease_until
    assert only(Participant).lease_until == until
