import json

import pytest

from wa_assistant.assistant import schema


def test_the_reply_is_read_and_trimmed():
    assert schema.read('{"reply": "\\n Olá! 👋🏽 "}') == "Olá! 👋🏽"


def test_properties_nobody_asked_for_are_harmless():
    assert schema.read('{"reply": "Olá!", "mood": "sunny"}') == "Olá!"


def test_what_can_be_neither_stored_nor_sent_is_left_out():
    assert schema.read(json.dumps({"reply": "O\x00i\ud83d"})) == "Oi"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Olá!",
        '{"reply": "Ol',
        "null",
        '"Olá!"',
        '["Olá!"]',
        "{}",
        '{"reply": null}',
        '{"reply": 7}',
        '{"reply": ["Olá!"]}',
        '{"reply": ""}',
        '{"reply": " \\n\\t"}',
        '{"reply": "\\u0000\\ud83d"}',
        '{"Reply": "Olá!"}',
    ],
)
def test_anything_else_cannot_be_used(text):
    with pytest.raises(schema.Unusable):
        schema.read(text)


def test_the_schema_is_one_that_strict_servers_take():
    inner = schema.SCHEMA["schema"]
    assert schema.SCHEMA["strict"]
    assert inner["required"] == list(inner["properties"]) == ["reply"]
    assert inner["additionalProperties"] is False
