"""The text of a PDF, page by page, with the headings of its table of contents where it has one."""

import re
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from ..models import Defect
from .blocks import MOST_CHARACTERS, PAGE, Block, Outline, Unreadable, clean

MOST_PAGES = 10_000
HYPHENATED = re.compile(r"(\w)[-\ufffe\u0002]\n(?=[a-zà-ÿ])")
PARAGRAPH = re.compile(r"\n\s*\n|(?<=[.!?:])\n")


def read(content: bytes) -> Iterator[Block]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise Unreadable(Defect.ENCRYPTED if locked else Defect.BROKEN) from error
    try:
        if len(document) > MOST_PAGES:
            raise Unreadable(Defect.TOO_LARGE)
        yield from _pages(document)
    finally:
        document.close()


def _pages(document: pypdfium2.PdfDocument) -> Iterator[Block]:
    contents, outline = _contents(document), Outline()
    characters = 0
    for index in range(len(document)):
        for level, title in contents.get(index, ()):
            outline.enter(level, title)
        text = _text(document, index)
        characters += len(text)
        if characters > MOST_CHARACTERS:
            raise Unreadable(Defect.BOMB)
        for paragraph in PARAGRAPH.split(text):
            if words := clean(paragraph.replace("\n", " ")):
                yield Block(words, outline.path, index + 1, PAGE)
    if not characters:
        raise Unreadable(Defect.NO_TEXT)


def _text(document: pypdfium2.PdfDocument, index: int) -> str:
    """A page's text; a page that cannot be read is as if it were empty."""
    try:
        page = document[index]
        text_page = page.get_textpage()
        text = str(text_page.get_text_bounded())
        text_page.close()
        page.close()
    except pypdfium2.PdfiumError:
        return ""
    return HYPHENATED.sub(r"\1", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _contents(document: pypdfium2.PdfDocument) -> dict[int, list[tuple[int, str]]]:
    """The entries of its table of contents by page, as (level, title)."""
    found: dict[int, list[tuple[int, str]]] = {}
    try:
        for entry in document.get_toc(max_depth=6):
            target = entry.get_dest()
            index = target.get_index() if target else None
            if index is not None:
                found.setdefault(index, []).append((entry.level, clean(entry.get_title())))
    except pypdfium2.PdfiumError:
        return {}
    return found
