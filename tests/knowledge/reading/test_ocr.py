"""A scan is read where tesseract is installed; else it is said that it is one."""

import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from tests.knowledge import files
from tests.knowledge.sheets import Sheet, pdf
from wa_assistant.knowledge.reading import child, ocr
from wa_assistant.knowledge.reading.blocks import Unreadable
from wa_assistant.knowledge.reading.formats import read
from wa_assistant.models import Defect, DocumentKind

NAMES = "level page_num block_num par_num line_num word_num left top width height conf text"
PROGRAM = """#!{python}
import sys
if "--list-langs" in sys.argv:
    print("List of available languages (2):\\neng\\npor")
else:
    head = sys.stdin.buffer.readline()
    assert head.startswith(b"P5 ") and sys.argv[4] == "por+eng", (head, sys.argv)
    sys.stdout.write({table!r})
"""
CONTRACT = (
    "O inquilino paga o aluguel de R$ 1.450,00 até o dia dez de cada mês, por boleto.",
    "O atraso no pagamento gera multa de dois por cento e juros de um por cento ao mês.",
    "O contrato tem prazo de trinta meses, contados da entrega das chaves do imóvel.",
    "A rescisão antes do prazo gera multa proporcional ao tempo que falta para acabar.",
)


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    ocr.languages.cache_clear()
    yield
    ocr.languages.cache_clear()


def table(*lines: tuple[int, list[tuple[int, str, int]]]) -> str:
    """What the program writes: lines at a height, of words with their place and how sure it is."""
    rows = ["\t".join(NAMES.split())]
    for top, words in lines:
        rows.append(f"4\t1\t1\t1\t1\t0\t100\t{top}\t2000\t40\t-1\t")
        for left, word, sure in words:
            wide = 20 * len(word)
            rows.append(f"5\t1\t1\t1\t1\t1\t{left}\t{top + 5}\t{wide}\t30\t{sure}\t{word}")
    return "\n".join(rows) + "\n"


def installed(folder: Path, monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    program = folder / "tesseract"
    program.write_text(PROGRAM.format(python=sys.executable, table=written))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder))


def texts(content: bytes) -> list[str]:
    return [block.text for block in read(DocumentKind.PDF, content)]


def test_where_it_is_not_installed_a_scan_is_one(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ocr.languages() == ()
    with pytest.raises(Unreadable) as caught:
        texts(files.pdf([[]], scanned=True))
    assert caught.value.defect == Defect.SCAN


def test_where_it_is_installed_a_scan_is_read_and_so_are_its_tables(tmp_path, monkeypatch):
    said = ("A", "sala", "abre", "~~", "às", "nove")
    sentence = [(100 + 210 * at, word, 90) for at, word in enumerate(said)]
    sentence[3] = (*sentence[3][:2], 5)
    written = table(
        (200, sentence),
        (400, [(100, "Plano", 95), (900, "Mensal", 95), (1500, "Anual", 95)]),
        (460, [(100, "Básico", 95), (900, "29,90", 95), (1500, "299,00", 95)]),
        (520, [(100, "Empresa", 95), (1500, "1.999,00", 95)]),
    )
    installed(tmp_path, monkeypatch, written)
    assert texts(files.pdf([[]], scanned=True)) == [
        "A sala abre às nove",
        "Plano: Básico · Mensal: 29,90 · Anual: 299,00",
        "Plano: Empresa · Anual: 1.999,00",
    ]


def test_its_document_says_how_many_pages_were_read_so(tmp_path, monkeypatch):
    installed(tmp_path, monkeypatch, table((1500, [(100, "visto", 90)] * 20)))
    page = ["A matrícula custa 120 reais e vale um ano, com direito a uma segunda chamada."]
    path = tmp_path / "contrato.pdf"
    path.write_bytes(files.pdf([page, [], []], scanned=True))
    found = child._read(DocumentKind.PDF, str(path))
    assert found["recognised"] == 2
    path.write_bytes(files.pdf([page]))
    assert child._read(DocumentKind.PDF, str(path))["recognised"] == 0


def test_only_the_pages_that_are_pictures_are_looked_at(tmp_path, monkeypatch):
    installed(tmp_path, monkeypatch, table((200, [(100, "visto", 90)] * 20)))
    page = ["A matrícula custa 120 reais e vale um ano, com direito a uma segunda chamada."]
    assert texts(files.pdf([page, []], scanned=True)) == [*page, " ".join(["visto"] * 20)]


def test_a_picture_without_words_is_a_scan_still(tmp_path, monkeypatch):
    installed(tmp_path, monkeypatch, table((200, [(100, "CamScanner", 90)])))
    with pytest.raises(Unreadable) as caught:
        texts(files.pdf([[]], scanned=True))
    assert caught.value.defect == Defect.SCAN


def stamped(*marks: bytes) -> bytes:
    """Two pages that are pictures, with marks written over them by whoever filed them."""
    picture = b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xcc EI Q"
    return pdf(*(Sheet([picture, *marks]) for _ in range(2)))


SIGNED = (
    b"(Assinado digitalmente por Maria da Silva em 10/02/2026. Confira com o codigo 1093.39E0.)"
)
MARKS = {
    "at the foot": b"BT /F1 8 Tf 60 20 Td %s Tj ET" % SIGNED,
    "at the head": b"BT /F1 8 Tf 60 825 Td %s Tj ET" % SIGNED,
    "on the left": b"BT /F1 8 Tf 0 1 -1 0 24 100 Tm %s Tj ET" % SIGNED,
    "on the right": b"BT /F1 8 Tf 0 1 -1 0 588 100 Tm %s Tj ET" % SIGNED,
}


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS)
def test_a_stamp_in_the_margin_makes_no_text_of_a_scan(mark, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unreadable) as caught:
        texts(stamped(mark))
    assert caught.value.defect == Defect.SCAN


def test_a_scan_is_read_beneath_its_stamps(tmp_path, monkeypatch):
    installed(tmp_path, monkeypatch, table((1500, [(100, "aluguel", 90)] * 20)))
    assert texts(stamped(*MARKS.values())) == [" ".join(["aluguel"] * 20)] * 2


def test_a_page_that_is_written_on_a_picture_is_read_as_it_is_written(tmp_path, monkeypatch):
    installed(tmp_path, monkeypatch, table((1500, [(100, "aluguel", 90)] * 20)))
    line = (
        b"BT /F1 11 Tf 60 400 Td (O aluguel vence no dia dez de cada mes, sem excecao alguma.) Tj "
    )
    found = texts(stamped(line + b"0 -14 Td (Depois disso ha multa.) Tj ET", MARKS["at the foot"]))
    assert "O aluguel vence no dia dez de cada mes, sem excecao alguma." in found


def test_a_document_has_no_more_time_than_it_may_take(tmp_path, monkeypatch):
    installed(tmp_path, monkeypatch, table())
    monkeypatch.setattr(ocr, "DOCUMENT_SECONDS", 0.0)
    with pytest.raises(Unreadable) as caught:
        texts(files.pdf([[]], scanned=True))
    assert caught.value.defect == Defect.TOO_HEAVY


@pytest.mark.skipif(not shutil.which(ocr.PROGRAM), reason="tesseract is not installed here")
def test_what_is_really_seen_is_read():
    lines = ("A rescisão do contrato exige aviso", "com antecedência de trinta dias.")
    sheet = Sheet()
    for number, line in enumerate(lines):
        sheet.write(60, 100 + 24 * number, line, 16)
    page = pypdfium2.PdfDocument(pdf(sheet))[0]
    picture = page.render(scale=3, grayscale=True).to_numpy()
    scanned = files.picture(picture.tobytes(), picture.shape[1], picture.shape[0])
    assert texts(scanned) == [" ".join(lines)]


def test_without_it_letters_that_stand_for_others_are_the_reason_and_no_scan(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unreadable) as caught:
        texts(pdf(Sheet().lines(60, 90, *CONTRACT), says=29))
    assert caught.value.defect == Defect.ILLEGIBLE


@pytest.mark.skipif(not shutil.which(ocr.PROGRAM), reason="tesseract is not installed here")
@pytest.mark.parametrize("says", [29, 3, -1])
def test_letters_that_stand_for_others_are_read_as_they_look(says):
    told = " ".join(texts(pdf(Sheet().lines(60, 90, *CONTRACT), says=says)))
    assert "aluguel de R$ 1.450,00" in told
    assert "prazo de trinta meses" in told
