"""OpenAI's double, asked through OpenAI's own SDK."""

import json
from concurrent.futures import ThreadPoolExecutor

import openai as sdk
import pytest

from .doubles.openai import API_KEY
from .support.eventually import eventually

SCHEMA = {
    "type": "object",
    "properties": {
        "reply": {"type": "string"},
        "stage": {"anyOf": [{"$ref": "#/$defs/stage"}, {"type": "null"}]},
        "mood": {"type": "string", "enum": ["calm", "cross"]},
        "answers": {"type": "array", "items": {"$ref": "#/$defs/stage"}},
        "sure": {"type": "boolean"},
        "note": {"type": ["string", "null"]},
        "count": {"type": "integer"},
    },
    "required": ["reply", "stage", "mood", "answers", "sure", "note", "count"],
    "additionalProperties": False,
    "$defs": {
        "stage": {
            "type": "object",
            "properties": {"name": {"type": "string"}},
            "required": ["name"],
            "additionalProperties": False,
        }
    },
}
FORM = {
    "type": "json_schema",
    "json_schema": {"name": "answer", "strict": True, "schema": SCHEMA},
}
OI = [{"role": "user", "content": "Oi"}]


def client_of(openai, key=API_KEY, **options):
    return sdk.OpenAI(api_key=key, base_url=openai.base_url, max_retries=0, timeout=2, **options)


@pytest.fixture
def client(openai):
    return client_of(openai)


def ask(client, messages=OI, **options):
    return client.chat.completions.create(model="gpt-6-luna", messages=messages, **options)


def test_the_answer_has_the_shape_asked_for_and_cites_what_was_written_last(openai, client):
    messages = [
        {"role": "system", "content": "You are kind."},
        {"role": "user", "content": "Bom dia"},
        {"role": "assistant", "content": "Bom dia, Ana"},
        {"role": "user", "content": "Oi"},
        {"role": "user", "content": [{"type": "text", "text": "tudo bem?"}]},
    ]

    answer = ask(client, messages, response_format=FORM)

    choice = answer.choices[0]
    assert json.loads(choice.message.content) == {
        "reply": "You wrote: Oi / tudo bem?",
        "stage": None,
        "mood": "calm",
        "answers": [],
        "sure": False,
        "note": None,
        "count": 0,
    }
    assert choice.finish_reason == "stop"
    assert openai.calls[0]["messages"] == messages


def test_the_reply_can_be_made_from_the_request(openai, client):
    openai.reply = lambda body: f"{len(body['messages'])} messages"

    assert ask(client).choices[0].message.content == "1 messages"


def test_tokens_are_counted(openai, client):
    openai.cached_tokens = 3

    usage = ask(client, [{"role": "user", "content": "x" * 400}]).usage

    assert usage.prompt_tokens == 101
    assert usage.completion_tokens > 0
    assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens
    assert usage.prompt_tokens_details.cached_tokens == 3


def test_who_asks_is_recorded(openai):
    ask(client_of(openai, organization="org-ours"))

    headers = openai.requests[0].headers
    assert headers["Authorization"] == f"Bearer {API_KEY}"
    assert headers["OpenAI-Organization"] == "org-ours"


def test_a_wrong_key_is_refused(openai):
    with pytest.raises(sdk.AuthenticationError) as refused:
        ask(client_of(openai, "another key"))

    assert refused.value.code == "invalid_api_key"


def test_a_schema_that_is_not_strict_enough_is_refused(client):
    loose = {"type": "object", "properties": {"reply": {"type": "string"}}, "required": ["reply"]}
    form = {"type": "json_schema", "json_schema": {"name": "a", "strict": True, "schema": loose}}

    with pytest.raises(sdk.BadRequestError) as refused:
        ask(client, response_format=form)

    assert refused.value.param == "response_format"


def test_a_parameter_the_model_does_not_take_is_named(openai, client):
    openai.refuse("temperature", "max_completion_tokens")

    with pytest.raises(sdk.BadRequestError) as refused:
        ask(client, temperature=0.7)
    ask(client)

    assert (refused.value.code, refused.value.param) == ("unsupported_parameter", "temperature")
    assert len(openai.calls) == 2


def test_a_429_of_rate_says_when_to_come_back(openai, client):
    openai.fail_next(status=429, headers={"retry-after": "7"})

    with pytest.raises(sdk.RateLimitError) as refused:
        ask(client)

    assert refused.value.code == "rate_limit_exceeded"
    assert refused.value.response.headers["retry-after"] == "7"


def test_a_429_of_quota_says_so(openai, client):
    openai.fail_next(status=429, code="insufficient_quota")

    with pytest.raises(sdk.RateLimitError) as refused:
        ask(client)

    assert (refused.value.code, refused.value.type) == ("insufficient_quota", "insufficient_quota")


def test_a_500_passes(openai, client):
    openai.fail_next()

    with pytest.raises(sdk.InternalServerError):
        ask(client)

    assert ask(client).choices


def test_a_dropped_connection_and_a_silent_one(openai, client):
    openai.drop_connection()
    openai.hang(5)

    with pytest.raises(sdk.APIConnectionError):
        ask(client)
    with pytest.raises(sdk.APITimeoutError):
        ask(client.with_options(timeout=0.2))


@pytest.mark.parametrize(
    "answer",
    [
        {"content": None},
        {"content": '{"reply": "Once upon', "finish_reason": "length"},
        {"refusal": "I cannot help with that."},
        {"content": None, "finish_reason": "content_filter"},
    ],
)
def test_answers_that_are_none(openai, client, answer):
    openai.answer_next(**answer)

    choice = ask(client).choices[0]

    assert choice.message.content == answer.get("content")
    assert choice.message.refusal == answer.get("refusal")
    assert choice.finish_reason == answer.get("finish_reason", "stop")


def test_garbage_where_json_should_be(openai, client):
    openai.answer_next(garbage="<html>Bad gateway</html>")

    with pytest.raises((sdk.APIError, ValueError)):
        ask(client)


def test_a_call_can_be_held_while_the_model_thinks(openai, client):
    openai.hold()
    with ThreadPoolExecutor() as pool:
        call = pool.submit(ask, client)
        eventually(lambda: openai.waiting == 1)
        assert not call.done()
        openai.release()
        assert call.result(5).choices


def test_the_models_and_when_they_are_shut_down(openai, client):
    openai.shutdown_dates["gpt-6-luna"] = "2027-06-01"

    models = {model.id: model for model in client.models.list()}

    assert models["gpt-6-luna"].shutdown_date == "2027-06-01"
    assert models["gpt-transcribe"].shutdown_date is None
    with pytest.raises(sdk.NotFoundError):
        client.models.retrieve("gpt-0")
