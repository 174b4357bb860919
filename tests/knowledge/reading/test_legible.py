"""What nobody can read is not ready, and what is only unusual is."""

import pytest

from tests.knowledge.sheets import Sheet, pdf
from wa_assistant.knowledge.reading import ocr
from wa_assistant.knowledge.reading.blocks import Unreadable
from wa_assistant.knowledge.reading.formats import read
from wa_assistant.knowledge.reading.legible import is_legible
from wa_assistant.models import Defect, DocumentKind

PROSE = (
    "A matrícula custa cento e vinte reais e vale por um ano inteiro. O aluno que faltar mais de "
    "três vezes sem avisar perde a vaga, e quem avisa pode repor a aula até o fim do mês seguinte. "
) * 3
SHIFTED = "".join(chr(ord(each) + 3) if each.isalpha() and each < "w" else each for each in PROSE)


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "The fee is due on the fifth of each month, and late payers lose their place. " * 5,
        "Die Gebühr ist am fünften Tag jedes Monats fällig, sonst verfällt der Platz. " * 5,
        "Opłata jest należna do piątego dnia każdego miesiąca, inaczej miejsce przepada. " * 5,
        "Плата вносится до пятого числа каждого месяца, иначе место пропадает. " * 5,
        "費用は毎月五日までに支払う必要があります。" * 20,
        "Pão francês | R$ 0,90\nSonho | R$ 7,50\nBroa | R$ 5,00\nTorta | R$ 38,50\n" * 9,
        "ABX-1234 QRT-9876 WPM-5555 HJK-1002 " * 20,
        "Introdução ........................ 3\nPreços ........................ 12\n" * 9,
        "Introdução . . . . . . . . . . . . . . . . 3\nPreços . . . . . . . . . . . . . 12\n" * 9,
        "Taxa _ _ _ _ _ _ _ _ _ _ _ _ _\nNome - - - - - - - - - - - - - - -\n" * 9,
        "1 Prazos\n. . .\n. . .\n. . .\n. . .\n. . . 4\n2 Multas · · · · · · · · · 5\n" * 9,
        "Sumário | . | . | . | . | . | . | . | 2\nAnexos ․ ․ ․ ․ ․ ․ ․ ․ ․ ․ 19\n" * 9,
        "Art. 1º § 2º (Lei nº 8.078/90): R$ 1.999,00 — 10%; 20%... " * 9,
        "xyzzy",
    ],
)
def test_what_people_write_is_legible(text):
    assert is_legible([text])


@pytest.mark.parametrize(
    "text",
    [
        SHIFTED,
        PROSE.translate(str.maketrans("aeiouáéêãsrnmdt", "xqzwkxqqwbcdfgh")),
        "/G21/G22 !\"#$ %&'( )*+, -./: ;<=>? " * 20,
        "□■▯▢ ◊◘◙ ¤¤§§ ●○ ™®© " * 30,
        "kqzxw vbnmq wrtpl zxcvb qwrtp lkjhg mnbvc sdfgh " * 10,
    ],
)
def test_what_nobody_can_read_is_not(text):
    assert not is_legible([text])


@pytest.mark.parametrize("kind", [DocumentKind.TEXT, DocumentKind.HTML, DocumentKind.PDF])
def test_a_document_of_such_letters_is_not_ready(kind, monkeypatch):
    monkeypatch.setattr(ocr, "languages", lambda: ())
    words = SHIFTED.split()
    lines = [" ".join(words[at : at + 9]) for at in range(0, len(words), 9)]
    content = {
        DocumentKind.TEXT: SHIFTED.encode(),
        DocumentKind.HTML: f"<p>{SHIFTED}</p>".encode(),
        DocumentKind.PDF: pdf(Sheet().lines(50, 60, *lines)),
    }
    with pytest.raises(Unreadable) as caught:
        read(kind, content[kind])
    assert caught.value.defect == Defect.ILLEGIBLE
