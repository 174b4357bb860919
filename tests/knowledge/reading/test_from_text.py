"""Markdown and tables of questions, as programs and people write them."""

import pytest

from wa_assistant.knowledge.reading.blocks import Unreadable
from wa_assistant.knowledge.reading.formats import read
from wa_assistant.models import Defect, DocumentKind

K = DocumentKind


def markdown(text: str) -> list[tuple[tuple[str, ...], str, int]]:
    return [(block.headings, block.text, block.at) for block in read(K.MARKDOWN, text.encode())]


def rows(text: str) -> list[str]:
    return [block.text for block in read(K.CSV, text.encode())]


def test_what_stands_in_front_for_a_program_is_its_title_and_no_more():
    text = '---\ntitle: "Preços de 2026"\ntags: [a, b]\n---\n# Matrícula\n\nR$ 120\n'
    assert markdown(text) == [(("Preços de 2026", "Matrícula"), "R$ 120", 7)]
    assert markdown("---\nlayout: x\n---\n\noi") == [((), "oi", 5)]


def test_a_line_across_the_page_is_not_taken_for_it():
    assert markdown("---\n\nAviso: fechado.\n\n---\n\noi") == [
        ((), "Aviso: fechado.", 3),
        ((), "oi", 7),
    ]
    assert [text for _, text, _ in markdown("---\nlayout: x\n\noi")] == ["layout: x", "oi"]


def test_comments_are_not_read_except_as_examples():
    text = "<!-- de\n\nrascunho -->\n\nantes <!-- nota -->depois\n\n# Um <!-- x -->\n\n"
    text += "```\n<!-- exemplo -->\n```\n\nsem <!-- fim"
    assert markdown(text) == [
        ((), "antes depois", 5),
        (("Um",), "```\n<!-- exemplo -->\n```", 9),
        (("Um",), "sem <!-- fim", 13),
    ]


def test_markdown_of_comments_alone_has_no_text():
    with pytest.raises(Unreadable) as caught:
        read(K.MARKDOWN, b"<!-- nada -->\n")
    assert caught.value.defect == Defect.NO_TEXT


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            '"Oi, tudo bem, posso pagar no boleto?";"Sim, pode"',
            ["Oi, tudo bem, posso pagar no boleto?\nSim, pode"],
        ),
        (
            "Pergunta;Resposta, com detalhes, e mais\nOnde?;Rua X, 10, fundos\nE?;Sim",
            [
                "Onde?\nresposta, com detalhes, e mais: Rua X, 10, fundos",
                "E?\nresposta, com detalhes, e mais: Sim",
            ],
        ),
        ("sep=;\nPergunta;Resposta\nAbre, sim?;Sim, abre", ["Abre, sim?\nSim, abre"]),
        ("Dúvidas,Resposta\nOnde?,Aqui", ["Onde?\nAqui"]),
        (
            "Pergunta|Resposta\nQual, entre a; e b?|As duas; juntas",
            ["Qual, entre a; e b?\nAs duas; juntas"],
        ),
        ("Abre sábado?;Sim, até meio-dia", ["Abre sábado?\nSim, até meio-dia"]),
    ],
)
def test_cells_end_where_most_rows_have_as_many(text, found):
    assert rows(text) == found


def test_a_row_tells_its_line_below_what_excel_writes_first():
    (block,) = read(K.CSV, b"sep=;\nPergunta;Resposta\nOnde?;Aqui")
    assert block.at == 3
