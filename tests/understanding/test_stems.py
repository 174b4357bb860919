"""Words are compared without case, accents and endings, in two languages."""

import pytest

from wa_assistant.understanding import stems


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
        ("papel", "papéis"),
        ("hotel", "hoteis"),
        ("móvel", "moveis"),
        ("fácil", "faceis"),
        ("lençol", "lencois"),
        ("pão", "paes"),
        ("pagar", "pagamento"),
        ("venceu", "vencimento"),
        ("aluguel", "aluguéis"),
        ("abre", "abrimos"),
        ("abrir", "abrem"),
    ],
)
def test_forms_of_a_word_meet(one, other):
    assert together(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("curso", "custo"), ("aluno", "aula"), ("1.500", "15"), ("mãe", "mãos"), ("abril", "abre")],
)
def test_different_words_do_not(one, other):
    assert not together(one, other)


def test_the_form_comes_first_and_order_is_kept_without_words_that_say_nothing():
    found = [stems.alternatives(each)[0] for each in stems.terms("Qual é o valor da Matrícula?")]
    assert found == ["valor", "matricula"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("e-mail", "email"),
        ("wi-fi", "wifi"),
        ("check-in", "checkin"),
        ("pré-pago", "prepago"),
        ("18h", "18 h"),
        ("10h30", "10:30"),
        ("5kg", "5 kg"),
        ("12x", "12 x"),
        ("(11) 98765-4321", "11987654321"),
        ("11 98765-4321", "(11)98765-4321"),
        ("123.456.789-00", "12345678900"),
    ],
)
def test_what_is_written_as_one_word_or_several_meets(one, other):
    both = [
        {stem for term in stems.terms(each) for stem in stems.alternatives(term)}
        for each in (one, other)
    ]
    assert both[0] & both[1]


def test_a_list_joined_by_hyphens_is_no_word():
    assert stems.terms("um-dois-tres-quatro-cinco" * 2000) != []
    found = [stems.alternatives(each)[0] for each in stems.terms("norte-sul-leste-oeste-centro")]
    assert found == ["norte", "sul", "leste", "oeste", "centro"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("trocas.pdf", "trocas"),
        ("Trocas", "Trocas"),
        ("v. de antes.md", "v. de antes"),
        (".md", ".md"),
    ],
)
def test_the_ending_is_no_word_of_a_name(name, words):
    assert stems.of_name(name) == words


def test_a_word_without_end_is_cut():
    (term,) = stems.terms("a" * 5000)
    assert all(len(stem) <= stems.LONGEST for stem in stems.alternatives(term))


@pytest.mark.parametrize("text", ["", "  ", "?!", "🚀", "de a o"])
def test_what_has_no_words_has_none(text):
    assert stems.terms(text) == []
