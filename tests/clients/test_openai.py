"""OpenAI's Chat Completions through the real SDK."""

import json
import threading

import pytest

from tests.doubles.base import Fault
from tests.doubles.server import Response
from wa_assistant.assistant.schema import SCHEMA
from wa_assistant.clients import openai as client
from wa_assistant.clients import pictures

pytestmark = pytest.mark.usefixtures("context")


# No table is touched here: one database is enough.
@pytest.fixture(params=["sqlite"])
def database(request) -> str:
    return str(request.param)


def complete(words: str = "Oi") -> client.Completion:
    messages = [{"role": "user", "content": words}]
    return client.complete(messages, SCHEMA, max_tokens=700, temperature=0.7)


def parameters(openai) -> list[set[str]]:
    return [set(call) - {"model", "messages"} for call in openai.calls]


ALL = {"reasoning_effort", "temperature", "response_format", "max_completion_tokens"}


def test_what_is_sent(openai):
    complete("Oi")
    (call,) = openai.calls
    assert call["model"] == "gpt-6-luna"
    assert call["messages"] == [{"role": "user", "content": "Oi"}]
    assert (call["temperature"], call["reasoning_effort"]) == (0.7, "none")
    assert call["max_completion_tokens"] == 700
    assert call["response_format"]["type"] == "json_schema"
    assert call["response_format"]["json_schema"]["schema"]["required"][0] == "reply"
    assert parameters(openai) == [ALL]


@pytest.mark.environment(OPENAI_ORG_ID="org-of-the-tests", OPENAI_MODEL="another")
def test_the_organisation_and_the_model_are_those_of_the_environment(openai):
    complete()
    assert openai.requests[0].headers["OpenAI-Organization"] == "org-of-the-tests"
    assert openai.calls[0]["model"] == "another"


def test_without_an_organisation_none_is_named(openai):
    complete()
    assert openai.requests[0].headers["OpenAI-Organization"] is None


@pytest.mark.environment(OPENAI_TIMEOUT_SECONDS="45")
def test_time_outs_are_ours_and_retries_are_the_callers():
    sdk = client.connect()
    assert (sdk.timeout, sdk.max_retries) == (client.timeout(45), 0)


def test_a_completion_is_read(openai):
    openai.cached_tokens, openai.cache_write_tokens = 7, 3
    completion = complete()
    assert json.loads(completion.text)["reply"] == "You wrote: Oi"
    assert (completion.finished, completion.refusal) == (True, None)
    assert completion.usage
    assert (completion.usage.cached, completion.usage.written) == (7, 3)
    assert completion.usage.input >= 1
    assert completion.latency >= 0


def test_a_refusal_and_a_cut_are_told(openai):
    openai.answer_next(refusal="I cannot help with that.")
    assert (complete().refusal, complete().refusal) == ("I cannot help with that.", None)
    for reason in ("length", "content_filter"):
        openai.answer_next(content="{", finish_reason=reason)
        assert not complete().finished


@pytest.mark.parametrize("usage", ["", ', "usage": null', ', "usage": {"prompt_tokens": null}'])
def test_a_server_that_does_not_count_tokens_is_answered_all_the_same(openai, usage):
    openai.answer_next(
        garbage='{"choices": [{"message": {"content": "Olá"}, "finish_reason": "stop"}]'
        + usage
        + "}"
    )
    completion = complete()
    assert (completion.text, completion.usage) == ("Olá", None)


@pytest.mark.parametrize("parameter", sorted(ALL))
def test_a_parameter_the_model_refuses_is_dropped_and_remembered(openai, parameter):
    openai.refuse(parameter)
    instead = {"max_tokens"} if parameter == "max_completion_tokens" else set()
    complete()
    complete()
    assert parameters(openai) == [ALL, *[ALL - {parameter} | instead] * 2]


def test_several_refused_parameters_are_dropped_one_by_one(openai):
    openai.refuse("temperature", "reasoning_effort", "response_format")
    complete()
    complete()
    assert parameters(openai)[3:] == [{"max_completion_tokens"}] * 2


def test_a_model_that_takes_no_limit_by_any_name_gets_none(openai):
    openai.refuse("max_completion_tokens", "max_tokens")
    complete()
    before = len(openai.calls)
    complete()
    assert parameters(openai)[before:] == [ALL - {"max_completion_tokens"}]


def test_the_limit_keeps_its_value_under_its_older_name(openai):
    openai.refuse("max_completion_tokens")
    complete()
    assert openai.calls[-1]["max_tokens"] == 700


def test_a_parameter_named_in_the_sentence_alone_is_dropped_too(openai):
    openai.fail_next(status=400, message="Unrecognized request argument: reasoning_effort")
    complete()
    assert parameters(openai) == [ALL, ALL - {"reasoning_effort"}]


def test_what_one_model_refuses_another_is_still_asked_with(openai, app, make_app):
    openai.refuse("temperature")
    complete()
    openai.refuses.clear()
    with make_app(OPENAI_MODEL="another").app_context():
        complete()
    assert parameters(openai)[-1] == ALL


def test_without_redis_refused_parameters_are_dropped_each_time(openai, valkey):
    openai.refuse("temperature")
    valkey.stop()
    complete()
    complete()
    assert parameters(openai) == [ALL, ALL - {"temperature"}] * 2


def test_a_refusal_of_the_request_itself_is_for_good(openai):
    openai.fail_next(status=400, param="messages", message="Invalid value in messages.")
    with pytest.raises(client.Rejected):
        complete()
    assert len(openai.calls) == 1


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        ({"status": 429}, client.RateLimited),
        ({"status": 429, "code": "insufficient_quota"}, client.QuotaSpent),
        ({"status": 429, "code": "credit_balance_exhausted"}, client.QuotaSpent),
        ({"status": 429, "code": "organization_usage_limit_exceeded"}, client.QuotaSpent),
        ({"status": 401}, client.Rejected),
        ({"status": 404, "code": "model_not_found"}, client.Rejected),
        ({"status": 408}, client.Unavailable),
        ({"status": 500}, client.Unavailable),
        ({"status": 529}, client.Unavailable),
    ],
)
def test_failures_are_told_apart_and_asked_once(openai, failure, kind):
    openai.fail_next(**failure)
    with pytest.raises(client.ModelError) as caught:
        complete()
    assert type(caught.value) is kind
    assert str(failure["status"]) in caught.value.message
    assert len(openai.calls) == 1


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("12", 12.0), ("1.5", 1.5), *((each, None) for each in ("soon", "-1", "inf", "nan"))],
)
def test_how_long_the_server_wants_to_be_left_alone_is_told(openai, header, seconds):
    openai.fail_next(status=429, headers={"retry-after": header})
    with pytest.raises(client.RateLimited) as caught:
        complete()
    assert caught.value.retry_after == seconds


@pytest.mark.environment(OPENAI_BASE_URL="http://127.0.0.1:9/v1")
def test_a_server_that_is_not_there_is_unavailable():
    with pytest.raises(client.Unavailable):
        complete()


def test_a_client_prepared_before_a_fork_is_the_one_that_is_used_and_calls_nobody(openai):
    client._build.cache_clear()
    client.prepare()
    assert openai.requests == []
    complete()
    assert client._build.cache_info().misses == 1


@pytest.mark.parametrize("status", [400, 404, 415, 422])
def test_a_server_without_eyes_is_asked_in_words(openai, status):
    shown = [{"type": "text", "text": "quanto custa?"}, pictures.part(b"x", "image/png")]
    openai.fail_next(status=status, message="No endpoints found that support image input")
    client.complete([{"role": "user", "content": shown}], SCHEMA, max_tokens=700, temperature=0.7)
    assert [call["messages"][0]["content"] for call in openai.calls] == [shown, "quanto custa?"]
    assert set(openai.calls[1]) == set(openai.calls[0])


def test_what_is_refused_without_a_picture_in_it_stays_refused(openai):
    openai.fail_next(status=400, message="Invalid content")
    with pytest.raises(client.Rejected):
        complete()
    assert len(openai.calls) == 1


def blanks(moment: threading.Event):
    """An answer that only begins, as of a server that shows that it still thinks."""
    for _ in range(200):
        yield b"\n"
        moment.wait(0.05)


@pytest.fixture
def impatient(app):
    app.config["OPENAI_TIMEOUT_SECONDS"] = 0.3


def test_an_answer_that_drips_has_its_time_as_a_whole(openai, impatient):
    stopped = threading.Event()
    dripping = Response(pieces=lambda: blanks(stopped))
    openai.plan(1, Fault(response=dripping))
    with pytest.raises(client.Unavailable) as caught:
        complete()
    stopped.set()
    assert "Timeout" in caught.value.message
    assert 300 <= caught.value.latency < 5_000


def test_to_connect_takes_no_longer_than_the_whole():
    assert client.timeout(30).as_dict() == {"connect": 5, "read": 30, "write": 30, "pool": 30}
    assert client.timeout(2).as_dict() == {"connect": 2, "read": 2, "write": 2, "pool": 2}
