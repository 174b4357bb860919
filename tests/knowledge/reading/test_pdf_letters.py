"""Letters that a font writes in parts are whole, and so are the words that hold them."""

import re

import pytest

from tests.knowledge.sheets import HEIGHT, Sheet, pdf
from wa_assistant.knowledge.reading import pdf_letters
from wa_assistant.knowledge.reading.formats import read
from wa_assistant.models import DocumentKind

# How wide Helvetica's letters are, in thousandths of their height.
WIDTHS = {**dict.fromkeys("anuoedg", 556), **dict.fromkeys("scv", 500), **dict.fromkeys("il", 222)}
WIDTHS |= {"t": 278, "f": 278, "r": 333, "A": 667, "E": 667}


def texts(sheet: Sheet) -> list[str]:
    return [block.text for block in read(DocumentKind.PDF, pdf(sheet))]


def as_tex(told: str, left: float = 60) -> Sheet:
    """`told` with each accent over the letter that comes next, as TeX's older fonts write it."""
    sheet = Sheet()
    for character in told:
        sheet.write(left, 120, character)
        left += 11 * WIDTHS.get(character, 0) / 1000
    return sheet


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        ("instru¸c˜ao", "instrução"),
        ("v´alidas", "válidas"),
        ("`As", "Às"),
        ("ˆenfase", "ênfase"),
        ("ling¨ui¸ca", "lingüiça"),
    ],
)
def test_an_accent_that_is_written_over_its_letter_belongs_to_it(told, seen):
    (text,) = texts(as_tex(told))
    assert text == seen


def test_an_accent_that_stands_beside_a_letter_is_a_sign_of_its_own():
    assert texts(Sheet().write(60, 120, "o comando `a` e x^y ~user")) == [
        "o comando `a` e x^y ~user"
    ]


@pytest.mark.parametrize(
    ("before", "character", "made"),
    [
        ("´", "ı", "í"),
        ("c", "¸", "ç"),
        ("˜", "o", "õ"),
        ("´", "x", ""),
        ("´", "1", ""),
        ("a", "b", ""),
        ("¸", "˜", ""),
    ],
)
def test_an_accent_and_a_letter_make_one_where_there_is_such_a_letter(before, character, made):
    assert pdf_letters.accented(before, character) == made


@pytest.mark.parametrize(
    ("character", "letters"),
    [("\x1c", "fi"), ("\x1d", "fl"), ("\x1b", "ff"), ("\x1e", "ffi"), ("\x10", "“"), ("a", "a")],
)
def test_joined_letters_of_tex_are_told_apart(character, letters):
    assert pdf_letters.written(character) == letters


def as_browser(told: str, left: float = 60, spacing: float = 0.3) -> Sheet:
    """`told` with "fi" and its like as one sign each that says what it stands for, as a browser
    prints them."""
    parts = (
        f"/Span << /ActualText ({part}) >> BDC ({part}) Tj EMC" if number % 2 else f"({part}) Tj"
        for number, part in enumerate(re.split(r"(ffi|fi|fl)", told))
    )
    drawn = f"BT /F1 11 Tf {spacing} Tc {left} {HEIGHT - 90} Td {' '.join(parts)} ET"
    return Sheet(drawn=[drawn.encode("cp1252")])


@pytest.mark.parametrize("spacing", [0, 0.3])
@pytest.mark.parametrize(
    "told",
    [
        "a nota fiscal",
        "fique com o fluxo",
        "um oficial aflito",
        "o office e o perfil",
        "fio de flores",
    ],
)
def test_joined_letters_belong_to_the_word_they_stand_in(told, spacing):
    assert texts(as_browser(told, spacing=spacing)) == [told]


def test_room_beside_joined_letters_parts_words_as_it_does_elsewhere():
    sheet = Sheet().write(60, 90, "a nota")
    sheet.drawn += as_browser("fi", left=93, spacing=0).drawn
    sheet.write(101.5, 90, "ao lado")
    assert texts(sheet) == ["a nota fi ao lado"]
