"""What is learned from a server's refusals, and what holds for one call alone."""

import json

import pytest

from wa_assistant.assistant.schema import SCHEMA
from wa_assistant.clients import openai as client

from .test_openai import ALL, complete, parameters

pytestmark = pytest.mark.usefixtures("context")


# No table is touched here: one database is enough.
@pytest.fixture(params=["sqlite"])
def database(request) -> str:
    return str(request.param)


def test_what_did_not_help_is_not_remembered(openai):
    openai.fail_next(status=400, message="temperature is too hot")
    openai.fail_next(status=400, message="Something else altogether")
    with pytest.raises(client.Rejected):
        complete()
    complete()
    assert parameters(openai) == [ALL, ALL - {"temperature"}, ALL]


def test_the_schema_stands_in_the_leading_message_where_the_form_does_not_hold_it(openai):
    openai.fail_next(status=400, message="This response_format type is unavailable now")
    rules = {"role": "system", "content": "Be kind."}
    messages = [rules, {"role": "user", "content": "Oi"}]
    client.complete(messages, SCHEMA, max_tokens=700, temperature=0.7)
    first, second = openai.calls
    assert first["messages"] == messages
    assert second["response_format"] == {"type": "json_object"}
    assert [each["role"] for each in second["messages"]] == ["system", "user"]
    assert second["messages"][0]["content"].startswith("Be kind.\n\nAnswer with one JSON object")
    assert '"wants_person"' in second["messages"][0]["content"]


def test_an_objection_in_words_of_ours_counts_for_this_call_alone(openai):
    openai.fail_next(status=400, message="temperature is not supported")
    complete("Qual temperature?")
    complete()
    assert parameters(openai) == [ALL, ALL - {"temperature"}, ALL]


@pytest.mark.parametrize(
    "message",
    [
        {"content": "<think>First I should"},
        {"content": "", "reasoning_content": "First I should"},
        {"content": None, "reasoning": "First I should"},
        {"content": None},
    ],
)
def test_a_model_cut_off_in_its_thoughts_has_more_room_from_then_on(openai, message):
    choice = {"message": message, "finish_reason": "length"}
    openai.answer_next(garbage=json.dumps({"choices": [choice]}))
    for _ in range(2):
        complete()
    assert [call["max_completion_tokens"] for call in openai.calls] == [700, 2700]


def test_an_answer_that_is_only_long_has_no_more_room(openai):
    openai.answer_next(content='{"reply": "We open at', finish_reason="length")
    for _ in range(2):
        complete()
    assert [call["max_completion_tokens"] for call in openai.calls] == [700, 700]


def test_an_answer_that_broke_its_form_is_asked_for_in_words_this_once(openai):
    openai.fail_next(status=400, code="json_validate_failed", message="Failed to generate JSON.")
    for _ in range(2):
        complete()
    assert parameters(openai) == [ALL, ALL - {"response_format"}, ALL]
