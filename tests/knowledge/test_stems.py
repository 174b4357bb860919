"""Words are compared without case, accents and endings, in two languages."""

import pytest

from wa_assistant.knowledge import stems


def together(one: str, other: str) -> bool:
    (a,), (b,) = stems.terms(one), stems.terms(other)
    return bool(set(stems.alternatives(a)) & set(stems.alternatives(b)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Matrícula", "MATRICULAS"),
        ("informações", "informacao"),
        ("inscrições", "inscrição"),
        ("disponível", "disponiveis"),
        ("pagamento", "pagamentos"),
        ("avião", "aviões"),
        ("courses", "course"),
        ("studying", "studied"),
        ("1.500", "1500"),
    ],
)
def test_forms_of_a_word_meet(one, other):
    assert together(one, other)


@pytest.mark.parametrize(("one", "other"), [("curso", "custo"), ("aluno", "aula"), ("1.500", "15")])
def test_different_words_do_not(one, other):
    assert not together(one, other)


def test_the_form_comes_first_and_order_is_kept_without_words_that_say_nothing():
    found = [stems.alternatives(each)[0] for each in stems.terms("Qual é o valor da Matrícula?")]
    assert found == ["valor", "matricula"]


def test_a_word_without_end_is_cut():
    (term,) = stems.terms("a" * 5000)
    assert all(len(stem) <= stems.LONGEST for stem in stems.alternatives(term))


@pytest.mark.parametrize("text", ["", "  ", "?!", "🚀", "de a o"])
def test_what_has_no_words_has_none(text):
    assert stems.terms(text) == []
