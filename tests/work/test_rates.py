"""What all processes may do together in a while."""

import time
from datetime import datetime, timedelta

import pytest

from tests.cast import ANA, BRUNO, outbound, participant, rows, write
from wa_assistant.database import utcnow
from wa_assistant.models import AiCall
from wa_assistant.work import rates
from wa_assistant.work.rates import Share, Turn

pytestmark = pytest.mark.usefixtures("context")

LINE = f"{rates.PREFIX}x:line"


def test_what_there_is_can_be_taken_and_no_more(valkey):
    assert [rates.take(60, Share("x", 3)) for _ in range(3)] == [0, 0, 0]
    assert 0 < rates.take(60, Share("x", 3)) <= 60
    assert rates.take(60, Share("y", 3)) == 0


def test_much_can_be_taken_at_once(valkey):
    assert rates.take(60, Share("x", 1000, 900)) == 0
    assert rates.take(60, Share("x", 1000, 90)) == 0
    assert 0 < rates.take(60, Share("x", 1000, 90)) <= 60
    assert rates.take(60, Share("x", 1000, 10)) == 0


def test_what_costs_more_than_there_ever_is_is_let_through(valkey):
    assert rates.take(60, Share("x", 1000, 5000)) == 0
    assert rates.take(60, Share("x", 1000, 1)) > 0


def test_of_several_all_are_taken_or_none(valkey):
    assert rates.take(60, Share("calls", 2), Share("tokens", 100, 60)) == 0
    assert rates.take(60, Share("calls", 2), Share("tokens", 100, 60)) > 0
    assert rates.take(60, Share("calls", 2), Share("tokens", 100, 40)) == 0
    assert rates.take(60, Share("calls", 2), Share("tokens", 100, 0)) > 0


def test_the_wait_is_until_what_is_missing_comes_back(valkey):
    valkey.redis.rpush(f"{rates.PREFIX}x", *taken(valkey, {5: 10, 20: 30, 40: 50, 70: 100}))
    for cost, seconds in ((10, 0), (20, 20), (60, 20), (70, 40), (100, 55)):
        wait = rates.take(60, Share("x", 100, cost))
        assert seconds - 1 < wait <= seconds
        if not wait:
            assert valkey.redis.lpop(f"{rates.PREFIX}x")


def test_what_is_over_is_forgotten(valkey):
    valkey.redis.rpush(f"{rates.PREFIX}x", *taken(valkey, {30: 1, 61: 1, 70: 1}))
    assert rates.take(60, Share("x", 3)) == 0
    assert valkey.redis.llen(f"{rates.PREFIX}x") == 2


def taken(valkey, costs: dict[int, int]) -> list[str]:
    """What was taken so many seconds ago, the latest first."""
    seconds, micros = valkey.redis.time()
    return [f"{seconds - ago}.{micros:06} {cost}" for ago, cost in costs.items()]


def since(seconds: float) -> datetime:
    return utcnow() - timedelta(seconds=seconds)


def comes_back(valkey, *names: str) -> None:
    """All that was taken of these, as after a minute."""
    valkey.redis.delete(*(f"{rates.PREFIX}{name}" for name in names))


def test_of_those_who_wait_who_has_waited_longest_goes_first(valkey):
    ana, bruno, carla = (Turn(who, since(90 - 10 * who)) for who in (1, 2, 3))
    rates.take(60, Share("x", 2, 2))
    for turn in (carla, bruno, ana):
        assert rates.take(60, Share("x", 2), turn=turn) > 0
    comes_back(valkey, "x")
    assert rates.take(60, Share("x", 2), turn=ana) == 0
    assert rates.take(60, Share("x", 2), turn=carla) > 0, "one is left, and Bruno's"
    assert rates.take(60, Share("x", 2), turn=bruno) == 0
    assert rates.take(60, Share("x", 2), turn=carla) > 0
    comes_back(valkey, "x")
    assert rates.take(60, Share("x", 2), turn=carla) == 0


def test_who_comes_new_waits_behind_those_who_wait(valkey):
    rates.take(60, Share("x", 2, 2))
    assert rates.take(60, Share("x", 2), turn=Turn(1, since(50))) > 0
    comes_back(valkey, "x")
    assert rates.take(60, Share("x", 2), turn=Turn(2, since(0))) == 0, "there is enough for both"
    assert rates.take(60, Share("x", 2), turn=Turn(3, since(0))) > 0
    assert rates.take(60, Share("x", 2), turn=Turn(1, since(50))) == 0


def test_who_does_not_come_in_time_loses_the_place(valkey):
    ana, bruno = Turn(1, since(50)), Turn(2, since(0))
    rates.take(60, Share("x", 1))
    assert rates.take(60, Share("x", 1), turn=ana) > 0
    comes_back(valkey, "x")
    assert rates.take(60, Share("x", 1), turn=bruno) > 0
    place = valkey.redis.hget(LINE, ana.who).split()
    assert float(place[1]) > time.time() + rates.LATE_SECONDS
    place[1] = str(time.time() - 1).encode()
    valkey.redis.hset(LINE, ana.who, b" ".join(place))
    assert rates.take(60, Share("x", 1), turn=bruno) == 0
    assert valkey.redis.hlen(LINE) == 0


def test_who_has_used_up_their_own_keeps_nobody_waiting(valkey):
    mine, ana = [Share("x:1", 1)], Turn(1, since(50))
    assert rates.take(60, Share("x", 4), own=mine, turn=ana) == 0
    assert rates.take(60, Share("x", 4), own=mine, turn=ana) > 0
    for who in (2, 3, 4):
        assert rates.take(60, Share("x", 4), turn=Turn(who, since(0))) == 0


@pytest.mark.environment(OPENAI_REQUESTS_PER_MINUTE=8, OPENAI_TOKENS_PER_MINUTE=100_000)
def test_of_the_minute_one_participant_uses_a_quarter_at_most():
    ana, bruno = Turn(1, since(50)), Turn(2, since(0))
    assert [rates.budget_frees_in(1, ana) for _ in range(2)] == [0, 0]
    assert rates.budget_frees_in(1, ana) > 0
    assert rates.budget_frees_in(20_000, bruno) == 0
    assert rates.budget_frees_in(20_000, bruno) > 0
    assert rates.budget_frees_in(20_000) == 0, "a colleague's trial"


@pytest.mark.environment(OPENAI_REQUESTS_PER_MINUTE=100, OPENAI_TOKENS_PER_MINUTE=40_000)
def test_what_a_call_did_not_use_may_be_taken_again(valkey):
    ana, bruno = Turn(1, since(50)), Turn(2, since(0))
    for turn in (ana, bruno):
        for _ in range(3):
            assert rates.budget_frees_in(8_000, turn) == 0
            rates.used(turn, 1_000, of=8_000)
        assert rates.budget_frees_in(8_000, turn) > 0, "3,000 of their quarter are used"
    assert rates.budget_frees_in(34_000) == 0
    assert rates.budget_frees_in(1) > 0
    assert all(valkey.redis.ttl(key) > 0 for key in valkey.redis.keys(f"{rates.PREFIX}*"))


@pytest.mark.environment(OPENAI_REQUESTS_PER_MINUTE=100, OPENAI_TOKENS_PER_MINUTE=40_000)
def test_no_more_comes_back_than_was_counted(valkey):
    ana = Turn(1, since(50))
    assert rates.budget_frees_in(20_000, ana) == 0, "which is counted as her quarter"
    rates.used(ana, 9_000, of=20_000)
    assert rates.budget_frees_in(1_000, ana) == 0
    assert rates.budget_frees_in(1_000, ana) > 0


@pytest.mark.environment(OPENAI_REQUESTS_PER_MINUTE=100, OPENAI_TOKENS_PER_MINUTE=40_000)
def test_what_a_call_used_beyond_what_was_counted_changes_nothing():
    ana = Turn(1, since(50))
    assert rates.budget_frees_in(9_000, ana) == 0
    rates.used(ana, 10_000, of=9_000)
    assert rates.budget_frees_in(1_000, ana) == 0
    assert rates.budget_frees_in(1_000, ana) > 0


@pytest.mark.environment(OPENAI_REQUESTS_PER_MINUTE=100, OPENAI_TOKENS_PER_MINUTE=40_000)
def test_a_server_that_says_less_than_nothing_gives_no_more_back_than_was_counted():
    ana = Turn(1, since(50))
    assert rates.budget_frees_in(9_000, ana) == 0
    rates.used(ana, -50_000, of=9_000)
    assert rates.budget_frees_in(9_000, ana) == 0
    assert rates.budget_frees_in(9_000, ana) > 0


@pytest.mark.environment(REDIS_URL="redis://127.0.0.1:9")
def test_with_redis_away_nobody_counts():
    assert [rates.take(60, Share("x", 1)) for _ in range(3)] == [0, 0, 0]


@pytest.mark.parametrize("limit", ["OPENAI_REQUESTS_PER_MINUTE", "OPENAI_TOKENS_PER_MINUTE"])
def test_calls_beyond_the_rate_wait_and_do_not_fail(make_app, openai, twilio, work, app, limit):
    app.config[limit] = 1
    for person in (ANA, BRUNO):
        write(person)
    work(within=5)
    assert len(openai.calls) == len(outbound()) == 1
    waiting = next(each for each in (participant(ANA), participant(BRUNO)) if each.due_at)
    assert waiting.due_at > utcnow()
    assert waiting.attention is None
    assert len(rows(AiCall)) == 1
    app.config[limit] = 1_000_000
    work()
    assert len(openai.calls) == len(outbound()) == 2


@pytest.mark.environment(OPENAI_REQUESTS_PER_MINUTE=3, OPENAI_TOKENS_PER_MINUTE=4000)
def test_who_waits_for_tokens_takes_no_call_from_others(openai, twilio, work):
    for person in (ANA, BRUNO):
        write(person, "x" * 6000)  # two of these are too much for a minute
    work(within=5)
    assert len(openai.calls) == 1
    assert rates.take(60, Share("model.requests", 3)) == 0
    assert rates.take(60, Share("model.requests", 3)) == 0
    assert rates.take(60, Share("model.requests", 3)) > 0
