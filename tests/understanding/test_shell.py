"""`flask --app wsgi understanding hear`: owners see what a text is heard as."""

import json

import pytest


@pytest.fixture
def hear(app):
    def run(texts: str, *options: str) -> list[tuple[str, str, str]]:
        arguments = ["understanding", "hear", *options, "-"]
        result = app.test_cli_runner().invoke(args=arguments, input=texts)
        assert result.exit_code == 0, result.output
        told = [json.loads(line) for line in result.output.splitlines()]
        return [(each["text"], each["command"], each["consent"]) for each in told]

    return run


def test_each_line_is_heard_as_in_a_chat(hear):
    assert hear("SAIR\nsair?\r\nquero um atendente\nvoltar\n\n👍") == [
        ("SAIR", "stop", "unclear"),
        ("sair?", "ask_whether_to_stop", "unclear"),
        ("quero um atendente", "person", "unclear"),
        ("voltar", "none", "unclear"),
        ("", "none", "unclear"),
        ("👍", "none", "unclear"),
    ]


def test_as_the_reply_to_a_prompt(hear):
    assert hear("👍\nagora não\nsim mas não agora", "--as", "consent") == [
        ("👍", "none", "yes"),
        ("agora não", "none", "no"),
        ("sim mas não agora", "none", "unclear"),
    ]


def test_as_of_who_has_stopped(hear):
    assert hear("mudei de ideia, quero voltar", "--as", "stopped") == [
        ("mudei de ideia, quero voltar", "return", "unclear")
    ]
