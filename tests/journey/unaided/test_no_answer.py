"""A courtesy, a bare yes, and that there is none: told from an answer by the whole message."""

import pytest

from wa_assistant.journey.unaided import no_answer


@pytest.mark.parametrize(
    "words",
    [
        "Sim",
        "siiim!",
        "s",
        "Claro, com certeza",
        "quero deixar um recado",
        "Yes, please",
        "ok, sim",
    ],
)
def test_a_bare_yes(words):
    assert no_answer.only_agrees(words)


@pytest.mark.parametrize(
    "words",
    [
        "Oi",
        "Oi, tudo bem com vocês",
        "ok",
        "Obrigada!",
        "Tá bom!",
        "vlw, tchau",
        "👍🏽",
        "...",
        "Thank you, bye",
    ],
)
def test_a_courtesy(words):
    assert no_answer.says_nothing(words)
    assert not no_answer.only_agrees(words)
    assert not no_answer.has_none(words)


@pytest.mark.parametrize(
    "words",
    [
        *("agora não", "não precisa", "por enquanto não", "nada", "nenhum", "sem recado"),
        *("Não, obrigada", "não tenho nada a dizer", "fica pra próxima", "not now, thanks", "None"),
    ],
)
def test_that_there_is_no_answer(words):
    assert no_answer.has_none(words)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "Sim, gostei de tudo",
            "Tudo bem",
            "Ótimo",
            "Amigo",
            "10",
            "3 anos",
            "oi pessoal do café",
        ),
        *("nada mudou", "sem emprego", "agora não trabalho", "Nenhum café chegou", "Dona Sim", "é"),
    ],
)
def test_with_any_other_word_it_may_be_an_answer(words):
    assert not no_answer.says_nothing(words)
    assert not no_answer.has_none(words)
