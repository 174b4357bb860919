"""Of a Word document all is read that one sees: notes, numbers, heads, what lies within it."""

import io
import zipfile

import docx
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.knowledge import files
from wa_assistant.knowledge.reading.formats import read
from wa_assistant.knowledge.reading.split import split
from wa_assistant.models import DocumentKind

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
STRICT = [
    (b"http://schemas.openxmlformats.org/wordprocessingml/2006/", b"wordprocessingml"),
    (b"http://schemas.openxmlformats.org/officeDocument/2006/", b"officeDocument"),
    (b"http://schemas.openxmlformats.org/drawingml/2006/", b"drawingml"),
]


def saved(document: Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def texts(document: Document) -> list[str]:
    return [block.text for block in read(DocumentKind.DOCX, saved(document))]


def put(document: Document, inner: str) -> None:
    """A paragraph, written in XML, at the end."""
    paragraph = parse_xml(f"<w:p {nsdecls('w', 'r')} {MATH}>{inner}</w:p>")
    document.element.body.insert(len(document.element.body) - 1, paragraph)


def run(words: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{words}</w:t></w:r>"


def attach(document: Document, name: str, content_type: str, content: bytes, kind: str) -> str:
    part = Part(PackURI(f"/word/{name}"), content_type, content, document.part.package)
    return document.part.relate_to(part, f"{RELATIONSHIPS}/{kind}")


def noted(document: Document, kind: str, **notes: str) -> None:
    inner = "".join(
        f"<w:{kind} w:id='{id_[1:]}'><w:p>{run(words)}</w:p></w:{kind}>"
        for id_, words in notes.items()
    )
    whole = f"<w:{kind}s {nsdecls('w')}>{inner}</w:{kind}s>".encode()
    attach(document, f"{kind}s.xml", "application/xml", whole, f"{kind}s")


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note_stands_in_the_sentence_that_it_is_to(kind):
    document = docx.Document()
    mark = f"<w:r><w:{kind}Reference w:id='2'/></w:r>"
    put(document, f"{run('A multa é de 2%.')}{mark}{run(' O foro é Recife.')}")
    noted(document, kind, n2="Exceto em feriados.")
    assert texts(document) == ["A multa é de 2% (Exceto em feriados). O foro é Recife."]


def test_two_notes_stand_side_by_side_and_one_that_is_missing_is_none():
    document = docx.Document()
    marks = "".join(f"<w:r><w:footnoteReference w:id='{id_}'/></w:r>" for id_ in (2, 3, 9))
    put(document, f"{run('O prazo')}{marks}{run(' é de um mês')}")
    noted(document, "footnote", n2="corrido", n3="sem feriados")
    assert texts(document) == ["O prazo (corrido) (sem feriados) é de um mês"]


def numbered(document: Document, formats: list[tuple[str, str]]) -> None:
    """A list of these levels, (numFmt, lvlText), as number 77."""
    numbering = document.part.numbering_part.element
    levels = "".join(
        f"<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{written}'/>"
        f"<w:lvlText w:val='{text}'/></w:lvl>"
        for at, (written, text) in enumerate(formats)
    )
    kind = f"<w:abstractNum {nsdecls('w')} w:abstractNumId='77'>{levels}</w:abstractNum>"
    numbering.insert(0, parse_xml(kind))
    for number, inner in (
        (77, ""),
        (78, "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride>"),
    ):
        one = (
            f"<w:num {nsdecls('w')} w:numId='{number}'><w:abstractNumId w:val='77'/>{inner}</w:num>"
        )
        numbering.append(parse_xml(one))


def item(document: Document, level: int, words: str, number: int = 77) -> None:
    place = f"<w:ilvl w:val='{level}'/><w:numId w:val='{number}'/>"
    put(document, f"<w:pPr><w:numPr>{place}</w:numPr></w:pPr>{run(words)}")


def test_items_have_their_numbers_and_a_list_may_begin_anew():
    document = docx.Document()
    numbered(document, [("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "%1.%3")])
    for level, words in (
        (0, "um"),
        (1, "dois"),
        (1, "três"),
        (2, "quatro"),
        (0, "cinco"),
        (1, "seis"),
    ):
        item(document, level, words)
    item(document, 0, "sete", 78)
    item(document, 0, "oito", 78)
    assert texts(document) == [
        *("1. um", "a) dois", "b) três", "1.i quatro", "2. cinco", "a) seis"),
        *("1. sete", "2. oito"),
    ]


def test_letters_and_roman_figures_go_on_beyond_the_first():
    document = docx.Document()
    numbered(document, [("upperLetter", "%1"), ("upperRoman", "%2")])
    for _ in range(27):
        item(document, 0, "x")
    for _ in range(9):
        item(document, 1, "y")
    found = texts(document)
    assert (found[25], found[26], found[-1], found[-6]) == ("Z x", "AA x", "IX y", "IV y")


def test_a_style_gives_a_number_and_a_bullet_gives_none():
    document = docx.Document()
    document.add_paragraph("primeiro", style="List Number")
    document.add_paragraph("segundo", style="List Number")
    document.add_paragraph("ponto", style="List Bullet")
    assert texts(document) == ["1. primeiro", "2. segundo", "ponto"]


def test_a_heading_has_its_number_and_an_outline_makes_one():
    document = docx.Document()
    numbered(document, [("decimal", "Cláusula %1ª"), ("decimal", "%1.%2")])
    place = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='77'/></w:numPr>"
    put(document, f"<w:pPr><w:pStyle w:val='Heading1'/>{place}</w:pPr>{run('Do preço')}")
    put(document, run("São dez reais."))
    put(document, f"<w:pPr><w:outlineLvl w:val='1'/></w:pPr>{run('Desconto')}")
    put(document, run("Não há."))
    assert [(block.headings, block.text) for block in read(DocumentKind.DOCX, saved(document))] == [
        (("Cláusula 1ª Do preço",), "São dez reais."),
        (("Cláusula 1ª Do preço", "Desconto"), "Não há."),
    ]


def test_heads_and_feet_of_pages_are_said_once_and_numbers_not():
    document = docx.Document()
    for words in ("Escola Azul", "Escola Azul"):
        section = document.sections[-1]
        section.header.is_linked_to_previous = False
        section.footer.is_linked_to_previous = False
        section.header.paragraphs[0].text = words
        section.footer.paragraphs[0].text = "Dúvidas: (11) 3333-4444 | Página 1 de 4"
        document.add_paragraph("Regras.")
        document.add_section()
    assert texts(document) == ["Escola Azul", "Regras.", "Regras.", "Dúvidas: (11) 3333-4444"]


def test_a_row_is_told_with_its_columns_names():
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    rows = (
        ("Plano", "Mensal", "Anual"),
        ("Básico", "R$ 29", "R$ 299"),
        ("Empresa", "", "R$ 1.999"),
    )
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    (piece,) = split(read(DocumentKind.DOCX, saved(document)))
    assert piece.text.split("\n") == [
        "Plano: Básico · Mensal: R$ 29 · Anual: R$ 299",
        "Plano: Empresa · Anual: R$ 1.999",
    ]


def test_names_that_the_document_marks_are_names_whatever_they_are():
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    for at, words in enumerate((("Taxa?", ""), ("Wi-Fi", "Sim"), ("Café", "Não"))):
        for cell, text in zip(table.rows[at].cells, words, strict=True):
            cell.text = text
    table.cell(0, 1).text = "Incluso."
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    (piece,) = split(read(DocumentKind.DOCX, saved(document)))
    assert piece.text.split("\n")[0] == "Taxa?: Wi-Fi · Incluso.: Sim"


def strict(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            for transitional, word in STRICT:
                part = part.replace(transitional, b"http://purl.oclc.org/ooxml/" + word + b"/")
            new.writestr(name, part)
    return out.getvalue()


def test_strict_open_xml_is_read_like_any_other():
    document = docx.Document()
    document.add_heading("Preços", 1)
    document.add_paragraph("São dez reais.")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "a", "b"
    found = [
        (each.headings, each.text) for each in read(DocumentKind.DOCX, strict(saved(document)))
    ]
    assert found == [(("Preços",), "São dez reais."), (("Preços",), "a | b")]


@pytest.mark.parametrize(
    ("name", "content_type", "content"),
    [
        ("a.html", "text/html", "<h2>Dentro</h2><p>Ação à parte.</p>".encode("cp1252")),
        ("b.txt", "text/plain", "Ação à parte.".encode()),
        (
            "c.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            files.docx([("Normal", "Ação à parte.")]),
        ),
    ],
)
def test_what_was_put_in_as_another_document_is_read(name, content_type, content):
    document = docx.Document()
    document.add_heading("Anexo", 1)
    id_ = attach(document, name, content_type, content, "aFChunk")
    chunk = parse_xml(f"<w:altChunk {nsdecls('w', 'r')} r:id='{id_}'/>")
    document.element.body.insert(1, chunk)
    document.add_paragraph("Depois.")
    found = [(each.headings[0], each.text) for each in read(DocumentKind.DOCX, saved(document))]
    assert found == [("Anexo", "Ação à parte."), ("Anexo", "Depois.")]


def test_a_document_within_itself_without_end_is_not():
    content = files.docx([("Normal", "fim")])
    for _ in range(6):
        document = docx.Document()
        document.add_paragraph("mais um")
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        id_ = attach(document, "c.docx", kind, content, "aFChunk")
        document.element.body.insert(
            0, parse_xml(f"<w:altChunk {nsdecls('w', 'r')} r:id='{id_}'/>")
        )
        content = saved(document)
    assert [each.text for each in read(DocumentKind.DOCX, content)] == ["mais um"] * 3


def mr(words: str) -> str:
    return f"<m:r><m:t>{words}</m:t></m:r>"


@pytest.mark.parametrize(
    ("equation", "text"),
    [
        (f"<m:f><m:num>{mr('a+b')}</m:num><m:den>{mr('2')}</m:den></m:f>", "(a+b)/2"),
        (f"<m:sSup><m:e>{mr('x')}</m:e><m:sup>{mr('2')}</m:sup></m:sSup>{mr('+1')}", "x^2+1"),
        (f"<m:sSub><m:e>{mr('V')}</m:e><m:sub>{mr('max')}</m:sub></m:sSub>", "V_max"),
        (f"<m:rad><m:deg/><m:e>{mr('9+y')}</m:e></m:rad>", "√(9+y)"),
        (
            f"<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{mr('i=1')}</m:sub>"
            f"<m:sup>{mr('n')}</m:sup><m:e>{mr('i')}</m:e></m:nary>",
            "∑_(i=1)^n i",
        ),
        (f"<m:d><m:e>{mr('a')}</m:e><m:e>{mr('b')}</m:e></m:d>", "(a, b)"),
    ],
)
def test_an_equation_is_typed(equation, text):
    document = docx.Document()
    put(document, f"{run('Juros: ')}<m:oMath>{equation}</m:oMath>{run('.')}")
    assert texts(document) == [f"Juros: {text}."]


def test_a_link_in_the_foot_of_a_page_tells_where_it_leads():
    document = docx.Document()
    footer = document.sections[0].footer
    made = footer.part.relate_to("https://e.example", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = f"<w:hyperlink {nsdecls('w', 'r')} r:id='{made}'>{run('Site')}</w:hyperlink>"
    footer.paragraphs[0]._p.append(parse_xml(link))
    document.add_paragraph("Oi.")
    assert texts(document) == ["Oi.", "Site (https://e.example)"]
