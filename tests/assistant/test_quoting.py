"""Without a model nobody gets another subject's sentence, and what the documents say is found."""

import pytest

from tests.assistant import customers
from tests.knowledge import stock
from wa_assistant.assistant import quoting, retrieval
from wa_assistant.knowledge.reading import formats
from wa_assistant.knowledge.reading.split import split
from wa_assistant.knowledge.search import current_thresholds
from wa_assistant.models import DocumentKind

pytestmark = [
    pytest.mark.usefixtures("context"),
    pytest.mark.environment(OPENAI_API_KEY=None, OPENAI_BASE_URL=None),
]

MOST_QUOTED, MOST_REFUSED, MOST_WRONG = 6, 3, 4  # of sixty


def quoted(question: str) -> str:
    found = retrieval.find(question).candidates
    chosen = quoting.choose(question, found, current_thresholds())
    return chosen[1] if chosen else ""


def kept(name: str, text: str, kind: DocumentKind = DocumentKind.MARKDOWN) -> None:
    stock.documents([(name, list(split(formats.read(kind, text.encode()))))])


@pytest.fixture
def documents():
    for name, text in customers.DOCUMENTS.items():
        kept(name, text)


def test_of_sixty_questions_about_something_else_hardly_one_gets_a_quote(documents):
    asked = customers.ASKED_OF_A_SHOP.split("\n")
    assert len(asked) == 60
    got = [(question, words) for question in asked if (words := quoted(question))]
    assert len(got) <= MOST_QUOTED, got


def test_of_sixty_questions_that_are_answered_hardly_one_is_refused(documents):
    asked = [line.split(" | ") for line in customers.ANSWERED.split("\n")]
    assert len(asked) == 60
    got = [(question, words, quoted(question)) for question, words in asked]
    refused = [question for question, _, said in got if not said]
    wrong = [(question, said) for question, words, said in got if said and words not in said]
    assert len(refused) <= MOST_REFUSED, refused
    assert len(wrong) <= MOST_WRONG, wrong


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Quanto é o frete?", "Na frente do prédio há vagas, por dez reais a hora."),
        ("quanto custa?", "A visita guiada é curta e sai às nove horas, sem fila."),
        ("tem bolsa de couro?", "O curso de inglês tem bolso para quem precisa."),
    ],
)
def test_a_mended_word_finds_and_carries_nothing(question, text):
    stock.document("a.txt", text)
    assert quoted(question) == ""


@pytest.mark.parametrize(
    "question",
    ["vocês entregam em casa?", "tem vestido azul na vitrine da sala?", "o sofá cabe no elevador?"],
)
def test_one_word_does_not_carry_a_question_of_several(question):
    stock.document("a.txt", "A casa tem elevador, e na sala cabem vinte pessoas sentadas.")
    stock.document("b.txt", "Outra coisa, de outro lugar.")
    assert quoted(question) == ""


def test_one_word_carries_a_question_of_one():
    stock.document("a.txt", "Temos estacionamento na frente.")
    assert quoted("tem estacionamento?") == "Temos estacionamento na frente."


@pytest.mark.parametrize(
    ("question", "answers"),
    [("quanto custa a matrícula?", True), ("onde fica a matrícula?", False)],
)
def test_what_is_asked_for_must_be_there(question, answers):
    stock.document("a.txt", "A matrícula: R$ 120,00 por ano.")
    assert bool(quoted(question)) == answers


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (
            DocumentKind.MARKDOWN,
            "| Plano | Mensal |\n|---|---|\n| Básico | R$ 29. Sem taxa. |\n| Pro | R$ 59 |\n",
        ),
        (DocumentKind.CSV, "Plano;Mensal\nBásico;R$ 29. Sem taxa.\nPro;R$ 59\n"),
        (
            DocumentKind.HTML,
            "<table><tr><th>Plano<th>Mensal<tr><td>Básico<td>R$ 29. Sem taxa."
            "<tr><td>Pro<td>R$ 59</table>",
        ),
    ],
)
def test_a_row_is_quoted_whole_with_its_heads(kind, text):
    kept(f"planos.{kind}", text, kind)
    assert "Plano: Básico · Mensal: R$ 29. Sem taxa." in quoted("quanto custa o plano básico?")


SHOP = """\
# Loja da Ana

## Horário

A loja abre de segunda a sexta das 9h às 18h.

## Endereço

Rua das Flores, 123, Centro, Campinas.

## Trocas

Peças são trocadas em até 30 dias. Traga a nota fiscal.

## Estacionamento

Rua Azul, 40
atrás da loja.
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("onde fica a loja?", "Endereço\nRua das Flores, 123, Centro, Campinas."),
        ("qual o endereço?", "Endereço\nRua das Flores, 123, Centro, Campinas."),
        ("endereço da loja", "Endereço\nRua das Flores, 123, Centro, Campinas."),
        ("trocas", "Trocas\nPeças são trocadas em até 30 dias. Traga a nota fiscal."),
        ("tem estacionamento?", "Estacionamento\nRua Azul, 40\natrás da loja."),
    ],
)
def test_a_heading_within_a_passage_is_quoted_with_what_stands_below_it(question, said):
    kept("loja.md", SHOP)
    assert quoted(question) == said
