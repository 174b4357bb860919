"""Which passages are found by words, where many hold them, and where they are written otherwise."""

import pytest

from tests.knowledge import stock
from wa_assistant.knowledge.reading.split import Piece, tokens
from wa_assistant.knowledge.search import candidates, search

pytestmark = [
    pytest.mark.usefixtures("context"),
    pytest.mark.environment(OPENAI_API_KEY=None, OPENAI_BASE_URL=None),
]

MANUAL = "O manual cita férias uma vez, entre regras de uniformes, crachás, armários e conduta."


def best(query: str) -> str | None:
    found = search(query)
    return found[0].document if found else None


def many(text: str) -> None:
    """More passages than are ranked, all found before any that comes after."""
    pieces = [Piece(text, "", "", tokens(text))] * (candidates.MOST + 20)
    stock.documents([("manual.txt", pieces)])


@pytest.mark.parametrize("query", ["férias", "Como funcionam as férias?", "minhas ferias"])
def test_what_speaks_of_a_word_most_is_found_however_many_hold_it(query):
    many(MANUAL)
    text = "O período de férias é de trinta dias. As férias são pedidas com antecedência."
    stock.document("descanso.txt", text, heading="Férias")
    assert best(query) == "descanso.txt"


def test_a_short_passage_is_found_before_long_ones_that_hold_a_word_as_often():
    many(f"{MANUAL} {'Mais regras de conduta e de trabalho. ' * 40}")
    stock.document("descanso.txt", "São trinta dias de férias.")
    assert best("férias") == "descanso.txt"


def test_a_word_too_common_to_be_read_is_found_where_it_stands_strongly(monkeypatch):
    monkeypatch.setattr(candidates, "MOST_ROWS", 40)
    many(f"{MANUAL} {'Mais regras de conduta e de trabalho. ' * 40}")
    stock.document("descanso.txt", "Férias: trinta dias.")
    assert best("férias") == "descanso.txt"


@pytest.mark.parametrize(
    ("query", "document"),
    [
        ("qual o email de vcs?", "contato.txt"),
        ("e-mail", "contato.txt"),
        ("tem wifi?", "quartos.txt"),
        ("wi-fi", "quartos.txt"),
        ("horário do checkin", "quartos.txt"),
        ("abre às 18h", "horas.txt"),
        ("5kg", "horas.txt"),
        ("11987654321", "contato.txt"),
        ("aceita cartao de credto?", "pagar.txt"),
        ("rastreamnto", "pagar.txt"),
    ],
)
def test_a_word_is_found_however_it_is_written(query, document):
    stock.document("contato.txt", "Escreva, ou ligue (11) 98765-4321.", heading="Telefone e e-mail")
    stock.document("quartos.txt", "Os quartos têm wi-fi. O check-in começa à tarde.")
    stock.document("horas.txt", "Abrimos às 18 h. Pacotes de 5 kg.")
    stock.document("pagar.txt", "Cartão de crédito ou débito. O rastreamento é por telefone.")
    assert best(query) == document


def test_a_document_is_found_by_its_name_but_not_by_its_ending():
    stock.document("politica_de_trocas.txt", "Devolvemos o valor em sete dias.")
    stock.document("outro.txt", "Nada que ajude.")
    assert best("politica de troca") == "politica_de_trocas.txt"
    assert best("txt") is None


def test_two_forms_of_a_word_are_one_that_is_looked_up():
    stock.document("frete.txt", "Podemos entregar no bairro, com taxa.")
    stock.document("outro.txt", "Nada que ajude.")
    once, twice = search("fazem entrega")[0], search("fazem entrega? entregam?")[0]
    assert once.coverage == pytest.approx(twice.coverage)


@pytest.mark.parametrize("courtesy", ["Oi, boa tarde, tudo bem? ", "Olá! ", "Prezados, bom dia. "])
def test_courtesies_are_not_looked_up(courtesy):
    stock.document("horarios.txt", "A padaria abre às seis horas.")
    polite, plain = search(f"{courtesy}Que horas a padaria abre?"), search("horas padaria abre")
    assert polite[0].coverage == pytest.approx(plain[0].coverage) == pytest.approx(1)


def test_what_can_be_a_courtesy_is_looked_up_where_it_stands_alone():
    stock.document("noite.txt", "Abrimos de noite.")
    stock.document("outro.txt", "Abrimos cedo.")
    assert best("Boa tarde! Abrem de noite?") == "noite.txt"
