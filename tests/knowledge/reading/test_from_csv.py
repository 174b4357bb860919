"""Each row of a table says its columns' names, whatever the table is of."""

import pytest

from wa_assistant.knowledge.reading.formats import read
from wa_assistant.knowledge.reading.split import split
from wa_assistant.models import DocumentKind


def passages(text: str) -> list[str]:
    return [piece.text for piece in split(read(DocumentKind.CSV, text.encode()))]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Produto;Preço;Prazo de entrega;Estoque\nBolo;45,00;2;12\nTorta de limão;38,50;3;4\n",
            [
                "Produto: Bolo · Preço: 45,00 · Prazo de entrega: 2 · Estoque: 12",
                "Produto: Torta de limão · Preço: 38,50 · Prazo de entrega: 3 · Estoque: 4",
            ],
        ),
        (
            "Dia;Abre;Fecha\nSegunda;09:00;18:00\nDomingo;;\nSábado;10:00;14:00",
            [
                "Dia: Segunda · Abre: 09:00 · Fecha: 18:00",
                "Domingo",
                "Dia: Sábado · Abre: 10:00 · Fecha: 14:00",
            ],
        ),
        (
            "nome,cidade,curso\nAna,Recife,Inglês\nBia,,Francês\n",
            ["nome: Ana · cidade: Recife · curso: Inglês", "nome: Bia · curso: Francês"],
        ),
        ("Plano,2025,2026\nBásico,10,12\n", ["Plano: Básico · 2025: 10 · 2026: 12"]),
        (
            "Cidade;Loja\nRecife;Shopping\nOlinda;Carmo",
            ["Cidade: Recife · Loja: Shopping", "Cidade: Olinda · Loja: Carmo"],
        ),
        ("Setor\tRamal\nCobrança\t210\n", ["Setor: Cobrança · Ramal: 210"]),
        (
            "Preços de 2026;;\nCurso;Mensal;Anual\nInglês;90;900\n",
            ["Preços de 2026", "Curso: Inglês · Mensal: 90 · Anual: 900"],
        ),
        ("Item;Preço\nMesa;900;à vista\n", ["Item: Mesa · Preço: 900 · à vista"]),
    ],
)
def test_each_row_is_told_with_its_names_and_the_head_is_no_passage(text, told):
    assert passages(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Wi-Fi;Sim\nEstacionamento;Não\n", ["Wi-Fi\nSim", "Estacionamento\nNão"]),
        ("Abre domingo?;Não\nTem wi-fi?;Tem", ["Abre domingo?\nNão", "Tem wi-fi?\nTem"]),
        ("Torta;38,50\nBolo;45,00\n", ["Torta\n38,50", "Bolo\n45,00"]),
    ],
)
def test_rows_that_have_no_names_are_questions_and_answers(text, told):
    assert passages(text) == told
