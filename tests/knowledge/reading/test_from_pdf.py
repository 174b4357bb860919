"""A PDF's table of contents tells which text stands under which heading."""

import pytest

from tests.knowledge import files
from wa_assistant.knowledge.reading.blocks import Unreadable
from wa_assistant.knowledge.reading.formats import read
from wa_assistant.models import Defect, DocumentKind

PAGES = [
    [
        "Preços e horários da escola.",
        "1. Preços",
        "A matrícula custa 120 reais.",
        "2. Horários",
        "Das 9 às 18.",
    ],
    ["Aos sábados até o meio-dia.", "Onde fica", "Rua X, 10."],
]


def found(content: bytes) -> list[tuple[tuple[str, ...], str]]:
    return [(block.headings, block.text) for block in read(DocumentKind.PDF, content)]


def test_a_heading_begins_where_its_title_stands_on_the_page():
    contents = [("Preços", 0), ("2. Horários", 0), ("Onde fica", 1)]
    assert found(files.pdf(PAGES, contents=contents)) == [
        ((), "Preços e horários da escola."),
        (("Preços",), "1. Preços A matrícula custa 120 reais."),
        (("2. Horários",), "2. Horários Das 9 às 18."),
        (("2. Horários",), "Aos sábados até o meio-dia."),
        (("Onde fica",), "Onde fica Rua X, 10."),
    ]


def test_a_title_that_is_not_on_its_page_holds_for_the_page():
    assert found(files.pdf(PAGES[1:], contents=[("Contato", 0)])) == [
        (("Contato",), "Aos sábados até o meio-dia."),
        (("Contato",), "Onde fica Rua X, 10."),
    ]


def test_a_page_of_text_on_a_picture_is_read_and_so_is_a_cover():
    page = ["A matrícula custa 120 reais e vale um ano, com direito a uma segunda chamada."]
    assert [text for _, text in found(files.pdf([["Catálogo"], page], scanned=True))] == [
        "Catálogo",
        *page,
    ]


def test_what_only_may_not_be_changed_is_read_and_what_has_a_password_is_not():
    assert found(files.pdf(PAGES[1:], password=b""))[0] == ((), "Aos sábados até o meio-dia.")
    with pytest.raises(Unreadable) as caught:
        read(DocumentKind.PDF, files.pdf(PAGES, password=b"segredo"))
    assert caught.value.defect == Defect.ENCRYPTED
