"""What is looked up in the documents is asked without greetings and thanks."""

import pytest

from wa_assistant.understanding import courtesies


@pytest.mark.parametrize(
    ("asked", "rest"),
    [
        ("Oi, boa tarde, tudo bem? Que horas abre?", ", ? que horas abre?"),
        ("Prezados, qual o preço?", "qual o preco?"),
        ("blz, obg! Tem vaga?", "tem vaga?"),
        ("Abrem de noite?", "abrem de noite?"),
        ("Boa noite", "Boa noite"),
    ],
)
def test_they_are_left_out_where_something_else_is_said(asked, rest):
    assert courtesies.left_out(asked) == rest


@pytest.mark.parametrize("said", ["Oi!", "Bom dia, tudo bem?", "ok, ótimo", "Valeu", "", "E você?"])
def test_a_courtesy_is_all_that_is_said(said):
    assert courtesies.only(said)


@pytest.mark.parametrize("said", ["Tem joia?", "Oi, qual o preço?", "Beijinho", "Urgente"])
def test_something_else_is_said(said):
    assert not courtesies.only(said)
