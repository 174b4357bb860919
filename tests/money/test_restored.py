"""A database that is older than what ran here last: what was spent since counts with the most."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from tests.cast import acting, only, rows
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.live import bells
from wa_assistant.models import Action, AiCall, AuditEntry, CallKind, Mark, Scope
from wa_assistant.money import prices, restored, standing
from wa_assistant.money.caps import NoRoom
from wa_assistant.settings.problem import Problem

from .calls import MOST, reserve, settle
from .counts import count, money

pytestmark = pytest.mark.usefixtures("in_step")


def go_back(to: datetime | None = None) -> None:
    """To a copy of the database of then, as a backup is put back."""
    for _ in range(3):
        assert restored.watch() == 0
    with transaction():
        db.session.execute(update(Mark).values(number=Mark.number - 1, at=to or utcnow()))


def test_a_database_that_goes_on_is_not_an_older_one(capped):
    capped(CAP_DAY=10 * MOST)
    for _ in range(3):
        assert restored.watch() == 0
    bells.redis.delete(restored.KEY)  # lost, as after a crash of the machine
    assert restored.watch() == 0
    bells.redis.set(restored.KEY, 1)
    assert restored.watch() == 0
    assert rows(AiCall) == []


def test_a_new_one_is_none_either(capped):
    capped(CAP_DAY=10 * MOST)
    bells.redis.set(restored.KEY, 500)
    assert restored.watch() == 0
    assert only(Mark).number == 501


def test_what_was_spent_since_the_backup_counts_with_the_most_the_caps_left(capped):
    capped(CAP_DAY=10 * MOST, CAP_MONTH=9 * MOST)
    settle(reserve())
    go_back()
    assert restored.watch() == 1
    assert money(Scope.ALL) == (9 * MOST, 0)
    assert isinstance(reserve(), NoRoom)
    assert [each.is_met for each in standing.near()] == [True, False]
    assert restored.watch() == 0, "once"


def test_until_an_owner_says_what_the_bill_says(capped):
    capped(CAP_DAY=10 * MOST)
    go_back()
    restored.watch()
    (held,) = restored.unknown()
    owner = acting("caio@example.com")
    with pytest.raises(Problem):
        restored.say(held.id, "much", owner)
    with pytest.raises(Problem):
        restored.say(held.id, "", owner)
    with pytest.raises(Problem):
        restored.say(held.id, "3000", owner)
    assert restored.say(held.id, "0,001", owner)
    assert (money(Scope.ALL), restored.unknown()) == ((1_000, 0), [])
    assert not restored.say(held.id, "1", owner)
    entry = only(AuditEntry, AuditEntry.action == Action.CHANGED)
    assert entry.before == {"at_most": 10 * MOST}
    assert entry.after == {"spent": 1_000, "name": str(held.day)}


def test_each_day_since_then_counts_what_it_and_its_month_had_left(capped, monkeypatch):
    capped(CAP_DAY=2 * MOST, CAP_MONTH=3 * MOST)
    now = datetime(2026, 12, 2, 12, tzinfo=UTC)
    monkeypatch.setattr(prices, "utcnow", lambda: now - timedelta(days=3))
    settle(reserve())
    for clock in (prices, restored):
        monkeypatch.setattr(clock, "utcnow", lambda: now)
    go_back(now - timedelta(days=3))
    assert restored.watch() == 4
    held = [(str(each.day), each.reserved // MOST) for each in restored.unknown()]
    assert held == [
        *(("2026-11-29", 1), ("2026-11-30", 1)),
        *(("2026-12-01", 2), ("2026-12-02", 1)),
    ]
    since = [each.created_at for each in restored.unknown()]
    assert since[:2] == [now - timedelta(days=3), datetime(2026, 11, 30, 3, tzinfo=UTC)]


def test_without_a_cap_it_is_only_said():
    go_back(utcnow() - timedelta(days=400))
    assert restored.watch() == restored.MOST_DAYS
    assert {each.reserved for each in restored.unknown()} == {0}
    assert count(Scope.ALL).spent == 0


@pytest.mark.environment(REDIS_URL="redis://127.0.0.1:9")
def test_with_redis_away_nothing_is_concluded(capped):
    capped(CAP_DAY=10 * MOST)
    with transaction():
        db.session.add(Mark(name=restored.NAME, number=1, at=utcnow() - timedelta(days=1)))
    assert restored.watch() == 0
    assert only(Mark).number == 1
    assert rows(AiCall, AiCall.kind == CallKind.RESTORED) == []
