"""What is learned from a server's refusals, and what holds for one call alone."""

import json

import pytest

from wa_assistant.assistant.schema import SCHEMA
from wa_assistant.clients import learned
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


LED = [
    {"role": "system", "content": "Be kind."},
    {"role": "user", "content": "Oi"},
    {"role": "assistant", "content": "Olá!"},
    {"role": "user", "content": "Quanto custa?"},
]


def ask(messages) -> None:
    client.complete(messages, SCHEMA, max_tokens=700, temperature=0.7)


@pytest.mark.parametrize("words", ["System role not supported", "roles must alternate user/..."])
def test_the_rules_lead_the_user_s_first_turn_where_no_system_message_is_taken(openai, words):
    openai.fail_next(status=400, message=words)
    for _ in range(2):
        ask(LED)
    first, *rest = openai.calls
    assert first["messages"] == LED
    unled = [{"role": "user", "content": "Be kind.\n\nOi"}, *LED[2:]]
    assert [each["messages"] for each in rest] == [unled, unled]
    assert parameters(openai) == [ALL] * 3
    assert learned.of("gpt-6-luna") == {learned.SYSTEM: "user"}


def test_pictures_of_the_first_turn_stay_behind_the_rules(openai):
    picture = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}
    openai.fail_next(status=400, message="System role not supported")
    ask([LED[0], {"role": "user", "content": [{"type": "text", "text": "Oi"}, picture]}])
    (turn,) = openai.calls[-1]["messages"]
    assert [each.get("text") for each in turn["content"]] == ["Be kind.\n\n", "Oi", None]


def test_an_order_that_is_refused_all_the_same_is_not_learned(openai):
    openai.fail_next(2, status=400, message="roles must alternate")
    with pytest.raises(client.Rejected):
        ask(LED)
    assert len(openai.calls) == 2
    assert learned.of("gpt-6-luna") == {}


def test_one_answer_with_nothing_in_it_is_asked_for_once_more(openai):
    openai.answer_next(garbage='{"choices": null}')
    for _ in range(2):
        complete()
    assert parameters(openai) == [ALL] * 3
    assert learned.of("gpt-6-luna") == {}


def test_two_with_nothing_in_them_step_down_and_that_is_learned(openai):
    openai.answer_next(2, garbage='{"choices": []}')
    for _ in range(2):
        complete()
    forms = [call["response_format"]["type"] for call in openai.calls]
    assert forms == ["json_schema", "json_schema", "json_object", "json_object"]


@pytest.mark.parametrize("failure", [{"status": 401}, {"status": 402}])
def test_what_is_about_the_account_is_tried_in_no_other_form(openai, failure):
    openai.fail_next(message="response_format, temperature: no", **failure)
    with pytest.raises(client.ModelError):
        complete()
    assert len(openai.calls) == 1


@pytest.mark.parametrize("words", ["API key not valid.", "Your credit balance is too low: billing"])
def test_nor_where_only_the_words_tell(openai, words):
    openai.fail_next(status=400, message=f"{words} (response_format)")
    with pytest.raises(client.ModelError):
        complete()
    assert len(openai.calls) == 1
    assert learned.of("gpt-6-luna") == {}
