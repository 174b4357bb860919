"""What servers send with 200: words in parts, thoughts, ends of their own, errors."""

import json

import pytest

from wa_assistant.assistant.schema import SCHEMA
from wa_assistant.clients import openai as client
from wa_assistant.clients.failures import Failure

pytestmark = pytest.mark.usefixtures("context")


# No table is touched here: one database is enough.
@pytest.fixture(params=["sqlite"])
def database(request) -> str:
    return str(request.param)


def complete(words: str = "Oi") -> client.Completion:
    messages = [{"role": "user", "content": words}]
    return client.complete(messages, SCHEMA, max_tokens=700, temperature=0.7)


@pytest.mark.parametrize(
    ("message", "text", "thoughts"),
    [
        ({"content": [{"type": "text", "text": "Olá"}, {"type": "text", "text": "!"}]}, "Olá!", ""),
        ({"content": ["Olá", {"text": "!"}]}, "Olá!", ""),
        (
            {
                "content": [
                    {"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]},
                    {"type": "text", "text": "Olá"},
                ]
            },
            "Olá",
            "hm",
        ),
        ({"content": [{"type": "reasoning", "text": "hm"}, {"text": "Olá"}]}, "Olá", "hm"),
        ({"content": None, "reasoning_content": "hm"}, "", "hm"),
        ({"content": "", "reasoning": "hm"}, "", "hm"),
    ],
)
def test_words_and_thoughts_are_told_apart(openai, message, text, thoughts):
    openai.answer_next(garbage=json.dumps({"choices": [{"message": message}]}))
    completion = complete()
    assert (completion.text, completion.thoughts) == (text, thoughts)


@pytest.mark.parametrize("reason", ["eos", "eos_token", "end_turn", "STOP", "end", "", None])
def test_however_a_server_says_that_it_has_finished(openai, reason):
    choice = {"message": {"content": "Oi"}, "finish_reason": reason}
    openai.answer_next(garbage=json.dumps({"choices": [choice]}))
    assert complete().finished


@pytest.mark.parametrize(
    ("body", "kind", "failure"),
    [
        ({"error": {"message": "x", "code": 502}}, client.Unavailable, Failure.BROKEN),
        ({"error": {"message": "x", "code": 429}}, client.RateLimited, Failure.BUSY),
        ({"error": {"message": "x", "code": 402}}, client.QuotaSpent, Failure.CREDIT),
        ({"error": "something"}, client.Unavailable, Failure.BROKEN),
        ({"choices": []}, client.Unavailable, Failure.NOTHING),
        ({"choices": None, "usage": {}}, client.Unavailable, Failure.NOTHING),
        ({"choices": [{"message": None}]}, client.Unavailable, Failure.NOTHING),
        (None, client.Unavailable, Failure.NOTHING),
        ({}, client.Unavailable, Failure.NO_ANSWER),
        (
            {"choices": [{"finish_reason": "error", "error": {"code": 401}, "message": {}}]},
            client.Rejected,
            Failure.KEY,
        ),
    ],
)
def test_an_error_that_comes_with_200_is_one(openai, body, kind, failure):
    openai.answer_next(4, garbage=json.dumps(body))
    with pytest.raises(client.ModelError) as caught:
        complete()
    assert (type(caught.value), caught.value.failure) == (kind, failure)
