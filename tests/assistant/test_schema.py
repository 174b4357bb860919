import json

import pytest

from wa_assistant.assistant import model, schema
from wa_assistant.journey.collect import Found


def test_the_reply_is_read_and_trimmed():
    assert model.read('{"reply": "\\n Olá! 👋🏽 "}') == schema.Reply("Olá! 👋🏽")


def test_properties_nobody_asked_for_are_harmless():
    assert model.read('{"reply": "Olá!", "mood": "sunny"}') == schema.Reply("Olá!")


def test_answers_are_proposals_with_the_words_they_rest_on():
    found = {"name": "role", "value": " dev ", "quote": "sou dev", "confidence": 3}
    said = {
        "reply": "Oi",
        "answers": [found],
        "stage_complete": True,
        "wants_person": True,
        "wants_stop": True,
    }
    assert model.read(json.dumps(said)) == schema.Reply(
        "Oi",
        (Found("role", "dev", "sou dev", 1.0),),
        stage_complete=True,
        wants_person=True,
        wants_stop=True,
    )


@pytest.mark.parametrize(
    "answers",
    [
        None,
        "role",
        [None],
        [[]],
        [{"name": "role"}],
        [{"value": "dev"}],
        [{"name": 1, "value": ""}],
    ],
)
def test_what_is_no_answer_costs_the_reply_nothing(answers):
    assert model.read(json.dumps({"reply": "Oi", "answers": answers})) == schema.Reply("Oi")


def test_a_number_is_a_value_and_no_confidence_is_no_lie():
    said = {"name": "age", "value": 42, "quote": "42", "confidence": "high"}
    (found,) = model.read(json.dumps({"reply": "Oi", "answers": [said]})).answers
    assert (found.value, found.confidence) == ("42", None)


def test_a_confidence_beyond_all_measure_is_certainty():
    said = {"name": "age", "value": 42, "quote": "42", "confidence": int("9" * 400)}
    (found,) = model.read(json.dumps({"reply": "Oi", "answers": [said]})).answers
    assert found.confidence == 1.0


@pytest.mark.parametrize(("said", "value"), [(True, "yes"), (False, "no")])
def test_a_truth_is_a_yes_or_a_no(said, value):
    answer = {"name": "knows_us", "value": said, "quote": "claro"}
    (found,) = model.read(json.dumps({"reply": "Oi", "answers": [answer]})).answers
    assert found.value == value


@pytest.mark.parametrize("reply", ["👍🏽", "❤️", "9", "ok", "É", "1️⃣"])
def test_a_picture_or_a_digit_is_a_reply(reply):
    assert model.read(json.dumps({"reply": reply})).text == reply


def test_what_can_be_neither_stored_nor_sent_is_left_out():
    assert model.read(json.dumps({"reply": "O\x00i\ud83d"})) == schema.Reply("Oi")


@pytest.mark.parametrize(
    "text",
    [
        "",
        '{"reply": "Ol',
        "null",
        "{}",
        '{"reply": null}',
        '{"reply": 7}',
        '{"reply": ""}',
        '{"reply": " \\n\\t"}',
        '{"reply": "\\u0000\\ud83d"}',
        '{"reply": "\\u200b\\u2060"}',
        '{"reply": "\\u3164"}',
        '{"reply": "**"}',
        '{"reply": "#"}',
        '{"reply": "```"}',
        '{"reply": "---"}',
        "[" * 100_000,
        '{"reply": ' + "[" * 100_000,
    ],
)
def test_anything_else_cannot_be_used(text):
    with pytest.raises(schema.Unusable):
        model.read(text)


def test_the_schema_is_one_that_strict_servers_take():
    inner = schema.SCHEMA["schema"]
    assert schema.SCHEMA["strict"]
    for each in (inner, inner["properties"]["answers"]["items"]):
        assert each["required"] == list(each["properties"])
        assert each["additionalProperties"] is False
