"""A school's manual: numbered headings, a note, cells that hold for several, a head and a foot."""

import docx
import pytest

from tests.knowledge.reading.test_docx_parts import noted, put, run, saved
from tests.knowledge.sheets import Sheet, pdf
from wa_assistant.knowledge.reading import page_numbers
from wa_assistant.knowledge.reading.formats import read
from wa_assistant.knowledge.reading.split import split
from wa_assistant.models import DocumentKind

HEAD, FOOT = "Escola Caminho – Manual da Família 2027", "Documento interno, não compartilhar"
NOTE = "O desconto não vale para o turno integral."


def test_a_manual_with_all_of_it():
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text, section.footer.paragraphs[0].text = HEAD, FOOT
    document.add_heading("Descontos", 2)
    mark = "<w:r><w:endnoteReference w:id='2'/></w:r>"
    put(document, f"{run('Irmãos têm 10% de desconto')}{mark}{run('.')}")
    noted(document, "endnote", n2=NOTE)
    document.add_heading("Valores", 2)
    table = document.add_table(rows=5, cols=3)
    rows = (("", "Manhã", "Integral"), ("Maternal", "780,00", "1.290,00"), ("Jardim I", "820,00"))
    for number, cells in enumerate((*rows, ("Jardim II", "860,00")), 1):
        for place, words in enumerate(cells):
            table.cell(number, place).text = words
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Turma"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Mensalidade"
    table.cell(3, 2).merge(table.cell(4, 2)).text = "1.350,00"
    (piece,) = split(read(DocumentKind.DOCX, saved(document)))
    lines = piece.text.split("\n")
    assert f"Irmãos têm 10% de desconto ({NOTE[:-1]})." in lines
    assert [each for each in lines if each.startswith("Turma")] == [
        f"Turma: {name} · Mensalidade Manhã: {morning} · Mensalidade Integral: {whole}"
        for name, morning, whole in (
            ("Maternal", "780,00", "1.290,00"),
            ("Jardim I", "820,00", "1.350,00"),
            ("Jardim II", "860,00", "1.350,00"),
        )
    ]
    assert piece.text.count(HEAD) == piece.text.count(FOOT) == 1


@pytest.mark.parametrize(
    ("text", "words", "number"),
    [
        (HEAD, HEAD, None),
        ("2026 Tabela de preços", "2026 Tabela de preços", None),
        ("Manual da Família 27", "Manual da Família", 27),
        ("12 | Regulamento", "Regulamento", 12),
        ("2027", "", 2027),
        ("Manual 2027 – Página 3 de 9", "Manual 2027", None),
    ],
)
def test_a_year_beside_words_is_no_number_of_a_page(text, words, number):
    assert page_numbers.apart(text) == (words, number)


def test_a_head_with_a_year_is_said_once():
    sheets = [Sheet().write(150, 36, HEAD, 8).lines(72, 300, f"Artigo {at}.") for at in "abc"]
    told = [block.text for block in read(DocumentKind.PDF, pdf(*sheets))]
    assert told.count(HEAD) == 1
