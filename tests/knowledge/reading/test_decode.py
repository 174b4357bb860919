"""A few stray bytes do not make a text unreadable, nor its letters others."""

import pytest

from wa_assistant.knowledge.reading.blocks import Unreadable
from wa_assistant.knowledge.reading.decode import decode
from wa_assistant.knowledge.reading.formats import read
from wa_assistant.models import DocumentKind

LINE = "A matrícula não é grátis: custa 120 reais à vista. "


@pytest.mark.parametrize("stray", ["\x0b", "\x1a", "\x00"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_control_character_is_left_out(stray, encoding):
    (block,) = read(DocumentKind.TEXT, f"{LINE}{stray}Sim.".encode(encoding))
    assert block.text == f"{LINE}Sim."


@pytest.mark.parametrize("count", [1, 100])
def test_a_letter_that_was_cut_in_two_loses_only_itself(count):
    assert decode((LINE * count + "ç").encode()[:-1]) == LINE * count + "\ufffd"
    assert decode(LINE.encode() + b"\xe7" + (LINE * count).encode()) == (
        f"{LINE}\ufffd{LINE * count}"
    )


def test_one_letter_of_another_encoding_is_that_letter():
    assert decode(b"Don\x92t. " * 1000) == "Don’t. " * 1000
    assert decode("ação".encode("cp1252")) == "ação"


def test_a_text_of_many_controls_is_none():
    with pytest.raises(Unreadable):
        decode(b"sem\x01\x02marca\x03\x04" * 9)
    with pytest.raises(Unreadable):
        decode("sem marca".encode("utf-32-le"))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text", [LINE, "sem marca", "Dia;Abre\nSábado;10:00\n", "“Oi” – tudo bem? 😀"]
)
def test_utf_16_is_read_without_its_mark(encoding, text):
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("declared", ["undefined", "hex", "no-such"])
def test_an_encoding_that_is_none_is_not_believed(declared):
    page = f'<meta charset="{declared}"><p>Ação</p>'
    assert decode(page.encode("cp1252"), declares=True) == page
