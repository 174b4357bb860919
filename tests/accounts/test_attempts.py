"""Attempts to sign in are counted exactly, whoever tries at once."""

from datetime import timedelta

import pytest

from tests.cast import CAIO, acting, rows, set_back, together
from wa_assistant.accounts import attempts, sign_in
from wa_assistant.accounts.attempts import TooMany
from wa_assistant.database import utcnow
from wa_assistant.models import AuditEntry, Role, SignInAttempt, SignInLink

pytestmark = pytest.mark.usefixtures("context")

HERE, EVA = attempts.by_address("203.0.113.7"), attempts.by_email("eva@example.com")


def may(*whose: str) -> bool:
    try:
        attempts.begin(*whose)
    except TooMany:
        return False
    return True


def test_ten_may_be_made_in_ten_minutes():
    assert [may(HERE) for _ in range(12)] == [True] * 10 + [False] * 2
    assert may(EVA)
    assert may(attempts.by_address("203.0.113.8"))


def test_with_ipv6_another_address_of_the_same_network_is_the_same_visitor():
    assert attempts.by_address("2001:db8::1") == attempts.by_address("2001:db8::ffff:2")
    assert attempts.by_address("2001:db8::1") != attempts.by_address("2001:db8:0:1::1")


def test_of_many_at_once_exactly_ten_are_made(app):
    for whose in ([HERE, EVA], [EVA, attempts.by_address("203.0.113.8")]):
        made = together(app, *[lambda given=whose: may(*given)] * 16)
        assert sum(made) == (10 if HERE in whose else 0)
    assert len(rows(SignInAttempt)) == 20


def test_those_that_wait_for_each_other_crosswise_all_come_through(app):
    crosswise = [lambda: may(HERE, EVA), lambda: may(EVA, HERE)] * 5
    assert all(together(app, *crosswise))


def test_what_succeeded_does_not_count():
    for _ in range(30):
        attempts.forget(attempts.begin(HERE, EVA))
    assert may(HERE)


def test_a_refused_attempt_prolongs_nothing():
    for _ in range(10):
        attempts.begin(HERE)
    set_back(SignInAttempt.at, 599)
    with pytest.raises(TooMany) as refused:
        attempts.begin(HERE)
    assert refused.value.until - utcnow() < timedelta(seconds=2)
    set_back(SignInAttempt.at, 2)
    assert may(HERE)
    assert len(rows(SignInAttempt)) == 1, "those of before are gone"


def test_one_who_may_not_is_counted_for_nobody_else():
    for _ in range(10):
        attempts.begin(HERE)
    assert not may(EVA, HERE)
    assert not rows(SignInAttempt, SignInAttempt.whose == EVA)


def test_people_make_ten_links_for_somebody_and_the_command_line_as_many_as_it_likes():
    for _ in range(10):
        sign_in.make_link("eva@example.com", Role.VIEWER, acting(CAIO))
    last = rows(SignInLink)[-1]
    with pytest.raises(TooMany):
        sign_in.make_link("Eva@example.com ", Role.OWNER, acting(CAIO))
    assert rows(SignInLink)[-1].id == last.id
    assert rows(SignInLink)[-1].expires_at > utcnow(), "the last is as good as it was"
    assert len(rows(AuditEntry)) == 10
    sign_in.make_link("davi@example.com", Role.VIEWER, acting(CAIO))
    for _ in range(12):
        sign_in.make_link("eva@example.com", Role.VIEWER)
