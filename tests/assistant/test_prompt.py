"""What the model is told, and in which order."""

import pytest

from wa_assistant.assistant import prompt
from wa_assistant.models import Direction, Message


def asks(body: str, kind: str = "text") -> Message:
    return Message(direction=Direction.INBOUND, body=body, kind=kind)


def says(body: str) -> Message:
    return Message(direction=Direction.OUTBOUND, body=body, kind="text")


def contents(history: list[Message], unsettled: list[Message]) -> list[str]:
    return [turn["content"] for turn in prompt.build(history, unsettled)[1:]]


def test_the_rules_come_first_and_never_change():
    first = prompt.build([], [asks("Oi")])[0]
    assert first == {"role": "system", "content": prompt.SYSTEM}
    assert prompt.build([says("Olá")], [asks("Tchau")])[0] == first


def test_the_messages_being_answered_come_last():
    turns = prompt.build([asks("Oi"), says("Olá!")], [asks("Que horas"), asks("abrem?")])
    assert [turn["role"] for turn in turns] == ["system", "user", "assistant", "user", "user"]
    assert [turn["content"] for turn in turns][-2:] == ["Que horas", "abrem?"]


def test_of_a_long_conversation_the_latest_part_is_told():
    history = [asks(f"{number} " + "x" * 1000) for number in range(30)]
    told = contents(history, [asks("e então?")])
    assert told[-1] == "e então?"
    assert told[-2] == history[-1].body
    assert sum(map(len, told[:-1])) <= prompt.MOST_CHARACTERS
    assert told[:-1] == [message.body for message in history[-len(told) + 1 :]]


def test_the_messages_being_answered_are_told_whole_however_long_the_history():
    asked = [asks("y" * 5_000) for _ in range(3)]
    assert contents([says("x" * 1000)] * 40, asked)[-3:] == ["y" * 5_000] * 3


def test_one_message_may_not_fill_the_model():
    assert contents([], [asks("x" * 50_000)]) == ["x" * prompt.MOST_CHARACTERS_OF_ONE]


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        ("Oi", "text", "Oi"),
        ("  Oi\n", "text", "Oi"),
        ("veja", "image", "[image message]\nveja"),
        ("", "audio", "[audio message]"),
        ("", "text", "[text message]"),
        ("  ", "text", "[message without text]"),
    ],
)
def test_no_turn_is_empty(body, kind, words):
    assert prompt.words(asks(body, kind)) == words


def test_of_more_than_a_model_takes_at_once_the_newest_words_stay():
    bodies = [f"{number}" * 10_000 for number in range(8)]
    told = contents([], [asks(body) for body in bodies])[-8:]
    assert told[-1] == bodies[-1]
    assert told[-2] == f"{prompt.LEFT_OUT} {'6' * 6_000}"
    assert told[:-2] == [prompt.LEFT_OUT] * 6
    assert sum(map(len, told)) < prompt.MOST_CHARACTERS_ASKED + 100


def test_pictures_stay_where_the_words_beside_them_do_not():
    turn = {"role": "user", "content": [{"type": "text", "text": "x" * 20}, {"type": "image_url"}]}
    (kept,) = prompt._within([turn], 5)
    assert kept["content"] == [
        {"type": "text", "text": f"{prompt.LEFT_OUT} xxxxx"},
        {"type": "image_url"},
    ]
    assert turn["content"][0] == {"type": "text", "text": "x" * 20}


def test_the_version_changes_with_the_words_of_the_rules():
    assert len(prompt.VERSION) == 8
    assert int(prompt.VERSION, 16)
