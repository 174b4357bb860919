"""A Word document is read as it is seen: its tables in their columns, its changes accepted."""

import io
import re
import zipfile

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from wa_assistant.knowledge.reading.formats import read
from wa_assistant.models import DocumentKind

PRICES = [
    ("", "Básico", "Pro", "VIP"),
    ("Matrícula", "R$ 50", "R$ 50", "R$ 80"),
    ("Wi-Fi", "Sim", "", "Sim"),
]


def saved(document: Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def texts(document: Document) -> list[str]:
    return [block.text for block in read(DocumentKind.DOCX, saved(document))]


def paragraph(inner: str) -> Document:
    """A document of one paragraph, written in XML."""
    document = docx.Document()
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w', 'r')}>{inner}</w:p>"))
    return document


def test_equal_and_empty_cells_keep_their_columns():
    document = docx.Document()
    table = document.add_table(rows=3, cols=4)
    for row, words in zip(table.rows, PRICES, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    assert texts(document) == [
        "| Básico | Pro | VIP",
        "Matrícula | R$ 50 | R$ 50 | R$ 80",
        "Wi-Fi | Sim | | Sim",
    ]


def test_a_merged_cell_holds_for_all_it_spans_and_a_whole_row_is_said_once():
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "Preços"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Matrícula"
    table.cell(1, 1).merge(table.cell(1, 2)).text = "R$ 50"
    table.cell(2, 1).text, table.cell(2, 2).text = "R$ 60", "R$ 80"
    assert texts(document) == [
        "Preços",
        "Matrícula | R$ 50 | R$ 50",
        "Matrícula | R$ 60 | R$ 80",
    ]


def test_a_table_within_a_cell_is_read():
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "fora"
    cell.add_table(1, 2).cell(0, 1).text = "dentro"
    assert texts(document) == ["fora", "| dentro"]


def test_tracked_changes_are_read_as_accepted():
    document = paragraph(
        "<w:r><w:t xml:space='preserve'>A taxa é </w:t></w:r>"
        "<w:del w:id='1' w:author='x'><w:r><w:delText>R$ 1</w:delText></w:r></w:del>"
        "<w:moveFrom w:id='2' w:author='x'><w:r><w:t>R$ 2</w:t></w:r></w:moveFrom>"
        "<w:ins w:id='3' w:author='x'><w:r><w:t>R$ 999</w:t></w:r></w:ins>"
    )
    assert texts(document) == ["A taxa é R$ 999"]


def test_what_a_form_holds_is_read():
    document = paragraph(
        "<w:sdt><w:sdtContent><w:r><w:t>no meio</w:t></w:r></w:sdtContent></w:sdt>"
    )
    block = "<w:sdtContent><w:p><w:r><w:t>à parte</w:t></w:r></w:p></w:sdtContent>"
    document.element.body.insert(1, parse_xml(f"<w:sdt {nsdecls('w')}>{block}</w:sdt>"))
    assert texts(document) == ["no meio", "à parte"]


def test_hidden_words_are_not_read():
    document = docx.Document()
    shown = document.add_paragraph("visto")
    shown.add_run(" oculto").font.hidden = True
    shown.add_run(" também").font.hidden = False
    assert texts(document) == ["visto também"]


def test_a_link_tells_where_it_leads():
    target = "https://escola.example/inscricao"
    document = paragraph(
        "<w:r><w:t xml:space='preserve'>Inscreva-se </w:t></w:r>"
        "<w:hyperlink r:id='rIdLink'><w:r><w:t>aqui</w:t></w:r></w:hyperlink>"
    )
    made = document.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    for link in document.element.body.iter("{*}hyperlink"):
        link.set(qn("r:id"), made)
    assert texts(document) == [f"Inscreva-se aqui ({target})"]


def test_its_main_part_may_have_another_name():
    document = docx.Document()
    document.add_paragraph("Das 9 às 18.")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(document))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = re.sub(rb"(?<=word/)document(?=\.xml)", b"document2", old.read(name))
            new.writestr(name.replace("document.xml", "document2.xml"), content)
    assert [block.text for block in read(DocumentKind.DOCX, out.getvalue())] == ["Das 9 às 18."]
