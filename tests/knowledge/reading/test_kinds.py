"""Text out of every kind of file, or a reason why there is none."""

import pytest

from tests.knowledge import files
from wa_assistant.knowledge.reading import kinds
from wa_assistant.knowledge.reading.blocks import Unreadable
from wa_assistant.knowledge.reading.formats import read
from wa_assistant.knowledge.reading.kinds import kind_of
from wa_assistant.models import Defect, DocumentKind

K = DocumentKind
PAGES = [["Regras da escola", "A matrícula custa R$ 120."], ["Horário: das 9 às 18."]]


def texts(kind: DocumentKind, content: bytes) -> list[str]:
    return [block.text for block in read(kind, content)]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("regras.pdf", K.PDF),
        ("Regras.PDF", K.PDF),
        ("a.b.docx", K.DOCX),
        ("notas.md", K.MARKDOWN),
        ("🚀.txt", K.TEXT),
        ("../../etc/x.html", K.HTML),
        ("faq.csv", K.CSV),
        ("programa.exe", None),
        ("pdf", None),
        ("", None),
    ],
)
def test_the_ending_tells_the_kind(name, kind):
    assert kind_of(name) == kind


def test_a_pdf_is_read_page_by_page():
    blocks = read(K.PDF, files.pdf(PAGES))
    assert {(block.at, block.unit) for block in blocks} == {(1, "p."), (2, "p.")}
    assert "matrícula custa R$ 120." in blocks[0].text
    assert "das 9 às 18." in blocks[-1].text


def test_a_word_document_keeps_its_headings_and_tables():
    content = files.docx(
        [
            ("Title", "Manual"),
            ("Heading 1", "Preços"),
            ("Normal", "A matrícula custa 120."),
            ("table", "Curso|Preço"),
            ("Heading 2", "Descontos"),
            ("List Bullet", "Irmãos: 10%"),
        ]
    )
    found = [(block.headings, block.text) for block in read(K.DOCX, content)]
    assert found == [
        (("Manual", "Preços"), "A matrícula custa 120."),
        (("Manual", "Preços"), "Curso | Preço"),
        (("Manual", "Preços", "Descontos"), "Irmãos: 10%"),
    ]


def test_markdown_keeps_headings_and_what_only_looks_like_one_does_not_count():
    text = "# Um\n\nparágrafo\n\n```\n# não\n```\n\nDois\n----\n\n- a\n- b\n\n"
    text += "| x | y |\n|---|---|\n| 1 | 2 |\n"
    found = [(block.headings, block.text, block.at) for block in read(K.MARKDOWN, text.encode())]
    assert found == [
        (("Um",), "parágrafo", 3),
        (("Um",), "```\n# não\n```", 5),
        (("Um", "Dois"), "- a", 12),
        (("Um", "Dois"), "- b", 13),
        (("Um", "Dois"), "| x | y |", 15),
        (("Um", "Dois"), "| 1 | 2 |", 17),
    ]


def test_plain_text_is_paragraphs_or_lines():
    assert texts(K.TEXT, b"um\ndois\n\ntres") == ["um\ndois", "tres"]
    assert texts(K.TEXT, b"um\ndois\r\ntres\n") == ["um", "dois", "tres"]


def test_a_web_page_is_read_as_it_is_seen():
    page = """<html><head><title>t</title></head><body><nav>menu</nav><h1>Preços</h1>
    solto <b>e</b> junto<p>Um <a href="#">link</a></p><ul><li>a<li>b</ul>
    <table><tr><td>1<td>2</tr></table><script>alert(1)</script><h2>Fim</h2><div>x<div>y</div>z</div>"""
    found = [(block.headings, block.text) for block in read(K.HTML, page.encode())]
    assert found == [
        *((("Preços",), text) for text in ("solto e junto", "Um link", "a", "b", "1 | 2")),
        *((("Preços", "Fim"), text) for text in ("x", "y", "z")),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_rows_are_questions_with_their_answers(delimiter):
    rows = [
        ("Pergunta", "Resposta", "Área"),
        ("Quanto custa?", "120", "Vendas"),
        ("Onde?", "Aqui", ""),
    ]
    content = "\n".join(delimiter.join(row) for row in rows).encode()
    found = [(block.headings, block.text, block.alone) for block in read(K.CSV, content)]
    assert found == [
        (("Quanto custa?",), "Quanto custa?\n120\narea: Vendas", True),
        (("Onde?",), "Onde?\nAqui", True),
    ]


def test_rows_without_a_head_are_taken_as_question_and_answer():
    (block,) = read(K.CSV, 'Abre "sábado"?,"Sim,\naté meio-dia"'.encode())
    assert block.headings == ('Abre "sábado"?',)
    assert block.text == 'Abre "sábado"?\nSim,\naté meio-dia'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_told_apart(encoding):
    assert texts(K.TEXT, "Ação “é” à vista – 120 €".encode(encoding)) == [
        "Ação “é” à vista – 120 €"
    ]


def test_a_page_names_its_encoding():
    page = '<meta charset="iso-8859-2"><p>Zażółć gęślą jaźń'.encode("iso-8859-2")
    assert texts(K.HTML, page) == ["Zażółć gęślą jaźń"]


@pytest.mark.parametrize(
    ("kind", "content", "defect"),
    [
        (K.TEXT, b"", Defect.EMPTY),
        (K.PDF, b"", Defect.EMPTY),
        (K.TEXT, b" \n ", Defect.EMPTY),
        (K.TEXT, b"x" * (25 * 1024 * 1024), Defect.TOO_LARGE),
        (K.PDF, files.pdf([[], []]), Defect.NO_TEXT),
        (K.PDF, files.pdf([[], []], scanned=True), Defect.SCAN),
        (K.PDF, files.pdf([["Digitalizado com CamScanner"]] * 3, scanned=True), Defect.SCAN),
        (K.PDF, files.pdf(PAGES, password=b"segredo"), Defect.ENCRYPTED),
        (K.PDF, files.pdf(PAGES)[:200], Defect.BROKEN),
        (K.PDF, b"hello", Defect.BROKEN),
        (K.DOCX, b"hello", Defect.BROKEN),
        (K.DOCX, files.zipped({"photo.jpg": b"x"}), Defect.BROKEN),
        (K.DOCX, files.bomb(), Defect.BOMB),
        (K.DOCX, files.OLE + "EncryptedPackage".encode("utf-16-le"), Defect.ENCRYPTED),
        (K.DOCX, files.OLE + "WordDocument".encode("utf-16-le"), Defect.BROKEN),
        (K.DOCX, files.docx([("Normal", "x")])[:-300], Defect.BROKEN),
        (K.DOCX, files.docx([("Normal", "")]), Defect.NO_TEXT),
        (K.TEXT, bytes(range(1, 256)) * 9, Defect.UNKNOWN_ENCODING),
        (K.TEXT, b"\x81\x8d\x8f\x90 abc", Defect.UNKNOWN_ENCODING),
        (K.TEXT, files.zipped({"a": b"b"}), Defect.UNKNOWN_ENCODING),
        (K.HTML, b"<script>1</script>", Defect.NO_TEXT),
        (K.HTML, b"<div>" * 100_000 + b"oi", Defect.BROKEN),
        (K.MARKDOWN, b"# \n", Defect.NO_TEXT),
    ],
)
def test_what_cannot_be_read_says_why(kind, content, defect):
    with pytest.raises(Unreadable) as caught:
        read(kind, content)
    assert caught.value.defect == defect


def test_what_no_database_keeps_is_left_out():
    page = "<p>a\u0000b\u200bc\ud800d</p>".encode("utf-8", "surrogatepass")
    with pytest.raises(Unreadable):
        read(K.HTML, page)
    assert texts(K.MARKDOWN, "co\u00adop\u200berar\u2028já".encode()) == ["cooperar já"]


@pytest.mark.parametrize("kind", [K.TEXT, K.MARKDOWN, K.HTML, K.CSV])
def test_a_line_of_two_megabytes_is_read(kind):
    assert sum(map(len, texts(kind, b"palavra " * 262_144))) > 2_000_000


def test_twenty_megabytes_are_read_and_not_a_byte_more():
    line = b"palavra " * (20 * 1024 * 1024 // 8)
    assert sum(map(len, texts(K.TEXT, line))) == len(line) - 1
    with pytest.raises(Unreadable):
        kinds.check(line + b".")
