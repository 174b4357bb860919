"""A model's server that is away: the first wait for it a little, and then nobody does."""

from contextlib import ExitStack
from datetime import timedelta

import pytest

from tests.cast import (
    ANA,
    BRUNO,
    at_once,
    inbound,
    only,
    outbound,
    participant,
    rows,
    set_back,
    write,
)
from tests.knowledge import stock
from tests.support.eventually import eventually
from tests.web.people import nobody_answers
from wa_assistant.assistant import reply
from wa_assistant.assistant.decide import PATIENCE_AWAY
from wa_assistant.clients.failures import Failure
from wa_assistant.database import utcnow
from wa_assistant.models import AiCall, Attention, Circuit, Outcome, Provider, Settlement
from wa_assistant.providers import circuit

pytestmark = pytest.mark.usefixtures("context")

HOURS = "A padaria abre de segunda a sábado, das seis às vinte horas."
ASKED = "Que horas a padaria abre?"
CLOSED = "http://127.0.0.1:9/v1"  # where nobody listens
AT_ONCE = 1.0  # seconds in which no bell but the first is rung


@pytest.fixture
def away(app, openai, monkeypatch):
    """The documents were embedded before the server went away; `away(url)` is where it was."""
    stock.document("horarios.txt", HOURS)

    def leave(url: str = CLOSED) -> None:
        monkeypatch.setitem(app.config, "OPENAI_BASE_URL", url)

    return leave


@pytest.fixture
def silent():
    """The address of a server that takes connections and says nothing."""
    with ExitStack() as stack:
        yield f"http://127.0.0.1:{stack.enter_context(nobody_answers())}/v1"


def quoted(address: str) -> bool:
    """Whether the last that was said to them are the documents' own words."""
    said = [each for each in outbound() if each.participant_id == participant(address).id]
    return bool(said) and HOURS in said[-1].body


def waited() -> float:
    """Seconds from the first call to the model to the last."""
    calls = rows(AiCall, AiCall.kind == "answer")
    return float((calls[-1].created_at - calls[0].created_at).total_seconds())


def rest_is_over() -> None:
    set_back(Circuit.retry_at, circuit.REST[Provider.MODEL].total_seconds())


def lasts() -> timedelta:
    """How long it is left alone from now on, and a moment more."""
    left: timedelta = only(Circuit).retry_at - utcnow()
    return left + timedelta(seconds=5)


def answers() -> int:
    """How often the model was asked for an answer."""
    return len(rows(AiCall, AiCall.kind == "answer"))


def test_who_writes_first_waits_seconds_and_all_others_are_answered_at_once(away, work):
    away()
    write(ANA, ASKED)
    work()
    assert quoted(ANA)
    assert waited() < PATIENCE_AWAY.total_seconds()
    assert only(Circuit).failure == Failure.UNREACHABLE
    before = answers()
    write(BRUNO, ASKED)
    work(within=AT_ONCE)
    assert quoted(BRUNO)
    assert answers() == before, "nobody waits for it any more"
    assert {each.settlement for each in inbound()} == {Settlement.ANSWERED}
    assert len(outbound()) == 2
    assert participant(BRUNO).attention == Attention.MODEL_FAILED


@pytest.mark.environment(OPENAI_TIMEOUT_SECONDS=1)
def test_for_a_server_that_is_silent_somebody_waits_twice_and_then_nobody(away, silent, work):
    away(silent)
    write(ANA, ASKED)
    work()
    assert quoted(ANA)
    assert [each.failure for each in rows(AiCall, AiCall.kind == "answer")] == ["too slow"] * 2
    write(BRUNO, ASKED)
    work(within=AT_ONCE)
    assert quoted(BRUNO)
    assert answers() == 2


def test_what_fails_once_is_asked_again_and_answered_by_the_model(openai, work):
    for number, failure in enumerate(({"status": 502}, {"status": 503}, {"status": 500})):
        openai.fail_next(**failure)
        write(ANA, f"Oi {number}")
        work()
        openai.reset()
    assert [each.ai_call_id is not None for each in outbound()] == [True] * 3
    assert rows(Circuit) == []


def test_where_some_are_answered_who_is_not_waits_no_longer_than_a_short_patience(openai, work):
    """No three in a row fail for one reason, and nothing is left alone."""
    for number in range(9):
        openai.fail_next(status=502) if number % 2 else openai.drop_connection()
    write(ANA, "Oi")
    work()
    assert rows(Circuit) == []
    assert len(outbound()) == 1
    assert outbound()[0].ai_call_id == rows(AiCall)[-1].id, "the team is told why"
    assert PATIENCE_AWAY.total_seconds() < waited() < 2 * PATIENCE_AWAY.total_seconds()


def test_after_the_rest_one_tries_and_nobody_waits_for_what_becomes_of_that(app, openai, work):
    stock.document("horarios.txt", HOURS)
    circuit.break_(Provider.MODEL, "ConnectError", failure=Failure.UNREACHABLE)
    rest_is_over()
    write(ANA, ASKED)
    ana = participant(ANA).id
    openai.hold()
    with at_once(app) as start:
        tries = start(reply.answer, ana)
        eventually(lambda: openai.waiting)
        write(BRUNO, ASKED)
        reply.answer(participant(BRUNO).id)
        assert quoted(BRUNO)
        assert answers() == 1
        openai.release()
        tries.result(10)
    work()
    assert not quoted(ANA)
    assert len(outbound()) == 2
    assert rows(Circuit) == []


def test_who_tries_in_vain_is_answered_at_once_and_it_rests_for_longer(away, work):
    away()
    write(ANA, ASKED)
    work()
    assert lasts() >= circuit.SHORTEST_REST
    set_back(Circuit.opened_at, 120)
    rest_is_over()
    before = answers()
    write(BRUNO, ASKED)
    work(within=AT_ONCE)
    assert quoted(BRUNO)
    assert answers() == before + 1
    assert lasts() > 3 * circuit.SHORTEST_REST


@pytest.mark.parametrize("failure", [None, {"status": 429}, {"status": 401}])
def test_a_server_that_is_back_is_asked_again_also_where_it_refuses(openai, work, failure):
    circuit.break_(Provider.MODEL, "ConnectError", failure=Failure.UNREACHABLE)
    rest_is_over()
    if failure:
        openai.fail_next(**failure)
    write(ANA, "Oi")
    work()
    assert rows(Circuit) == []
    assert rows(AiCall)[-1].outcome == (
        Outcome.REJECTED if failure == {"status": 401} else Outcome.ANSWERED
    )


def test_who_asks_too_often_is_left_alone_by_nobody(openai, work):
    openai.fail_next(4, status=429)
    write(ANA, "Oi")
    work()
    assert [each.outcome for each in rows(AiCall)] == [Outcome.RATE_LIMITED] * 4 + [
        Outcome.ANSWERED
    ]
    assert len(outbound()) == 1
