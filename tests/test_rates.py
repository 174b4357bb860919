"""What all processes may do together in a while."""

import pytest

from tests.cast import ANA, BRUNO, outbound, participant, rows, write
from wa_assistant import rates
from wa_assistant.database import utcnow
from wa_assistant.models import AiCall

pytestmark = pytest.mark.usefixtures("context")


def test_what_there_is_can_be_taken_and_no_more(valkey):
    assert [rates.take("x", 3, 60) for _ in range(3)] == [0, 0, 0]
    assert 0 < rates.take("x", 3, 60) <= 60
    assert rates.take("y", 3, 60) == 0


def test_much_can_be_taken_at_once(valkey):
    assert rates.take("x", 1000, 60, 900) == 0
    assert rates.take("x", 1000, 60, 90) == 0
    assert 0 < rates.take("x", 1000, 60, 90) <= 60


def test_what_costs_more_than_there_ever_is_is_let_through(valkey):
    assert rates.take("x", 1000, 60, 5000) == 0


@pytest.mark.environment(REDIS_URL="redis://127.0.0.1:9")
def test_with_redis_away_nobody_counts():
    assert [rates.take("x", 1, 60) for _ in range(3)] == [0, 0, 0]


@pytest.mark.parametrize("limit", ["OPENAI_REQUESTS_PER_MINUTE", "OPENAI_TOKENS_PER_MINUTE"])
def test_calls_beyond_the_rate_wait_and_do_not_fail(make_app, openai, twilio, work, app, limit):
    app.config[limit] = 1
    for person in (ANA, BRUNO):
        write(person)
    work(within=5)
    assert len(openai.calls) == len(outbound()) == 1
    waiting = next(each for each in (participant(ANA), participant(BRUNO)) if each.answer_after)
    assert waiting.answer_after > utcnow()
    assert waiting.attention is None
    assert len(rows(AiCall)) == 1
    app.config[limit] = 1_000_000
    work()
    assert len(openai.calls) == len(outbound()) == 2
