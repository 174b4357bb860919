"""A heading is text too: where nothing stands beneath it, it is all there was to say."""

import pytest

from tests.knowledge import files
from wa_assistant.knowledge.reading.formats import read
from wa_assistant.models import DocumentKind

K = DocumentKind
MARKDOWN = """# Contato

## WhatsApp: 11 98765-4321

## Endereço: Rua X, 10

Perto do metrô.

## Estacionamento grátis
"""
HTML = """<h1>Contato</h1><h2>WhatsApp: 11 98765-4321</h2><h2>Endereço: Rua X, 10</h2>
<p>Perto do metrô.</p><h2>Estacionamento grátis</h2>"""
DOCX = [
    ("Title", "Contato"),
    ("Heading 1", "WhatsApp: 11 98765-4321"),
    ("Heading 1", "Endereço: Rua X, 10"),
    ("Normal", "Perto do metrô."),
    ("Heading 1", "Estacionamento grátis"),
]


@pytest.mark.parametrize(
    ("kind", "content"),
    [(K.MARKDOWN, MARKDOWN.encode()), (K.HTML, HTML.encode()), (K.DOCX, files.docx(DOCX))],
)
def test_a_heading_with_nothing_beneath_it_is_read_under_those_above(kind, content):
    assert [(block.headings, block.text) for block in read(kind, content)] == [
        (("Contato",), "WhatsApp: 11 98765-4321"),
        (("Contato", "Endereço: Rua X, 10"), "Perto do metrô."),
        (("Contato",), "Estacionamento grátis"),
    ]


def test_a_document_of_headings_alone_is_read():
    blocks = read(K.MARKDOWN, "# Aberto das 9 às 18\n\n# Rua X, 10\n".encode())
    assert [(block.text, block.at) for block in blocks] == [
        ("Aberto das 9 às 18", 1),
        ("Rua X, 10", 3),
    ]


def test_an_empty_heading_ends_a_section_and_is_no_block():
    blocks = read(K.MARKDOWN, "# Um\n\n## Dois\n\n##\n\ntrês".encode())
    assert [(block.headings, block.text) for block in blocks] == [
        (("Um",), "Dois"),
        (("Um",), "três"),
    ]
