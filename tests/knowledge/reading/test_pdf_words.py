"""Words that a PDF cuts in two at the end of a line are whole again."""

import pytest

from tests.knowledge.sheets import Sheet, pdf
from wa_assistant.knowledge.reading.formats import read
from wa_assistant.models import DocumentKind


def texts(*sheets: Sheet) -> list[str]:
    return [block.text for block in read(DocumentKind.PDF, pdf(*sheets))]


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (("A rescisão contra-", "tual exige aviso"), "A rescisão contratual exige aviso"),
        (("sem a administra-", "ção do prédio"), "sem a administração do prédio"),
        (("com antece-", "dência de um mês"), "com antecedência de um mês"),
        (("the reim-", "bursement of costs"), "the reimbursement of costs"),
        (("la devolu-", "ción del dinero"), "la devolución del dinero"),
        (("mora em Pindamonhan-", "gaba desde maio"), "mora em Pindamonhangaba desde maio"),
        (("a cada segunda-", "feira às nove"), "a cada segunda-feira às nove"),
        (("traga o guarda-", "chuva consigo"), "traga o guarda-chuva consigo"),
        (("a loja encontra-", "se aberta"), "a loja encontra-se aberta"),
        (("plano pré-", "datado da casa"), "plano pré-datado da casa"),
        (("rescindido uni-", "lateralmente por nós"), "rescindido unilateralmente por nós"),
        (("pago men-", "salmente, até o dia 5"), "pago mensalmente, até o dia 5"),
        (("paga-se bi-", "anualmente a taxa"), "paga-se bianualmente a taxa"),
        (("responde solidaria-", "mente o fiador"), "responde solidariamente o fiador"),
    ],
)
def test_a_word_is_whole_and_a_compound_keeps_its_hyphen(lines, whole):
    assert texts(Sheet().lines(50, 100, *lines)) == [whole]


def test_what_the_document_writes_elsewhere_counts_most():
    sheet = Sheet().lines(50, 100, "O GiroZap atende. No Giro-", "Zap há suporte.")
    sheet.lines(50, 200, "O Pega-Pronto é da casa, e quem pede Pega-", "Pronto paga no balcão.")
    found = " ".join(texts(sheet))
    assert "No GiroZap há suporte" in found
    assert "pede Pega-Pronto paga" in found


def test_a_figure_keeps_its_hyphen_and_so_does_one_within_a_line():
    sheet = Sheet().lines(50, 100, "O bem-estar vem em 2024-", "2025 e o tele-", "fone é fixo")
    assert texts(sheet) == ["O bem-estar vem em 2024-2025 e o telefone é fixo"]


def test_a_word_of_a_cell_is_whole_too():
    sheet = Sheet().table(
        (50, 200),
        100,
        ("Plano", "Condição"),
        ("Básico", "sem rescisão contra-\ntual até maio, 10%"),
        ("Pro", "livre, 20%"),
    )
    assert "Plano: Básico · Condição: sem rescisão contratual até maio, 10%" in texts(sheet)
