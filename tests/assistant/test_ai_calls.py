"""Each call to the model is a row: what it took, what it cost, how it ended."""

import pytest

from tests.cast import ANA, inbound, only, outbound, participant, rows, set_back, write
from wa_assistant.assistant import burst, offline, prompt, reply
from wa_assistant.models import AiCall, Attention, Message, Outcome, Provider, Settlement
from wa_assistant.providers import circuit

pytestmark = pytest.mark.usefixtures("context")

EMPTY = ["[]", '{"choices": null}', '{"choices": []}']  # completions, with nothing in them
GARBAGE = ["", "<html>bad gateway</html>", "{}", "1", *EMPTY]


def ask(words: str = "Olá, que horas vocês abrem amanhã?") -> int:
    write(ANA, words)
    found: int = participant(ANA).id
    reply.answer(found)
    return found


def retry(work, pause: float = 31) -> None:
    work.pass_time(pause)
    reply.answer(participant(ANA).id)


@pytest.fixture(autouse=True)
def one_call_a_job(monkeypatch):
    """On a machine so slow that the pause is over, the same job would ask again."""
    monkeypatch.setattr(reply, "MOST_IN_A_JOB", 1)


@pytest.fixture
def impatient(app):
    app.config["OPENAI_TIMEOUT_SECONDS"] = 0.2


def test_an_answer_is_one_call_with_its_tokens_price_and_time(openai):
    openai.cached_tokens = 20
    openai.slow(0.05)
    ask()
    call = only(AiCall)
    assert (call.model, call.prompt_version) == ("gpt-6-luna", prompt.VERSION)
    assert (call.outcome, call.error) == (Outcome.ANSWERED, None)
    assert call.input_tokens > 100
    assert call.cached_tokens == 20
    assert call.output_tokens > 5
    # USD 0.10, 0.01 and 0.50 a million tokens, in micro-dollars and rounded up
    hundredths = (call.input_tokens - 20) * 10 + 20 * 1 + call.output_tokens * 50
    assert call.cost == -(-hundredths // 100)
    assert 50 <= call.latency < 10_000
    assert outbound()[0].ai_call_id == call.id


@pytest.mark.environment(OPENAI_MODEL="llama-4-of-our-own")
def test_what_a_model_without_a_price_costs_is_unknown_and_not_nothing():
    ask()
    call = only(AiCall)
    assert (call.model, call.cost) == ("llama-4-of-our-own", None)
    assert call.input_tokens > 0


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [
        ({"status": 429}, Outcome.RATE_LIMITED),
        ({"status": 500}, Outcome.UNAVAILABLE),
        ({"status": 503}, Outcome.UNAVAILABLE),
        ({"status": 408}, Outcome.UNAVAILABLE),
        ({"status": 409}, Outcome.UNAVAILABLE),
    ],
)
def test_a_model_that_fails_for_now_is_asked_again_after_a_while(openai, work, failure, outcome):
    openai.fail_next(**failure)
    ask()
    call = only(AiCall)
    assert call.outcome == outcome
    assert str(failure["status"]) in call.error
    assert call.input_tokens is call.cost is None
    assert (outbound(), inbound()[0].settled_at) == ([], None)
    assert participant(ANA).due_at
    assert participant(ANA).attention is None
    work()
    assert [each.outcome for each in rows(AiCall)] == [outcome, Outcome.ANSWERED]
    assert outbound()[0].ai_call_id == rows(AiCall)[-1].id


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [
        ({"status": 429, "code": "insufficient_quota"}, Outcome.QUOTA_SPENT),
        ({"status": 429, "code": "project_spend_limit_exceeded"}, Outcome.QUOTA_SPENT),
        ({"status": 401}, Outcome.REJECTED),
        ({"status": 403, "code": "country_not_supported"}, Outcome.REJECTED),
        ({"status": 404, "code": "model_not_found"}, Outcome.REJECTED),
        ({"status": 400, "code": "content_filter"}, Outcome.REJECTED),
    ],
)
def test_a_model_that_fails_for_good_is_not_asked_again(openai, failure, outcome):
    openai.fail_next(**failure)
    ask()
    assert only(AiCall).outcome == outcome
    assert [message.body for message in outbound()] == [offline.HOLDING["pt"]]
    assert outbound()[0].ai_call_id == only(AiCall).id, "the team is told why"
    assert participant(ANA).attention == Attention.MODEL_FAILED
    assert inbound()[0].settlement == Settlement.ANSWERED


def test_the_pause_grows_and_the_servers_wish_counts(openai, work):
    openai.fail_next(4, status=429)
    ask()
    pauses = []
    for _ in range(3):
        ana = participant(ANA)
        pauses.append((ana.due_at - rows(AiCall)[-1].created_at).total_seconds())
        work.pass_time(-60)  # whatever time this machine takes, it is
        reply.answer(ana.id)  # a bell before its time
        assert len(openai.calls) == len(pauses)
        work.pass_time(60)
        retry(work)
    assert [round(pause) for pause in pauses] == [2, 4, 8]


@pytest.mark.parametrize(("wish", "seconds"), [("17", 17), ("900", 30), ("soon", 2)])
def test_a_pause_the_server_asks_for_is_kept_within_reason(openai, wish, seconds):
    openai.fail_next(status=429, headers={"retry-after": wish})
    ask()
    pause = participant(ANA).due_at - only(AiCall).created_at
    assert round(pause.total_seconds()) == seconds


def test_a_model_that_is_asked_too_often_is_waited_for_two_minutes(openai, work):
    openai.fail_next(99, status=429)
    ask()
    for _ in range(3):
        retry(work)
    assert outbound() == []
    retry(work)
    assert len(outbound()) == 1
    assert participant(ANA).attention == Attention.MODEL_FAILED
    assert participant(ANA).due_at is None


def test_what_failed_for_an_earlier_message_does_not_count_for_one_found_late(openai, work):
    openai.fail_next(status=500)
    ask()
    set_back(AiCall.created_at, 1800)
    retry(work)
    assert len(outbound()) == 1
    write(ANA, "achada tarde")
    set_back(Message.created_at, 3000, Message.body == "achada tarde")
    openai.fail_next(status=500)
    reply.answer(participant(ANA).id)
    assert participant(ANA).due_at is not None, "it is asked again"
    assert len(outbound()) == 1


def test_an_answer_that_does_not_come_in_time_is_a_failure_for_now(openai, impatient):
    openai.hang(5)
    ask()
    call = only(AiCall)
    assert call.outcome == Outcome.UNAVAILABLE
    assert "Timeout" in call.error
    assert call.latency >= 200
    assert inbound()[0].settled_at is None


def test_a_connection_that_breaks_is_a_failure_for_now(openai, work):
    openai.drop_connection()
    ask()
    assert only(AiCall).outcome == Outcome.UNAVAILABLE
    work()
    assert len(outbound()) == 1


@pytest.mark.parametrize("garbage", GARBAGE)
def test_a_server_that_answers_nonsense_is_a_failure_for_now(openai, work, garbage):
    """A completion with nothing in it may be a refusal of what was asked for: the same once more,
    and each lower form once. Each is paid for, and all of them are one failure of one call."""
    tries = 4 if garbage in EMPTY else 1
    openai.answer_next(tries, garbage=garbage)
    ask()
    calls = rows(AiCall)
    assert len(calls) == len(openai.calls) == tries
    assert {each.outcome for each in calls} == {Outcome.UNAVAILABLE}
    assert [bool(each.error) for each in calls] == [False] * (tries - 1) + [True]
    assert (read := burst.read(participant(ANA).id))
    assert read.failures == 1
    assert circuit.now(Provider.MODEL).rests_until is None, "others are answered"
    work()
    assert len(outbound()) == 1
    assert outbound()[0].ai_call_id == rows(AiCall)[-1].id
